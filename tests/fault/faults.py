"""Accidents of all sorts, and what is left of a library after them; prints a JSON object with what was found.

`python -m tests.fault.faults kills --count 1000`, `damage --count 200` (flipped bits, besides every kind of damage),
`errors` (every call; with `--count` so many of each sort). Exits 1 where anything was lost. Needs Linux and `cc`.
"""

import argparse
import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fault.damage import damage
from tests.fault.errors import fail
from tests.fault.kills import kill
from tests.fault.processes import restart_with_faulty_disk

_TOLD = 30


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser()
    parser.add_argument("accident", choices=["kills", "damage", "errors"])
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--unsealed", type=int, help="damage: how many kinds befall a library without a seal")
    asked = parser.parse_args()
    restart_with_faulty_disk()
    with TemporaryDirectory(prefix="footnoted-faults-") as name:
        folder = Path(name).resolve()
        if asked.accident == "kills":
            report = kill(folder, asked.count or 200, seed=asked.seed)
        elif asked.accident == "damage":
            count = 200 if asked.count is None else asked.count
            report = damage(folder, count, seed=asked.seed, unsealed=asked.unsealed)
        else:
            report = fail(folder, asked.count)
    report["faults"][_TOLD:] = [f"and {more} more"] if (more := len(report["faults"]) - _TOLD) > 0 else []
    print(json.dumps(report, indent=1))
    sys.exit(bool(report["faults"]))


if __name__ == "__main__":
    main()
