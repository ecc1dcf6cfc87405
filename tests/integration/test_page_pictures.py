"""Pictures of pages: drawn of the file that was read, and of nothing else."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.library.library import DiskLibrary
from rag.settings import Settings
from rag.wiring import Parts
from tests.fakes import HashEmbedder
from tests.printed import lines, printed
from ui.web.guard import Guard
from ui.web.naming import name_of
from ui.web.pictures import Pictures

PAGE = "http://127.0.0.1:7860"


class Served:
    """A library of one PDF, and the route that draws its pages."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "report.pdf"
        self.file.write_bytes(printed(lines(50, 100, "The harbour is shut."), lines(50, 100, "It opens in May.")))
        embedder = HashEmbedder()
        library = DiskLibrary(folder / "lib", embedder=embedder.name, dimension=embedder.dimension, create=True)
        self.assistant = Assistant(Parts(library, embedder), Settings(library=folder / "lib"))
        ingest([self.file], into=self.assistant)
        [(document, _)] = library.catalog.documents()
        self.name = name_of(document)
        self.pictures = Pictures(library)
        app = FastAPI()
        app.add_middleware(Guard, hosts={"127.0.0.1"})
        app.add_api_route("/picture", self.pictures.receive, methods=["GET"])
        self.client = TestClient(app, base_url=PAGE)

    def asked(self, of: str | None = None, page: object = 2) -> Any:
        return self.client.get("/picture", params={"of": self.name if of is None else of, "page": str(page)})


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    served.pictures.close()
    served.assistant.close()


def test_a_page_is_drawn_and_its_width_told_in_points(served: Served) -> None:
    reply = served.asked()
    wide, high = struct.unpack(">II", reply.content[16:24])
    assert (reply.status_code, reply.headers["content-type"]) == (200, "image/png")
    assert 1000 <= wide <= 1200
    assert high <= 2300
    assert 400 < float(reply.headers["x-points-wide"]) < 800


def test_a_picture_that_was_drawn_is_kept(served: Served) -> None:
    first = served.asked().content
    served.file.unlink()
    assert served.asked().content == first


def test_a_file_that_has_changed_is_not_shown_as_what_was_read(served: Served) -> None:
    served.file.write_bytes(served.file.read_bytes() + b"\n")
    reply = served.asked()
    assert reply.status_code == 404
    assert reply.json() == {"error": "Cannot show a page of report.pdf: the file has changed since it was read."}


def test_a_file_that_is_gone_is_told(served: Served) -> None:
    served.file.unlink()
    assert "not where it was read" in served.asked().json()["error"]


@pytest.mark.parametrize(
    ("of", "page", "status"),
    [(None, 0, 404), (None, 3, 404), (None, -1, 404), (None, "x", 400), ("zz", 1, 400), (name_of("other"), 1, 404)],
)
def test_what_is_no_page_is_one_line(served: Served, of: str | None, page: object, status: int) -> None:
    reply = served.asked(of, page)
    assert reply.status_code == status
    assert "\n" not in reply.json()["error"]


def test_a_document_that_is_no_pdf_has_no_page_to_show(served: Served, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("The mill burned.")
    ingest([tmp_path / "notes.txt"], into=served.assistant)
    [document] = [id_ for id_, origin in served.assistant.library.catalog.documents() if "notes" in origin.path]
    assert "it is no PDF" in served.asked(name_of(document), 1).json()["error"]
