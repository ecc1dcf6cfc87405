"""What a document is about, what the library holds, and which documents say something."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from pathlib import PurePosixPath

from rag.answer.matter import Matter
from rag.answer.plan import Plan
from rag.domain import AnswerKind, BlockKind, Origin
from rag.evidence.statement import RECORDS, Statement, statements_of
from rag.ports import Library
from rag.search.orders import without_instructions
from rag.text.words import content_stems, is_closed, name_in_words

_MOST_SECTIONS = 8
_MOST_DOCUMENTS = 12
_MOST_PASSAGES = 400
"""Of a longer document the beginning is summed up."""
_NAMED = 0.5
"""A document is meant where its title, its file name or its head holds this share of what the question names."""
_SAYS, _SURELY = 0.6, 0.75
"""A statement says what is looked for where it holds this share of it, in itself or in what it stands under."""
_HEADS = 0.01
_CONTEXT_SHOWN = 2
# Words that ask for a summary or for documents, and name none of them.
_ASKING = frozenset(
    content_stems(
        "summary summarise summarize summarised overview gist tldr tl dr sum main point points document documents file "
        "files paper papers report reports page pages text texts library collection content contents about please give "
        "show list short brief find read describe describes described mention mentions mentioned state states stated "
        "written write contain contains information documented anything something there key cover covers "
        "zusammenfassung fasse zusammen geht worum dokument dokumente datei dateien"
    )
)
_OF_ALL = re.compile(
    r"\b(?:library|collection|(?:what|which|how many|all|my|these|the|list|show(?: me)?) (?:the |my |all |of )*"
    r"(?:documents|files|papers)\b(?! (?:say|mention|tell|state|contain|describe|talk|speak|cover|are about|have|do)))",
    re.IGNORECASE,
)
_WHERE = re.compile(r"^\W*(?:where|on (?:which|what) page|wo)\b", re.IGNORECASE)


def plan_summary(matter: Matter) -> Plan | None:
    """One statement from each section of the document that is named; of the library, what it holds."""
    documents = matter.library.documents()
    wanted = set(content_stems(matter.question)) - _ASKING
    if len(documents) > 1 and not wanted:
        return _library(matter.library, documents)
    named = documents_named(wanted, matter)
    if not named:
        return _library(matter.library, documents) if _OF_ALL.search(matter.question) else None
    document, origin = named[0]
    told = _of_each_section(document, matter.library)
    if not told:
        return None
    others = ", ".join(other.path for _, other in named[1:_MOST_DOCUMENTS])
    notice = f"Other documents fit too: {others}. Name one to read of it." if others else ""
    counted = "one statement of each part" if len(told) > 1 else "its first statement"
    lead = f"Extract of “{_name(origin)}”, {counted}:"
    return Plan(tuple(told), lead=lead, notice=notice, kind=AnswerKind.SUMMARY, is_certain=True)


def plan_documents(matter: Matter) -> Plan | None:
    """The documents that say what is looked for, each with the statement that says so; or what documents there are."""
    wanted = set(content_stems(matter.question)) - _ASKING
    if not wanted:
        return _library(matter.library, matter.library.documents()) if _OF_ALL.search(matter.question) else None
    told: dict[str, tuple[float, Statement]] = {}
    for one in matter.ranked:
        share = len(wanted & set(content_stems(f"{one.statement.reading} {one.statement.beside}"))) / len(wanted)
        document = one.statement.passage.document
        share -= _HEADS * (one.statement.kind is BlockKind.HEADING)  # what stands below it says more
        if one.fit > 0 and share >= _SAYS and (document not in told or share > told[document][0]):
            told[document] = (share, one.statement)
    best_first = sorted(told.values(), key=lambda one: -one[0])[:_MOST_DOCUMENTS]
    if not best_first:
        return None
    found = [said for _, said in best_first]
    places = [_place(one, matter.library, with_path=_WHERE.search(matter.question) is not None) for one in found]
    counted = "In 1 document" if len(found) == 1 else f"In {len(found)} documents"
    lead = f"{counted}: {'; '.join(places)}."
    is_certain = best_first[0][0] >= _SURELY
    return Plan(tuple(found), lead, days=_days(found), kind=AnswerKind.DOCUMENTS, is_certain=is_certain)


def _days(told: Sequence[Statement]) -> tuple[str, ...]:
    return tuple(one.day or "" for one in told)


def _place(said: Statement, library: Library, *, with_path: bool) -> str:
    """Where a statement stands: title, file and day of its document, and the headings and page where they are asked."""
    origin = said.passage.origin
    page = library.document(said.passage.document).page_at(said.span.start)
    path = [part for part in said.headed[-_CONTEXT_SHOWN:] if part != origin.title] if with_path else []
    facts = [origin.path, origin.published, f"page {page}" if page else None]
    return " › ".join([f"{_name(origin)} ({', '.join(filter(None, facts))})", *path])


def documents_named(wanted: set[str], matter: Matter) -> list[tuple[str, Origin]]:
    """The documents that words name, by title, file name and head, best first; the only one where none is named."""
    documents = matter.library.documents()
    if len(documents) == 1 and not wanted:
        return documents
    heads = {one.passage.document: one.passage.head for one in matter.read}
    shares = {
        id_: len(wanted & set(content_stems(f"{origin.title or ''} {name_in_words(origin.path)} {heads.get(id_, '')}")))
        / max(1, len(wanted))
        for id_, origin in documents
    }
    best = max(shares.values(), default=0.0)
    if best < _NAMED:
        return documents if len(documents) == 1 else []
    near = {one.passage.document: place for place, one in reversed(list(enumerate(matter.read)))}
    meant = [one for one in documents if shares[one[0]] == best]
    return sorted(meant, key=lambda one: near.get(one[0], len(near) + 1))


def _of_each_section(document: str, library: Library) -> list[Statement]:
    """The first telling statement under each heading, in order; without headings, of each paragraph or clause."""
    passages = [without_instructions(one) for one in library.passages_of(document)[:_MOST_PASSAGES]]
    said = [one for passage in passages for one in statements_of(passage) if one.kind is not BlockKind.HEADING]
    blocks = {block.span: block for passage in passages for block in passage.blocks}
    headings = {span for span, block in blocks.items() if block.kind is BlockKind.HEADING}
    by_heading = _grouped((tuple(one.span for one in each.context if one.span in headings), each) for each in said)
    if len(by_heading) > 1:
        return [_telling(held) for held in by_heading][:_MOST_SECTIONS]
    starts = sorted(span.start for span in blocks)
    by_block = _grouped((bisect_right(starts, one.span.start), one) for one in said)
    held = [_telling(held) for held in by_block] if len(by_block) > 1 else said
    return ([one for one in held if is_closed(one.text)] or held)[:_MOST_SECTIONS]


def _grouped(said: Iterable[tuple[Hashable, Statement]]) -> list[list[Statement]]:
    """Statements by what they stand in, in order."""
    groups: dict[Hashable, list[Statement]] = {}
    for key, one in said:
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _telling(held: Sequence[Statement]) -> Statement:
    """The first whole sentence of a section, else its first statement."""
    return next((one for one in held if is_closed(one.text) and one.kind not in RECORDS), held[0])


def _library(library: Library, documents: Sequence[tuple[str, Origin]]) -> Plan | None:
    """What documents there are: how many of which kind, outlet and time, and the newest with what they begin with."""
    kinds = Counter(PurePosixPath(origin.path).suffix.lstrip(".").lower() or "text" for _, origin in documents)
    outlets = Counter(origin.outlet for _, origin in documents if origin.outlet)
    days = sorted(origin.published for _, origin in documents if origin.published)
    facts = [", ".join(f"{count} {kind}" for kind, count in kinds.most_common())]
    if outlets:
        facts.append("of " + ", ".join(f"{name} ({count})" for name, count in outlets.most_common(_MOST_SECTIONS)))
    if days:
        facts.append(f"from {days[0]} to {days[-1]}" if days[0] != days[-1] else f"of {days[0]}")
    newest = sorted(documents, key=lambda one: one[1].published or "", reverse=True)[:_MOST_DOCUMENTS]
    told = [head for document, origin in newest if (head := _head(document, origin, library))]
    if not told:
        return None
    counted = "1 document" if len(documents) == 1 else f"{len(documents)} documents"
    rest = len(documents) - len(told)
    notice = f"{rest} more in the library." if rest > 0 else ""
    lead = f"{counted}: {'; '.join(facts)}."
    return Plan(tuple(told), lead, days=_days(told), notice=notice, kind=AnswerKind.DOCUMENTS, is_certain=True)


def _head(document: str, origin: Origin, library: Library) -> Statement | None:
    """The words of a document that give its title, else the first that it says."""
    said = [
        one for passage in library.passages_of(document)[:1] for one in statements_of(without_instructions(passage))
    ]
    title = " ".join((origin.title or "").split()).casefold()
    return next((one for one in said if title and one.text.casefold() == title), said[0] if said else None)


def _name(origin: Origin) -> str:
    return origin.title or PurePosixPath(origin.path).name
