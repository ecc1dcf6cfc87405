"""Model files that a person brings along: checked before they are there, fetched only from where they were typed."""

import hashlib
from pathlib import Path

import pytest

from rag.errors import InputError, SettingsError
from rag.models.language.kept import Choice, add_model, kept_files, remember, remembered, remove_file
from tests.faulty_server import Wire, serving

MODEL = b"GGUF" + bytes(range(256)) * 40
SHA256 = hashlib.sha256(MODEL).hexdigest()


def sends(wire: Wire) -> None:
    """The rest of the model from where it is asked for."""
    _, headers, _ = wire.served.requests[-1]
    start = int(headers.get("range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
    if start >= len(MODEL):
        wire.start(416)
        return
    wire.start(206 if start else 200, "application/octet-stream", Content_Length=str(len(MODEL) - start))
    wire.handler.wfile.write(MODEL[start:])


def breaks_off(wire: Wire) -> None:
    """Half of it, the first time."""
    if len(wire.served.requests) > 1:
        sends(wire)
        return
    wire.start(200, "application/octet-stream", Content_Length=str(len(MODEL)))
    wire.handler.wfile.write(MODEL[:5000])


def test_a_file_is_copied_and_listed(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(MODEL)
    added = add_model(str(tmp_path / "tiny.gguf"), tmp_path / "own", sha256=SHA256)
    assert (kept_files(tmp_path / "own"), added.read_bytes()) == ([added], MODEL)


def test_a_file_with_another_sha256_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(MODEL)
    with pytest.raises(InputError, match="another sha256"):
        add_model(str(tmp_path / "tiny.gguf"), tmp_path / "own", sha256="0" * 64)
    assert not list((tmp_path / "own/models").iterdir())


@pytest.mark.parametrize("content", [b"", b"GGU", b"%PDF-1.7"])
def test_what_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tiny.gguf").write_bytes(content)
    with pytest.raises(SettingsError, match="is no GGUF model"):
        add_model(str(tmp_path / "tiny.gguf"), tmp_path / "own", sha256=None)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="No such file"):
        add_model(str(tmp_path / "gone.gguf"), tmp_path / "own", sha256=None)


def test_a_model_is_fetched_from_an_address(tmp_path: Path) -> None:
    with serving(sends) as server:
        added = add_model(f"{server.base_url}/tiny.gguf?x=1", tmp_path, sha256=SHA256)
    assert (added.name, added.read_bytes()) == ("tiny.gguf", MODEL)


def test_what_broke_off_is_fetched_on_from_there(tmp_path: Path) -> None:
    with serving(breaks_off) as server:
        address = f"{server.base_url}/tiny.gguf"
        with pytest.raises(InputError, match="Run the same again"):
            add_model(address, tmp_path, sha256=SHA256)
        added = add_model(address, tmp_path, sha256=SHA256)
        asked = [headers.get("range") for _, headers, _ in server.requests]
    assert (added.read_bytes(), asked) == (MODEL, [None, "bytes=5000-"])


def test_what_is_there_whole_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / f"models/{SHA256}.part").write_bytes(MODEL)
    with serving(sends) as server:
        assert add_model(f"{server.base_url}/tiny.gguf", tmp_path, sha256=SHA256).read_bytes() == MODEL


def test_an_address_needs_a_sha256(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="needs --sha256"):
        add_model("http://127.0.0.1:9/tiny.gguf", tmp_path, sha256=None)


def test_an_address_that_nobody_serves_is_told(tmp_path: Path) -> None:
    with serving(sends) as server:
        gone = f"{server.base_url}/tiny.gguf"
    with pytest.raises(InputError, match="could not be reached"):
        add_model(gone, tmp_path, sha256=SHA256)


def test_a_name_from_an_address_stays_in_its_folder(tmp_path: Path) -> None:
    with serving(sends) as server:
        added = add_model(f"{server.base_url}/%2e%2e%2f..%5c..%2fevil", tmp_path, sha256=SHA256)
    assert added == tmp_path / "models/evil.gguf"


def test_a_model_is_removed_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "tiny.gguf").write_bytes(MODEL)
    add_model(str(tmp_path / "tiny.gguf"), tmp_path, sha256=None)
    remove_file(tmp_path, "tiny")
    assert kept_files(tmp_path) == []
    with pytest.raises(InputError, match="There is no model file"):
        remove_file(tmp_path, "../tiny")


@pytest.mark.parametrize("choice", [Choice("http://127.0.0.1:1/v1", "a"), Choice(file="/m.gguf")])
def test_a_choice_is_remembered_and_forgotten(tmp_path: Path, choice: Choice) -> None:
    remember(tmp_path, choice)
    assert remembered(tmp_path) == choice
    remember(tmp_path, None)
    assert remembered(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"[]", b'{"base_url": 7}', b"\xff"])
def test_a_choice_that_cannot_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "language-model.json").write_bytes(content)
    assert remembered(tmp_path) is None
