"""What a clause, a section, a step or a reference says that a question names by its number."""

import re

from rag.answer.matter import Matter
from rag.answer.plan import Plan
from rag.domain import BlockKind
from rag.evidence.shown import number_of
from rag.evidence.statement import Statement, statements_of
from rag.text.words import content_stems, name_in_words

_NAMED = re.compile(
    r"\b(?:clause|section|article|paragraph|rule|reference|footnote|point|chapter|absatz|artikel|ziffer|punkt"
    r"|abschnitt)s?\s*[\[(§]*(?P<named>\d{1,3}(?:\.\d{1,3})*)|§\s*(?P<sign>\d{1,3})|\[(?P<bracket>\d{1,3})\]"
    r"|\b(?P<bare>\d{1,2}(?:\.\d{1,2})+)\b(?=[^?]*\b(?:say|says|state|states|about)\b)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:say|says|state|states|about|refer|refers|cover|covers|regulate[sd]?|steht|regelt|besagt|what is|was ist)\b",
    re.IGNORECASE,
)


def plan_numbered(matter: Matter) -> Plan | None:
    """The clause, section or reference of a number, of the document that is named best; None where it is not found."""
    asked = _NAMED.search(matter.question)
    if asked is None or not _SAYS.search(matter.question):
        return None
    number = next(filter(None, asked.groups()))
    found = [
        said
        for passage in dict.fromkeys(one.passage for one in matter.read)
        for said in statements_of(passage)
        if _is_of(number, said)
    ]
    if not found:
        return None
    wanted = set(content_stems(matter.question))
    best = max(found, key=lambda one: (len(wanted & _named_around(one)), -one.span.start))
    return Plan((best,), is_certain=True)


def _is_of(number: str, said: Statement) -> bool:
    """Whether a statement has this number, or stands right under the heading that has it."""
    if said.kind is BlockKind.HEADING:
        return False
    heads = [said.text, *said.headed[-1:]]
    return any(re.findall(r"\d{1,3}(?:\.\d{1,3})*", number_of(head)) == [number] for head in heads)


def _named_around(said: Statement) -> set[str]:
    origin = said.passage.origin
    return set(content_stems(f"{said.path} {origin.title or ''} {name_in_words(origin.path)} {said.passage.head}"))
