"""A writer that is killed leaves whole documents, all of them findable."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.pipeline import ingest
from rag.library.library import DiskLibrary
from tests.fakes import HashEmbedder

WRITER = """
import sys
import time
from pathlib import Path
from ingest.pipeline import ingest
from rag.library.library import DiskLibrary
from tests.fakes import HashEmbedder

class Into:
    embedder = HashEmbedder()
    library = DiskLibrary(Path(sys.argv[1]), embedder="hash", dimension=384, create=True)

print("ready", flush=True)
ingest([Path(sys.argv[2])], into=Into())
print("done", flush=True)
"""


class Into:
    """What `ingest` writes to."""

    def __init__(self, folder: Path) -> None:
        self.embedder = HashEmbedder()
        self.library = DiskLibrary(folder, embedder="hash", dimension=384, create=True)


@pytest.mark.parametrize("seed", range(6))
def test_a_killed_ingest_leaves_no_half_document_and_is_finished_by_the_next(
    tmp_path: Path, repository: Path, seed: int
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    for number in range(30):
        (documents / f"{number:02}.txt").write_text(
            "\n\n".join(f"Report number {number} tells of town{number} in week {week}." for week in range(30))
        )
    command = [sys.executable, "-c", WRITER, str(tmp_path / "library"), str(documents)]
    environment = {**os.environ, "PYTHONPATH": str(repository)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        try:
            writer.wait(timeout=random.Random(seed).uniform(0.05, 0.9))
        except subprocess.TimeoutExpired:
            writer.send_signal(signal.SIGKILL)
    into = Into(tmp_path / "library")
    library = into.library
    for id_, _ in library.catalog.documents():
        passages = library.passages_of(id_)
        assert passages, f"{id_} is stored without its passages"
        assert passages[-1].span.end >= len(library.document(id_).text.rstrip())
    report = ingest([documents], into=into)
    assert len(report.added) + report.unchanged == 30
    assert library.problems() == []
    vector = into.embedder.embed(["Report number 21 tells of town21."])[0]
    assert "town21" in library.search_vectors(vector, limit=1)[0].passage.text
    library.close()


def test_an_ingest_that_is_interrupted_leaves_a_sound_library(tmp_path: Path, repository: Path) -> None:
    documents = tmp_path / "documents.jsonl"
    documents.write_text("".join(f'{{"id": "d{n}", "text": "Report {n} tells of town{n}."}}\n' for n in range(20_000)))
    environment = {**os.environ, "PYTHONPATH": str(repository), "FOOTNOTED_LIBRARY": str(tmp_path / "library")}
    command = [sys.executable, "-c", "from ui.cli import main; main()", "ingest", str(documents)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as writer:
        for _ in range(600):  # until documents go in, a minute at most
            if (tmp_path / "library/catalog.sqlite3").exists() and writer.poll() is None:
                break
            time.sleep(0.1)
        time.sleep(2)
        writer.send_signal(signal.SIGINT)
        told = writer.communicate(timeout=60)[1]
    assert (writer.returncode, "Stopped." in told, "Traceback" in told) == (130, True, False)
    doctor = [sys.executable, "-c", "from ui.cli import main; main()", "doctor"]
    assert subprocess.run(doctor, capture_output=True, env=environment, timeout=60).returncode == 0
