"""Talk: what is said to the assistant itself, such as a greeting, and asks nothing of the documents."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Talk(StrEnum):
    """What kind of talk it is."""

    GREETING = "greeting"
    HOW_ARE_YOU = "how are you"
    THANKS = "thanks"
    GOOD = "good"
    """`Ok`, `great`: nothing is asked."""
    GOODBYE = "goodbye"
    ABILITIES = "abilities"
    IDENTITY = "identity"
    CONTENTS = "contents"
    """What the library holds."""


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of talk, and whether it is said in German; else in English, or in a language that gets English."""

    talk: Talk
    in_german: bool = False


# Each kind with how it is said in English and others, and in German. `hallo` is German alone, `hi` is anybody's.
_FORMS = {
    Talk.GREETING: (
        r"(?:hi|hello|hey|hiya|yo|good (?:morning|afternoon|evening|day)|greetings|howdy|bonjour|salut|hola"
        r"|buenos d[ií]as|ciao)(?:[, ]+(?:there|all|everyone|again|footnoted|you|assistant))*",
        r"(?:hallo|(?:sch[öo]nen )?guten (?:tag|morgen|abend)|moin(?: moin)?|servus|gr[üu](?:ß|ss) (?:gott|dich))"
        r"(?:[, ]+(?:zusammen|alle|du|ihr|footnoted))*",
    ),
    Talk.HOW_ARE_YOU: (
        r"how are you(?: doing)?(?: today)?|how do you do|how['’]?s it going|what['’]?s up",
        r"wie geht(?: e|['’]?)s(?: (?:dir|ihnen|euch))?(?: heute)?",
    ),
    Talk.THANKS: (
        r"many thanks|(?:no,? )?thanks?(?: (?:you|a lot|a million|so much|very much|again))*"
        r"(?: for (?:that|this|(?:all )?(?:your|the) (?:help|answers?)))?|thx|ty|cheers|merci(?: beaucoup)?"
        r"|gracias|grazie",
        r"(?:danke(?: (?:sch[öo]n|dir|ihnen|sehr|vielmals))*|vielen(?: lieben)? dank|besten dank)",
    ),
    Talk.GOOD: (
        r"(?:ok(?:ay)?|great|perfect|super|cool|nice|good|fine|wonderful|excellent|awesome|alright|all right|got it"
        r"|i see|understood|well done|very good|(?:that['’]?s|that is|sounds) (?:all|great|good|fine|perfect))",
        r"(?:gut|prima|toll|alles klar|verstanden|sehr gut|klasse)",
    ),
    Talk.GOODBYE: (
        r"good ?bye|bye(?:[ -]bye)?|see you(?: (?:later|soon|tomorrow))?|have a (?:nice|good) (?:day|evening|weekend)",
        r"(?:tsch[üu](?:ss|ß)|auf wiedersehen|bis (?:bald|dann|morgen|sp[äa]ter))",
    ),
    Talk.ABILITIES: (
        r"(?:please )?help(?: me)?(?: please)?|(?:can|could) you help(?: me)?(?: please)?"
        r"|what (?:else )?(?:can|could|do) you do(?: for me| here)?"
        r"|(?:what|how) can you (?:do to )?help(?: me)?(?: with)?|what are you (?:able to do|good (?:at|for))"
        r"|(?:what|how) (?:can|could|should|do|may) i (?:ask|do|use)(?: (?:you|here|this|it))*(?: about)?"
        r"|how (?:does (?:this|it)|do you) work|what (?:(?:kind|sort|type)s? of )?questions can (?:i ask|you answer)",
        r"hilfe|was kannst du(?: (?:alles|so|f[üu]r mich))*(?: tun| machen)?|was k[öo]nnen sie(?: alles)?(?: tun)?"
        r"|was kann ich(?: (?:dich|sie|hier|dir))*(?: alles)? (?:fragen|tun|machen)"
        r"|wie funktioniert (?:das|es)(?: hier)?|(?:kannst du|k[öo]nnen sie) mir helfen"
        r"|wobei kannst du(?: mir)? helfen",
    ),
    Talk.IDENTITY: (
        r"(?:who|what)(?: exactly)? are you|what['’]?s your name|what is your name|what is (?:this|footnoted)"
        r"|are you (?:a (?:bot|human|robot|machine|person|language model|chat ?bot)|an? ai|chatgpt|human|real)"
        r"|who (?:made|built|wrote|created) you|introduce yourself|tell me about yourself",
        r"wer bist du|was bist du|wer sind sie|wie hei(?:ß|ss)t du|bist du (?:ein mensch|eine? (?:ki|maschine|bot))",
    ),
    Talk.CONTENTS: (
        r"what (?:do|can) you know(?: (?:about|here))?|what (?:all )?do you have(?: here)?"
        r"|what(?: kinds? of)?(?: topics| subjects| things)? do you (?:know|cover)(?: about)?"
        r"|what(?: do| can) you (?:tell|talk to) me about|what (?:can|do) you talk about"
        r"|what(?:['’]?s| is) (?:in )?(?:here|(?:this|the|my|your) library)",
        r"was wei(?:ß|ss)t du(?: alles| so)?|wor[üu]ber wei(?:ß|ss)t du(?: (?:etwas|was|bescheid))?|was wissen sie"
        r"|wor[üu]ber kannst du (?:etwas sagen|reden|sprechen|auskunft geben)|womit kennst du dich aus",
    ),
}
_PATTERNS = [
    (Said(talk, in_german=bool(place)), re.compile(rf"(?:{form})(?!\w)", re.IGNORECASE))
    for talk, forms in _FORMS.items()
    for place, form in enumerate(forms)
]
_BETWEEN = re.compile(r"[\W_]+|(?:and|but|so|then|und|dann)(?=\W|$)", re.IGNORECASE)
_PARTED = re.compile(
    r"\s*(?:$|[.,;:!?…–—)-]|\W+$)|\s+(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|can|could"
    r"|will|would|has|have|had|please|tell|wer|was|wann|wo|wie|warum|welche[rsn]?|ist|gibt|kannst)\b",
    re.IGNORECASE,
)
_SMALL = (Talk.GREETING, Talk.HOW_ARE_YOU, Talk.THANKS, Talk.GOOD, Talk.GOODBYE)
_OPENS = frozenset((Talk.GREETING, Talk.HOW_ARE_YOU, Talk.THANKS))


def talk_of(question: str) -> Said | None:
    """What is said to the assistant, where nothing else is; of `Hi! What can you do?` what asks.

    None for a question, also one that begins with a greeting.
    """
    said, rest = _pieces(question)
    if rest or not said:
        return None
    asking = [one for one in said if one.talk not in _SMALL]
    # `Ok, thanks` thanks, and `Hi, how are you?` asks how one is.
    chosen = asking[-1] if asking else max(said, key=lambda one: (one.talk is not Talk.GOOD, said.index(one)))
    return Said(chosen.talk, any(one.in_german for one in said))


def without_greeting(question: str) -> str:
    """The question without a greeting or thanks before it: `Hi, when is it due?` gives `When is it due?`."""
    said, rest = _pieces(question)
    if not rest or not any(one.talk in _OPENS for one in said):
        return question
    return rest[0].upper() + rest[1:]


def _pieces(question: str) -> tuple[list[Said], str]:
    """The talk that a question begins with, and what comes after it."""
    said: list[Said] = []
    rest = question.strip()
    while rest:
        found = max(
            ((match.end(), one) for one, pattern in _PATTERNS if (match := _talk(pattern, rest))),
            key=lambda pair: pair[0],
            default=None,
        )
        if found is None:
            break
        said.append(found[1])
        rest = rest[found[0] :]
        while (between := _BETWEEN.match(rest)) is not None:
            rest = rest[between.end() :]
    return said, rest


def _talk(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Talk at the beginning of a text, whole: to its end, or to a mark or a question that parts it from the rest."""
    match = pattern.match(text)
    return match if match and _PARTED.match(text, match.end()) else None
