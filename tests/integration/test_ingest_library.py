"""Ingest into a real library: SQLite and Chroma on disk."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import ingest
from ingest.progress import Progress
from ingest.report import IngestReport
from rag.errors import InputError
from rag.library.library import DiskLibrary
from tests.fakes import HashEmbedder


@dataclass
class Place:
    """A library, its embedder, and a folder of news."""

    library: DiskLibrary
    embedder: HashEmbedder
    news: Path

    def write(self, name: str, text: str) -> Path:
        path = self.news / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, newline="")
        return path

    def ingest(self, *paths: Path, **options: Any) -> IngestReport:
        return ingest(paths or [self.news], into=self, **options)

    def paths(self) -> list[str]:
        return [origin.path for _, origin in self.library.catalog.documents()]

    def found(self, words: str) -> list[str]:
        by_words = {hit.passage.text for hit in self.library.search_keywords(words, limit=10)}
        by_meaning = {
            hit.passage.text for hit in self.library.search_vectors(self.embedder.embed([words])[0], limit=10)
        }
        assert by_words <= by_meaning
        return sorted(by_words)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    embedder = HashEmbedder()
    library = DiskLibrary(tmp_path / "library", embedder=embedder.name, dimension=embedder.dimension, create=True)
    (tmp_path / "news").mkdir()
    yield Place(library, embedder, tmp_path / "news")
    assert library.vectors().ids() == set(library.catalog.passage_ids())
    library.close()


def test_documents_of_a_folder_go_in_and_are_found(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    place.write("sub/b.md", "# Tolls\n\nThe toll at Dunmar is 410 florins.")
    report = place.ingest()
    assert (report.added, report.passages, report.exit_code) == (("news/a.txt", "news/sub/b.md"), 2, 0)
    assert place.found("florins") == ["Tolls\n\nThe toll at Dunmar is 410 florins."]


def test_a_second_run_changes_nothing(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    place.write("c.jsonl", '{"text": "One."}\n{"id": 5, "text": "Two."}\n')
    place.write("d.csv", "lock,toll\nDunmar,410\n")
    place.ingest()
    place.embedder.embedded.clear()
    report = place.ingest()
    assert (report.unchanged, report.added, report.updated, report.removed, report.passages) == (4, (), (), (), 0)
    assert place.embedder.embedded == []


def test_a_file_that_was_only_touched_is_unchanged(place: Place) -> None:
    path = place.write("a.txt", "The harbour of Weser is shut.")
    place.ingest()
    os.utime(path, (1, 1))
    assert place.ingest().unchanged == 1


def test_an_edited_file_replaces_its_passages(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    place.ingest()
    place.write("a.txt", "The harbour of Weser is open.")
    assert place.ingest().updated == ("news/a.txt",)
    assert (place.found("shut"), place.found("open")) == ([], ["The harbour of Weser is open."])


def test_a_vanished_file_stays_until_it_is_pruned(place: Place) -> None:
    path = place.write("a.txt", "The harbour of Weser is shut.")
    place.write("b.txt", "Another story.")
    place.ingest()
    path.unlink()
    report = place.ingest()
    told = "Documents whose files are gone, and which still answer: 1. --prune removes them."
    assert (report.removed, report.notices) == ((), (told,))
    assert place.found("harbour")
    report = place.ingest(prune=True)
    assert (report.removed, report.notices) == (("news/a.txt",), ())
    assert place.found("harbour") == []


def test_a_file_whose_name_a_folder_took_is_pruned(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    place.ingest()
    (place.news / "a.txt").unlink()
    place.write("a.txt/b.txt", "Another story.")
    assert place.ingest(prune=True).removed == ("news/a.txt",)


def test_pruning_an_emptied_folder_removes_all(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.").unlink(missing_ok=place.ingest().exit_code == 0)
    assert place.ingest(prune=True).removed == ("news/a.txt",)


def test_pruning_one_folder_leaves_the_others(place: Place, tmp_path: Path) -> None:
    other = tmp_path / "other" / "b.txt"
    other.parent.mkdir()
    other.write_text("Another story.")
    place.write("a.txt", "The harbour of Weser is shut.")
    place.ingest(place.news, other.parent)
    other.unlink()
    assert place.ingest(prune=True).removed == ()


def test_the_same_bytes_under_another_name_are_linked(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    place.write("b.txt", "The harbour of Weser is shut.")
    report = place.ingest()
    assert (report.added, report.duplicates, report.passages) == (("news/a.txt",), ("news/b.txt",), 1)
    assert place.ingest().unchanged == 2


def test_a_document_lives_as_long_as_one_copy_does(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    place.write("b.txt", "The harbour of Weser is shut.")
    place.ingest()
    place.write("a.txt", "A new story.")
    assert place.ingest().updated == ("news/a.txt",)
    assert place.found("harbour") == ["The harbour of Weser is shut."]


def test_a_renamed_file_keeps_its_document(place: Place) -> None:
    path = place.write("a.txt", "The harbour of Weser is shut.")
    place.ingest()
    before = place.library.catalog.documents()[0][0]
    path.rename(place.news / "b.txt")
    report = place.ingest(prune=True)
    assert (report.added, report.duplicates, report.removed, report.passages) == ((), (), (), 0)
    assert [document for document, _ in place.library.catalog.documents()] == [before]
    assert list(place.library.catalog.entries()) == [str((place.news / "b.txt").resolve())]


def test_two_files_that_swap_their_texts_are_both_found(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    place.write("b.txt", "The toll is 410 florins.")
    place.ingest()
    place.write("a.txt", "The toll is 410 florins.")
    place.write("b.txt", "The harbour of Weser is shut.")
    assert place.ingest().failed == ()
    assert (len(place.found("harbour")), len(place.found("florins"))) == (1, 1)
    assert place.ingest().unchanged == 2


def test_one_bad_document_does_not_stop_the_others(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    place.write("b.pdf", "")
    place.write("c.xyz", "words")
    place.write("d.txt", " \n\t")
    place.write("e.pdf", "no PDF at all")
    place.write("f.docx", "no Word document")
    (place.news / "README").write_bytes(b"\x00\x01\x02")
    (place.news / "g.txt").write_bytes(b"\x00\x01\x02")
    report = place.ingest()
    assert (report.added, report.exit_code) == (("news/a.txt",), 3)
    errors = {failure.path: failure.error for failure in report.failed}
    assert errors.pop("news/c.xyz") == (
        "Cannot read news/c.xyz: no reader for '.xyz'. Readers exist for "
        ".csv .docx .eml .epub .htm .html .json .jsonl .markdown .mbox .md .ndjson .pdf .pptx .text .tsv .txt .xlsx"
        " .xml."
    )
    assert errors.pop("news/b.pdf") == "Cannot read news/b.pdf: it is empty (0 bytes)."
    assert errors.pop("news/d.txt") == "Cannot read news/d.txt: it holds no text."
    assert set(errors) == {"news/e.pdf", "news/f.docx", "news/README", "news/g.txt"}
    assert all(error.startswith(f"Cannot read {path}: ") and "\n" not in error for path, error in errors.items())


def test_a_text_that_is_a_pdf_is_read_as_one(place: Place) -> None:
    place.write("a.txt", "%PDF-1.7\nnothing of a PDF follows")
    assert "the PDF is damaged" in place.ingest().failed[0].error


def test_a_missing_path_writes_nothing(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    with pytest.raises(InputError, match="no such file or folder"):
        place.ingest(place.news, place.news / "nowhere")
    assert place.paths() == []


def test_an_empty_folder_is_an_error(place: Place) -> None:
    with pytest.raises(InputError, match=r"^The folder .*news holds no documents\.$"):
        place.ingest()


def test_records_of_a_corpus_are_documents_with_their_own_ids(place: Place) -> None:
    place.write("c.jsonl", '{"id": "x1", "text": "Shut."}\n{"text": "Open."}\nbroken\n')
    report = place.ingest()
    assert report.added == ("news/c.jsonl#x1", "news/c.jsonl#2")
    assert [failure.path for failure in report.failed] == ["news/c.jsonl#3"]
    assert place.library.document("x1").text == "Shut."


def test_a_second_document_of_one_id_gets_another(place: Place) -> None:
    place.write("c.jsonl", '{"id": "1", "text": "Shut."}\n{"id": "1", "text": "Open."}\n')
    place.write("d.jsonl", '{"id": "1", "text": "Ajar."}\n')
    assert place.ingest().exit_code == 0
    assert place.library.document("1").text == "Shut."
    assert len({document for document, _ in place.library.catalog.documents()}) == 3
    assert place.ingest().unchanged == 3


def test_an_edited_record_is_updated(place: Place) -> None:
    place.write("c.jsonl", '{"id": "1", "text": "Shut."}\n{"id": "2", "text": "Open."}\n')
    place.ingest()
    place.write("c.jsonl", '{"id": "2", "text": "Open."}\n{"id": "1", "text": "Ajar."}\n')
    report = place.ingest()
    assert (report.updated, report.unchanged) == (("news/c.jsonl#1",), 1)


def test_a_record_without_id_that_was_edited_replaces_the_old_one(place: Place) -> None:
    place.write("c.jsonl", '{"text": "The harbour is shut."}\n{"text": "The toll is 410."}\n')
    place.ingest()
    place.write(
        "c.jsonl", '{"text": "New first line."}\n{"text": "The harbour is open."}\n{"text": "The toll is 410."}\n'
    )
    report = place.ingest()
    assert (report.unchanged, len(report.added), len(report.removed)) == (1, 2, 1)
    assert place.found("harbour") == ["The harbour is open."]


def test_a_record_that_is_gone_is_pruned(place: Place) -> None:
    corpus = place.write("c.jsonl", '{"id": "1", "text": "Shut."}\n{"id": "2", "text": "Open."}\n')
    place.ingest()
    place.write("c.jsonl", '{"id": "1", "text": "Shut."}\n')
    assert place.ingest(corpus).removed == ()
    assert place.ingest(corpus, prune=True).removed == ("c.jsonl#2",)


def test_records_of_a_file_with_a_broken_line_are_not_pruned(place: Place) -> None:
    corpus = place.write("c.jsonl", '{"id": "1", "text": "Shut."}\n{"id": "2", "text": "Open."}\n')
    place.ingest()
    place.write("c.jsonl", '{"id": "1", "text": "Shut."}\n{"id": "2", "te\n')
    assert place.ingest(corpus, prune=True).removed == ()


def test_a_corpus_that_is_gone_is_pruned_with_its_records(place: Place) -> None:
    corpus = place.write("c.jsonl", '{"id": "1", "text": "Shut."}\n{"id": "a/b#c", "text": "Open."}\n')
    place.write("a.txt", "Another story.")
    place.ingest()
    corpus.unlink()
    assert place.ingest(prune=True).removed == ("news/c.jsonl#1", "news/c.jsonl#a/b#c")


def test_a_table_read_anew_with_a_text_field_replaces_the_one_document(place: Place) -> None:
    table = place.write("d.csv", "lock,remark\nDunmar,The gate is broken.\nPell,All is well.\n")
    place.ingest(table)
    report = place.ingest(table, text_field="remark")
    assert (report.added, report.removed) == (("d.csv#2", "d.csv#3"), ("d.csv",))


def test_lone_surrogates_of_a_record_go_in(place: Place) -> None:
    place.write("c.jsonl", '{"id": "\\ud800", "title": "A \\udfff", "text": "The harbour \\ud800 is shut."}\n')
    assert place.ingest().exit_code == 0
    assert place.found("harbour") == ["The harbour \ufffd is shut."]


def test_records_whose_ids_differ_only_in_what_cannot_be_stored_are_two(place: Place) -> None:
    records = ['{"id": "\\ud800", "text": "The harbour is shut."}', '{"id": "\\ud801", "text": "The mill is open."}']
    place.write("c.jsonl", "\n".join(records))
    place.ingest()
    assert place.found("harbour mill") == ["The harbour is shut.", "The mill is open."]


def test_a_name_that_is_not_utf8_is_refused(place: Place) -> None:
    place.write("a.txt", "The harbour of Weser is shut.")
    Path(os.fsdecode(os.fsencode(place.news) + b"/b\xff.txt")).write_text("words")
    report = place.ingest()
    assert (report.added, len(report.failed)) == (("news/a.txt",), 1)
    json.dumps(report.as_json()).encode()


def test_damage_is_searched_repaired_and_quoted_as_it_stands(place: Place) -> None:
    place.write("a.txt", "The minister said that Weserās harbour is not shut.")
    place.ingest()
    (hit,) = place.library.search_keywords("Weser's harbour", limit=3)
    assert hit.passage.text == "The minister said that Weserās harbour is not shut."
    assert hit.passage.search_text == "The minister said that Weser's harbour is not shut."


def test_the_title_is_embedded_with_each_passage(place: Place) -> None:
    place.write("a.md", "---\ntitle: Harbour shut\n---\nNobody knows for how long.")
    place.ingest()
    assert place.embedder.embedded == ["Harbour shut. Nobody knows for how long."]


@dataclass
class LoadedDocument:
    text: str
    metadata: dict[str, Any]


class LinesReader:
    """As LlamaHub readers are: a `load_data` that takes a file."""

    def load_data(self, *, file: Path) -> list[LoadedDocument]:
        return [LoadedDocument(line, {"title": "Log", "file_name": file.name}) for line in file.read_text().split("\n")]


class BrokenReader:
    def load_data(self, *, file: Path) -> list[LoadedDocument]:
        raise KeyError(file.name)


def test_a_llamahub_reader_serves_a_suffix(place: Place) -> None:
    place.write("a.xyz", "The harbour is shut.")
    place.write("b.xyz", "One.\nTwo.")
    report = place.ingest(readers={".XYZ": LinesReader()})
    assert report.added == ("news/a.xyz", "news/b.xyz#1", "news/b.xyz#2")
    assert place.library.catalog.documents()[0][1].title == "Log"
    assert place.ingest(readers={".xyz": LinesReader()}).unchanged == 3


def test_whatever_a_reader_raises_is_that_documents_failure(place: Place) -> None:
    place.write("a.xyz", "words")
    place.write("b.txt", "The harbour is shut.")
    report = place.ingest(readers={".xyz": BrokenReader()})
    assert report.added == ("news/b.txt",)
    assert report.failed[0].error == "Cannot read news/a.xyz: its reader failed (KeyError: 'a.xyz')."


def test_progress_ends_at_the_whole(place: Place) -> None:
    place.write("a.txt", "The harbour is shut.")
    place.write("c.jsonl", '{"text": "One."}\n{"text": "Two."}\n')
    seen: list[Progress] = []
    place.ingest(on_progress=seen.append)
    assert [progress.bytes_done for progress in seen] == sorted(progress.bytes_done for progress in seen)
    assert (seen[-1].bytes_done, seen[-1].documents) == (seen[-1].bytes_total, 3)


def test_what_was_stored_before_a_break_is_whole(place: Place) -> None:
    for n in range(4):
        words = " ".join(f"The harbour{n}x{line} of Weser{line} is shut." for line in range(900))
        place.write(f"{n}.txt", f"Story {n}. {words}")

    def stop(progress: Progress) -> None:
        if progress.documents == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place.ingest(on_progress=stop)
    stored = place.paths()
    assert 0 < len(stored) < 4
    assert place.library.search_vectors(place.embedder.embed(["harbour"])[0], limit=3)
    assert place.ingest().unchanged == len(stored)


def test_the_json_of_a_report_has_the_promised_keys(place: Place) -> None:
    place.write("a.txt", "The harbour is shut.")
    place.write("b.xyz", "words")
    promised = {"added", "updated", "unchanged", "duplicates", "removed", "failed", "passages", "seconds"}
    report = json.loads(json.dumps(place.ingest().as_json()))
    assert promised <= set(report)
    assert set(report["failed"][0]) == {"path", "error"}
