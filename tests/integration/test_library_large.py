"""A library of more passages than are all scored for a question: what it finds, and how much it reads for that."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rag.domain import Document, Origin, Period, Span, Within
from rag.library.catalog import Catalog
from rag.library.keywords import SMALL_LIBRARY, every_word, telling_words
from rag.library.library import DiskLibrary
from rag.library.writer import LibraryWriter

DIMENSION = 4
PASSAGES, PASSAGES_EACH = SMALL_LIBRARY + 1_000, 100
KEEPERS = (1_203, 9_400, 15_111)
"""The passages that name a lockkeeper; the second tells of a barrage too, as each fifth passage does."""


def sentence(number: int) -> str:
    keeper = " The lockkeeper resigned." if number in KEEPERS else ""
    barrage = " The barrage was repaired." if number % 5 == 0 else ""
    return f"The harbour office counted barge {number}.{keeper}{barrage}"


def open_catalog(folder: Path) -> Catalog:
    return Catalog(folder / "catalog.sqlite3", embedder="test", dimension=DIMENSION)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("large")
    library = DiskLibrary(made, embedder="test", dimension=DIMENSION, create=True)
    with library.writing() as writer:
        for first in range(0, PASSAGES, PASSAGES_EACH):
            put(writer, first)
    library.close()
    return made


def put(writer: LibraryWriter | Catalog, first: int) -> None:
    parts = [sentence(number) for number in range(first, first + PASSAGES_EACH)]
    starts = np.cumsum([0, *(len(part) + 1 for part in parts)])
    spans = [Span(int(start), int(start) + len(part)) for start, part in zip(starts, parts, strict=False)]
    month = f"2025-{1 + first // PASSAGES_EACH % 12:02}"
    document = Document(f"d{first}", " ".join(parts), Origin(f"{first}.txt", outlet=f"Post {first}", published=month))
    vectors = np.random.default_rng(first).normal(size=(len(parts), DIMENSION)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    writer.put(document, source=f"/{first}", sha256=f"{first}", spans=spans, vectors=vectors)


@pytest.fixture
def catalog(folder: Path) -> Iterator[Catalog]:
    opened = open_catalog(folder)
    yield opened
    opened.close()


class Steps:
    """How many hundred steps SQLite takes: what it reads, whatever else the machine does."""

    def __init__(self, catalog: Catalog) -> None:
        self.hundreds = 0
        catalog._connection.set_progress_handler(self._count, 100)

    def _count(self) -> int:
        self.hundreds += 1
        return 0


def test_papers_are_looked_up_by_name_and_not_listed(tmp_path: Path) -> None:
    catalog = open_catalog(tmp_path)
    unit = np.eye(1, DIMENSION, dtype=np.float32)
    for number in range(200):
        paper = Document(f"d{number}", "It is paid.", Origin(f"bill_{number}.txt", title=f"Bill of barge {number}"))
        catalog.put(paper, source=f"/{number}", sha256=f"{number}", spans=[Span(0, 11)], vectors=unit)
    steps = Steps(catalog)
    named, some = catalog.called(["barge 17", "harbour"], limit=9), catalog.called(["barge"], limit=9)
    assert ([id_ for id_, _ in named], len(some), steps.hundreds < 30) == (["d17"], 9, True)


def test_the_rarest_words_say_which_passages_are_scored(catalog: Catalog) -> None:
    steps = Steps(catalog)
    found = catalog.search("What did the harbour office count when the lockkeeper left the barrage?", limit=10)
    assert [hit.passage.text for hit in found[:1]] == [sentence(KEEPERS[1])]
    assert {hit.passage.text for hit in found if "lockkeeper" in hit.passage.text} == set(map(sentence, KEEPERS))
    assert steps.hundreds < 2_000


def test_common_words_alone_find_passages(catalog: Catalog) -> None:
    assert len(catalog.search("harbour office", limit=10)) == 10


def test_a_word_of_common_parts_is_as_common_as_the_rarer_one(catalog: Catalog) -> None:
    steps = Steps(catalog)
    found = catalog.search("Did the lockkeeper see the barrage's harbour's office's barge's?", limit=10)
    assert {hit.passage.text for hit in found} == set(map(sentence, KEEPERS))
    assert steps.hundreds < 500


def test_words_are_counted_about(catalog: Catalog) -> None:
    counts, passages = catalog.document_frequencies(["lockkeeper", "barrage", "harbour", "absent"])
    assert counts[0] == len(KEEPERS)
    assert counts[1] == pytest.approx(PASSAGES / 5, rel=0.02)
    assert counts[2:] == [PASSAGES, 0]
    assert passages == PASSAGES


def test_the_score_of_a_passage_is_that_of_all_its_words_that_are_not_left_out(catalog: Catalog) -> None:
    wanted = Counter({"lockkeeper": 1, "resigned": 2, "barrage": 3})
    ranked = "SELECT rowid, bm25(passages_text) FROM passages_text WHERE passages_text MATCH ?"
    of_all, of_some = (
        dict(catalog._rows(ranked, (expression,)))
        for expression in (
            every_word(wanted),
            telling_words(wanted, {"lockkeeper": 3, "resigned": 3, "barrage": 4_200}),
        )
    )
    assert sorted(of_some) == [number + 1 for number in KEEPERS]
    assert of_some == pytest.approx({rowid: 2 * of_all[rowid] for rowid in of_some})


def test_the_vectors_of_some_passages_are_read_without_the_others(catalog: Catalog) -> None:
    passages = catalog.passages_of("d100")[:2] + catalog.passages_of("d20000")[:1]
    vector = catalog.vectors([101])[0]
    steps = Steps(catalog)
    cosines = catalog.similarities(vector, passages)
    assert cosines[0] == pytest.approx(float(vector @ vector), rel=1e-3)
    assert steps.hundreds < 100


def test_a_period_is_looked_up(catalog: Catalog) -> None:
    within = Within(published=Period("2025-03-10", "2025-03-20"))
    steps = Steps(catalog)
    found = catalog.search("lockkeeper", limit=10, within=within)
    assert {hit.passage.origin.published for hit in found} <= {"2025-03"}
    assert catalog.search("barrage", limit=10, within=within)
    assert steps.hundreds < 2_000


def test_most_of_the_library_is_not_listed_to_search_few_passages(catalog: Catalog) -> None:
    steps = Steps(catalog)
    assert len(catalog.search("lockkeeper", limit=10, within=Within(as_of="2025-11-30"))) == len(KEEPERS)
    assert steps.hundreds < 500


@pytest.mark.parametrize(
    ("within", "read"),
    [
        (Within(as_of="2025-11-30"), 500),  # most of the library: of the nearest everywhere
        (Within(by=frozenset({"Post 700"})), 500),  # one document: compared whole
    ],
)
def test_the_nearest_in_a_part_of_the_library(folder: Path, within: Within, read: int) -> None:
    library = DiskLibrary(folder, embedder="test", dimension=DIMENSION)
    vector = library.catalog.vectors([701])[0]
    library.search_vectors(vector, limit=1)  # the vectors are open from here on
    steps = Steps(library.catalog)
    found = library.search_vectors(vector, limit=20, within=within)
    assert steps.hundreds < read
    exact = library.catalog.nearest(vector, limit=20, within=within)
    library.close()
    assert [hit.score for hit in found] == pytest.approx([cosine for _, cosine in exact], abs=1e-3)


def test_names_are_read_once_and_again_after_a_change(folder: Path, catalog: Catalog) -> None:
    before = catalog.outlets()
    steps = Steps(catalog)
    assert catalog.outlets() is before
    assert steps.hundreds == 0
    other = open_catalog(folder)
    put(other, PASSAGES)
    other.close()
    assert set(catalog.outlets()) - set(before) == {f"Post {PASSAGES}"}
    with_one = open_catalog(folder)
    with_one.forget(f"/{PASSAGES}")
    with_one.close()
    assert catalog.outlets() == before
