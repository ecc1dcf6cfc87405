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

    source: str
    """Its absolute path, links followed: the file's identity in the library."""
    shown: str

    @property
    def path(self) -> Path:
        """Where it is: made when asked for, since a path takes four times the memory of its text."""
        return Path(self.source)

    def size(self) -> int:
        """How many bytes it has; 0 where it is gone, which reading it will say."""
        try:
            return os.stat(self.source).st_size
        except OSError:
            return 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What lies in a folder and is not read, and why."""

    shown: str
    why: str


def discover(paths: Sequence[Path | str], *, without: Path | None = None) -> tuple[list[FoundFile], list[LeftOut]]:
    """The files under these files and folders, folders in order of name, each file once; and what is left out.

    Left out are links out of a folder and what is no regular file; hidden files and folders and everything in the
    folder `without` (the library itself) are not even named. Raises InputError for a path that is missing or cannot
    be read.
    """
    found: dict[str, FoundFile] = {}
    left_out: list[LeftOut] = []
    for given in paths:
        path = _resolved(given)
        inside = _walk(path, without) if path.is_dir() else [_named(path, given)]
        for file in inside:
            if isinstance(file, LeftOut):
                left_out.append(file)
            else:
                found.setdefault(file.source, file)
    return list(found.values()), left_out


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
    return FoundFile(str(path), Path(given).name or path.name)


def _walk(root: Path, without: Path | None) -> Iterator[FoundFile | LeftOut]:
    unreadable: list[OSError] = []

    def complain(error: OSError) -> None:
        if str(error.filename) == str(root):
            raise InputError(f"Cannot ingest {error.filename}: {error.strerror}.")
        unreadable.append(error)

    outside = str(without.resolve()) if without else None
    prefix = os.path.join(root, "")
    for folder, inner, names in os.walk(root, onerror=complain):
        inner[:] = sorted(name for name in inner if name[0] != "." and os.path.join(folder, name) != outside)
        linked = [name for name in inner if os.path.islink(os.path.join(folder, name))]
        for name in sorted([*linked, *names]):
            if name[0] == ".":
                continue
            path = os.path.join(folder, name)
            shown = _shown(root, path.removeprefix(prefix))
            target, why = _target(path, prefix)
            yield LeftOut(shown, why) if why else FoundFile(target, shown)
    for error in unreadable:
        yield LeftOut(_shown(root, str(error.filename).removeprefix(prefix)), f"{error.strerror}")


def _shown(root: Path, inside: str) -> str:
    return f"{root.name}/{inside.replace(os.sep, '/')}" if root.name else inside.replace(os.sep, "/")


def _target(path: str, prefix: str) -> tuple[str, str]:
    """The file itself, links followed; and in words why not, for what is no regular file or lies outside the folder."""
    try:
        target = os.path.realpath(path, strict=True)
        if not target.startswith(prefix):
            return target, "it is a link that leads out of the folder"
        if os.path.islink(path) and os.path.isdir(target):
            return target, "it is a link to a folder"
        return target, "" if stat.S_ISREG(os.stat(target).st_mode) else "it is no regular file"
    except OSError:
        return path, "it is a link to nothing"
