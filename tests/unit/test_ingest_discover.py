"""Which files the paths a person names stand for."""

import os
from pathlib import Path

import pytest

from ingest.discover import discover
from rag.errors import InputError


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words")
    return path


def shown(*paths: Path, without: Path | None = None) -> list[str]:
    return [file.shown for file in discover(paths, without=without)[0]]


def test_a_folder_is_walked_in_order_and_shown_from_its_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt"):
        write(tmp_path / "news" / name)
    assert shown(tmp_path / "news") == ["news/a.txt", "news/b.txt", "news/sub/c.txt"]


def test_a_file_is_shown_by_its_name(tmp_path: Path) -> None:
    assert shown(write(tmp_path / "news" / "a.txt")) == ["a.txt"]


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    file = write(tmp_path / "news" / "a.txt")
    assert shown(tmp_path / "news", file) == ["news/a.txt"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "a.txt"):
        write(tmp_path / "news" / name)
    assert shown(tmp_path / "news") == ["news/a.txt"]


def test_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.txt")
    (tmp_path / "news" / "out.txt").symlink_to(write(tmp_path / "secret.txt"))
    (tmp_path / "news" / "up").symlink_to(tmp_path)
    assert shown(tmp_path / "news") == ["news/a.txt"]


def test_a_pipe_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.txt")
    os.mkfifo(tmp_path / "news" / "pipe.txt")
    assert shown(tmp_path / "news") == ["news/a.txt"]


def test_the_library_itself_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "news" / "a.txt")
    write(tmp_path / "news" / "library" / "catalog.sqlite3")
    assert shown(tmp_path / "news", without=tmp_path / "news" / "library") == ["news/a.txt"]


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file or folder"):
        discover([tmp_path / "nowhere"])


def test_a_pipe_that_is_named_is_an_error(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match="neither a file nor a folder"):
        discover([tmp_path / "pipe.txt"])
