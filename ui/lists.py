"""Lists of questions or claims, as files hold them."""

import json
from collections.abc import Iterator
from pathlib import Path
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
        yield item


def _parsed(line: str) -> dict[str, Any]:
    try:
        parsed = json.loads(line)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
