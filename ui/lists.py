"""Lists of questions or claims, as files hold them."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Any

from rag.errors import InputError


def read_list(path: Path, field: str) -> Iterator[dict[str, Any]]:
    """The lines of a list, plain text or JSON Lines, each as an object with this field; blank lines are passed over.

    Raises InputError where the file cannot be read, or names the line without such a field.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InputError(f"Cannot read {path}: it is not UTF-8.") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        item = _parsed(line) if line.lstrip().startswith("{") else {field: line.strip()}
        if not isinstance(item.get(field), str):
            raise InputError(f"{path}, line {number}: not JSON with a text '{field}'.")
        if not _are_turns(item.get("turns", [])):
            fault = "'turns' is not a list of earlier questions, each a text or an object with 'question' and 'answer'"
            raise InputError(f"{path}, line {number}: {fault}.")
        yield item


def _are_turns(turns: object) -> bool:
    if not isinstance(turns, list):
        return False
    objects = [{"question": turn} if isinstance(turn, str) else turn for turn in turns]
    return all(
        isinstance(turn, dict)
        and isinstance(turn.get("question"), str)
        and isinstance(turn.get("answer"), (str, NoneType))
        for turn in objects
    )


def _parsed(line: str) -> dict[str, Any]:
    try:
        parsed = json.loads(line)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
