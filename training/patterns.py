"""What `edits.py` looks for in a sentence: names, numbers, dates, verbs, and words that others can replace."""

import re
from collections.abc import Sequence

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBER_WORDS = "two three four five six seven eight nine ten eleven twelve".split()
NAME = re.compile(
    r"\b(?!(?:The|A|An|In|On|At|It|He|She|They|We|I|This|That|These|Those|His|Her|Its|Their|As|But|And|For|From|By|After"
    r"|Before|When|While|With|If|There|However|Although|During|Since|To|Of|Or|Not|No|Some|Many|Most|Both|All|One|Two"
    r"|What|Who|Which|How|Where|You|My|Our|Also|Other|Such|Then|Each|Under|Over|Until|According)\b)"
    r"[A-Z][\w’'-]+(?:[ ](?:of |de |the |van |von )?[A-Z][\w’'-]+)*"
)
NUMBER = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,-])\d+(?:\.\d+)?(?![\w-])")
YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
DAY = re.compile(rf"\b(?:{'|'.join(DAYS)})\b")
DAY_OF_MONTH = re.compile(rf"\b(?:{'|'.join(MONTHS)}) (?P<day>\d{{1,2}})\b")
WORD_NUMBER = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b", re.IGNORECASE)
AUXILIARY = re.compile(r"\b(is|was|are|were|has|have|had|will|would|can|could|should|must|does|did|do)\b(?! not\b|n't)")
NOT = re.compile(r"\b(is|was|are|were|has|have|had|will|would|can|could|should|must) not\b")
DID_NOT = re.compile(r"\b(?:did not|didn't|never|failed to|refused to) ", re.IGNORECASE)
PAST = re.compile(
    r"(?<=[a-z)] )([a-z]{3,}ed)(?= (?:the|a|an|its|his|her|their|that|to|in|on|at|from|into|by|with|for|[A-Z\d]))"
)
_SAID = (
    "said told announced reported claimed stated added argued warned wrote noted testified confirmed denied explained"
)
SPEECH = re.compile(
    rf"\b(?:{_SAID.replace(' ', '|')})\b|\baccording to\b|\bin the (?:opinion|view) of\b", re.IGNORECASE
)
REPORTED = re.compile(r"\b(?:may|might|could|reportedly|allegedly|possibly|probably|perhaps|nearly|almost) ")
PLANNED = re.compile(
    r"\b(?:plans?|planned|hopes?|hoped|wants?|wanted|intends?|intended|expects?|expected|proposed) to "
)
SUBJECT_OBJECT = re.compile(
    r"^(?P<a>(?:[Tt]he |[Aa]n? )?[A-Z]?[\w’'-]+(?: [A-Z][\w’'-]+)*) (?P<verb>[a-z]{3,}ed) "
    r"(?P<b>(?:the |an? )?(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|[a-z]{4,}))(?P<rest>[ ,.].*)$"
)
PASSIVE = re.compile(
    r"^(?P<b>.{3,60}?) (?P<was>was|were|is|are) (?P<verb>[a-z]{3,}ed) by "
    r"(?P<a>(?:the |an? )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)(?P<rest>[ ,.].*)$"
)
BOUND = re.compile(
    r"\b(?:than|over|under|above|below|at least|at most|up to|almost|nearly|about|around)\b", re.IGNORECASE
)
COMMON = re.compile(r"\bthe ([a-z]{4,})\b")

_OPPOSITES = """
first/last largest/smallest highest/lowest most/least before/after north/south east/west northern/southern
eastern/western increase/decrease increased/decreased increasing/decreasing rose/fell rise/fall rising/falling
grew/shrank more/fewer best/worst oldest/youngest longest/shortest higher/lower larger/smaller above/below
win/lose won/lost majority/minority early/late earlier/later began/ended start/end started/stopped
opened/closed open/closed maximum/minimum support/oppose supported/opposed accepted/rejected approved/rejected
agreed/refused allowed/banned allow/ban male/female men/women always/never inside/outside ancient/modern
success/failure successful/unsuccessful succeeded/failed gained/lost bought/sold buy/sell arrived/departed
entered/left hired/dismissed raised/lowered expanded/reduced expand/reduce strong/weak strengthened/weakened
rich/poor public/private positive/negative profit/loss profits/losses guilty/innocent convicted/acquitted
legal/illegal imports/exports import/export imported/exported upper/lower major/minor same/different
improved/worsened better/worse faster/slower hot/cold young/old born/died father/son mother/daughter
husband/wife including/excluding possible/impossible likely/unlikely popular/unpopular domestic/foreign
victory/defeat defeated/joined attacked/defended ally/enemy allies/enemies advance/retreat resumed/suspended
lifted/imposed appeared/disappeared
""".split()
_ALIKE = """
began/started big/large many/numerous about/approximately almost/nearly also/additionally help/assist often/frequently
near/close_to show/demonstrate shows/demonstrates buy/purchase bought/purchased children/kids country/nation
film/movie ended/finished got/received built/constructed created/made main/primary famous/well-known said/stated
whole/entire wrote/authored quickly/rapidly after/following before/prior_to because/since doctor/physician
allow/permit allowed/permitted banned/prohibited stopped/halted rose/climbed fell/dropped killed/slain
important/significant used/employed annual/yearly around/roughly current/present however/nevertheless
area/region job/post company/firm kept/retained attempt/try attempted/tried get/obtain start/begin
""".split()
_QUANTIFIERS = (
    "some/all several/all many/few most/few all/some few/many part_of/all_of only/not_only at_least/at_most over/under "
    "more_than/less_than less_than/more_than one_of_the/the_only"
).split()


def _pairs(written: Sequence[str], *, both: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in written:
        first, second = pair.replace("_", " ").split("/")
        found.setdefault(first, []).append(second)
        if both:
            found.setdefault(second, []).append(first)
    return found


OPPOSITE, SAME, QUANTIFIER = (
    _pairs(_OPPOSITES, both=True),
    _pairs(_ALIKE, both=True),
    _pairs(_QUANTIFIERS, both=False),
)
