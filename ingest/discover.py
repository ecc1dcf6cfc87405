"""Which files a person means by the paths they name."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import InputError


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read: where it is, and how it is shown to people (posix, relative)."""

    path: Path
    """Absolute, links followed: the file's identity in the library."""
    shown: str

    @property
    def source(self) -> str:
        """The file's identity in the library, as text."""
        return str(self.path)


def discover(paths: Sequence[Path | str], *, without: Path | None = None) -> list[FoundFile]:
    """The files under these files and folders, folders in order of name, each file once.

    Hidden files and folders, links out of a folder, what is no regular file, and everything in the folder `without`
    (the library itself) are left out. Raises InputError for a path that is missing or cannot be read.
    """
    found: dict[Path, FoundFile] = {}
    for given in paths:
        path = _resolved(given)
        inside = _walk(path, without) if path.is_dir() else [_named(path, given)]
        for file in inside:
            found.setdefault(file.path, file)
    return list(found.values())


def folders_of(paths: Sequence[Path | str]) -> list[Path]:
    """The folders among these paths, absolute."""
    return [path for path in map(_resolved, paths) if path.is_dir()]


def _resolved(given: Path | str) -> Path:
    try:
        return Path(given).expanduser().resolve(strict=True)
    except FileNotFoundError:
        raise InputError(f"Cannot ingest {given}: there is no such file or folder.") from None
    except (OSError, RuntimeError, ValueError) as error:  # no permission, a loop of links, a NUL in the name
        raise InputError(f"Cannot ingest {given}: {getattr(error, 'strerror', None) or error}.") from None


def _named(path: Path, given: Path | str) -> FoundFile:
    if not path.is_file():
        raise InputError(f"Cannot ingest {given}: it is neither a file nor a folder.")
    return FoundFile(path, Path(given).name or path.name)


def _walk(root: Path, without: Path | None) -> Iterator[FoundFile]:
    def complain(error: OSError) -> None:
        raise InputError(f"Cannot ingest {error.filename}: {error.strerror}.")

    outside = without.resolve() if without else None
    for folder, inner, names in os.walk(root, onerror=complain):
        inner[:] = sorted(name for name in inner if not name.startswith(".") and Path(folder, name) != outside)
        for name in sorted(names):
            path = Path(folder, name)
            if not name.startswith(".") and (target := _regular(path, root)):
                yield FoundFile(target, Path(root.name, path.relative_to(root)).as_posix())


def _regular(path: Path, root: Path) -> Path | None:
    """The file itself, links followed; None for what is no regular file or lies outside of the folder."""
    try:
        target = path.resolve(strict=True)
        return target if stat.S_ISREG(target.stat().st_mode) and target.is_relative_to(root) else None
    except (OSError, RuntimeError):  # a link to nothing, or to itself
        return None
