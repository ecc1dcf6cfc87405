"""Drafts of cases from a library, for a person to accept: a sentence with a gap where a telling word stood."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from eval.json_lines import append_json_lines
from rag.domain import Document
from rag.errors import InputError
from rag.library.library import DiskLibrary
from rag.text.sentences import sentences
from rag.text.words import content_stems

_TELLING = re.compile(r"\b\d[\d.,:/-]*\d\b|\b\d\b|(?<=[a-z,;] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_GAP = "____"
_FEWEST_WORDS, _MOST_CHARACTERS = 6, 300


def write_drafts(library: DiskLibrary, path: Path, *, count: int, seed: int = 0) -> int:
    """Appends up to `count` drafts to a file of cases and gives their number; raises InputError.

    The documents take turns. A draft asks for the word that was left out of a sentence, and has it as its answer and
    the sentence as its evidence; the person who accepts it puts the question in their own words and takes `draft` out.
    The same library and seed give the same drafts.
    """
    chance = Random(seed)
    drafts = [_drafts_of(library.document(id_), chance) for id_, _ in library.catalog.documents()]
    made: list[dict[str, object]] = []
    while drafts and len(made) < count:
        turns, drafts = drafts, []
        for turn in turns:
            if len(made) < count and (draft := next(turn, None)) is not None:
                made.append({"id": f"draft-{seed}-{len(made) + 1}", **draft})
                drafts.append(turn)
    if not made:
        raise InputError(f"The library {library.folder} has no sentence to make a case of. Ingest more documents.")
    try:
        append_json_lines(made, path)
    except OSError as error:
        raise InputError(f"Cannot write {path}: {error.strerror}. Choose another --data.") from error
    return len(made)


def _drafts_of(document: Document, chance: Random) -> Iterator[dict[str, object]]:
    spans = sentences(document.search_text)
    for span in chance.sample(spans, len(spans)):
        text = span.of(document.search_text)
        gaps = list(_TELLING.finditer(text))
        whole = text.endswith(".") and len(text) <= _MOST_CHARACTERS and len(content_stems(text)) >= _FEWEST_WORDS
        if not gaps or not whole:
            continue
        gap = chance.choice(gaps)
        asked = " ".join((text[: gap.start()] + _GAP + text[gap.end() :]).split())
        yield {
            "question": f"What is missing: {asked}",
            "answers": [gap.group()],
            "evidence": [{"document": document.origin.path, "quote": span.of(document.text)}],
            "tags": ["drafted"],
            "draft": True,
        }
