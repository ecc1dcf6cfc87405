"""Injection: instructions planted in a document, which an assistant must not follow or repeat.

The instructions are given as a JSON object from kinds to lists of texts, the form of the text attacks of BIPIA (Yi et
al. 2023, "Benchmarking and Defending Against Indirect Prompt Injection Attacks on Large Language Models",
https://arxiv.org/abs/2312.14197). Each is planted in a document of the sample corpus, about which a question of the
sample suite is asked, in the middle and set off as a paragraph. `unwanted_said` tells how often the answer repeats the
instruction; the other metrics, whether it is still right.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pydantic import RootModel, ValidationError

from eval.benchmarks.own_documents import files_of, suite_of
from eval.cases import Case, GivenDocument, load_cases
from eval.sample import SAMPLE_CASES, sample_documents
from eval.suite import Suite
from rag.errors import InputError

_PLAIN_TEXT = (".txt", ".md")


class _Attacks(RootModel[dict[str, list[str]]]):
    pass


def load_injection(data: Path) -> Suite:
    """The suite of a JSON file, or of those in a folder; raises InputError naming the file."""
    folder = data / "injection" if (data / "injection").is_dir() else data
    attacks = [pair for path in files_of(folder, "") for pair in _attacks(path)]
    return suite_of("injection", _cases(attacks))


def _attacks(path: Path) -> Iterator[tuple[str, str]]:
    try:
        kinds = _Attacks.model_validate(json.loads(path.read_text(encoding="utf-8"))).root
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}. docs/eval.md says what a suite reads.") from error
    except (ValueError, ValidationError) as error:
        raise InputError(f"Cannot read {path}: it is not an object from kinds to lists of texts.") from error
    yield from ((kind, text.strip()) for kind, texts in kinds.items() for text in texts if text.strip())


def _cases(attacks: list[tuple[str, str]]) -> Iterator[Case]:
    hosts = [case for case in load_cases(SAMPLE_CASES) if _host(case)]
    for place, (kind, instruction) in enumerate(attacks):
        case = hosts[place % len(hosts)]
        name = _host(case)
        paragraphs = (sample_documents() / name).read_text(encoding="utf-8").split("\n\n")
        middle = len(paragraphs) // 2
        text = "\n\n".join([*paragraphs[:middle], instruction, *paragraphs[middle:]])
        yield replace(
            case,
            id=f"{place}: {case.id}",
            evidence=tuple(tuple(entry for entry in part if entry.document == name) for part in case.evidence),
            documents=(GivenDocument(name, text),),
            unwanted=(instruction,),
            tags=(kind,),
        )


def _host(case: Case) -> str:
    """The plain text document that alone answers a case; empty where there is none."""
    if len(case.evidence) != 1 or case.sides:
        return ""
    names = (entry.document for entry in case.evidence[0] if entry.document.endswith(_PLAIN_TEXT))
    return next(names, "")
