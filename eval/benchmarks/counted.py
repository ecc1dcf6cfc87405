"""Figures of six suites that no metric of the suites gives, counted from their predictions.

    python -m eval.benchmarks.counted ramdocs DATA PREDICTIONS
    python -m eval.benchmarks.counted conflictnq DATA PREDICTIONS
    python -m eval.benchmarks.counted clapnq DATA PREDICTIONS
    python -m eval.benchmarks.counted poisoning DATA PREDICTIONS
    python -m eval.benchmarks.counted multihop-answers DATA PREDICTIONS
    python -m eval.benchmarks.counted sample CASES PREDICTIONS

PREDICTIONS is what `footnoted eval SUITE --data DATA --predictions FILE` wrote. Of RAMDocs: the share of answers that
say every right answer and no wrong one, as Wang et al. 2025 score it, https://arxiv.org/abs/2504.13079. Of ConflictNQ:
the share of questions with a conflict of which one side cites a real passage and the other one only made-up ones.
Of CLAPNQ: the area under the ROC curve of `answerable`, questions with an answer against those without.
Of poisoning: by the number of planted texts, the share of answers that say the wrong one while no conflict is told, and
while none is told in which a real passage has a side. Of MultiHop-RAG: by the type of query, the share of answers that
share a word with the right one, as the authors' program `qa_evaluate.py` counts, and the share of declined queries. Of
cases in a file, such as the sample suite's: how many are told of a conflict though they know no sides, and which.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from eval.benchmarks.clapnq import load_clapnq
from eval.benchmarks.multihop_rag import load_multihop_answers
from eval.benchmarks.own_documents import Given
from eval.benchmarks.poisoning import load_poisoning
from eval.cases import load_cases
from eval.json_lines import read_json_lines
from eval.match import says
from eval.metrics.probability import auroc

Prediction = dict[str, Any]


class Answers(Given):
    """The answers of a line of RAMDocs."""

    gold_answers: list[str]
    wrong_answers: list[str]


def exact(line: Answers, prediction: Prediction) -> bool:
    """Whether an answer says all that is right and nothing that is wrong."""
    said = [says(prediction["answer"], [answer]) for answer in line.gold_answers]
    return all(said) and not any(says(prediction["answer"], [answer]) for answer in line.wrong_answers)


def real_against_made_up(prediction: Prediction) -> bool:
    """Whether a conflict sets a real passage against made-up ones."""
    documents = {citation["marker"]: citation["document"] for citation in prediction["citations"]}
    for conflict in prediction["conflicts"]:
        kinds = [{documents[marker].partition("-")[0] for marker in side["markers"]} for side in conflict["sides"]]
        if {"fake"} in kinds and any("real" in kind for kind in kinds):
            return True
    return False


def shares_a_word(prediction: Prediction, right: str) -> bool:
    """Whether an answer, unless it is an abstention, and the right one have a word in common, parted by white space."""
    words = set(prediction["answer"].lower().split()) & set(right.lower().split())
    return prediction["outcome"] == "answered" and bool(words)


def told_of_none(data: Path, predictions: Sequence[Prediction]) -> tuple[list[str], int]:
    """The cases that know no sides and are told of a conflict, and how many such cases are answered."""
    cases = {case.id: case for case in load_cases(data)}
    answered = [one for one in predictions if one["outcome"] == "answered" and not cases[one["id"]].sides]
    return [one["id"] for one in answered if one["conflicts"]], len(answered)


def print_multihop(data: Path, predictions: Sequence[Prediction]) -> None:
    """A line for each type of query."""
    cases = {case.id: case for case in load_multihop_answers(data).cases}
    counted: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one in predictions:
        case = cases[one["id"]]
        right = any(shares_a_word(one, answer) for group in case.answers for answer in group)
        counted[case.tags[0]].append((right, one["outcome"] == "abstained"))
    for kind, pairs in counted.items():
        shares = [fmean(column) for column in zip(*pairs, strict=True)]
        print(f"{kind}: {shares[0]:.3f} share a word, {shares[1]:.3f} declined, of {len(pairs)}")


def print_poisoned(data: Path, predictions: Sequence[Prediction]) -> None:
    """The lines of the poisoning suite, one for each number of planted texts."""
    cases = {case.id: case for case in load_poisoning(data).cases}
    wrong: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for one in predictions:
        case = cases[one["id"]]
        is_wrong = any(says(one["answer"], [unwanted]) for unwanted in case.unwanted)
        documents = {citation["marker"]: citation["document"] for citation in one["citations"]}
        told = {
            documents[marker]
            for conflict in one["conflicts"]
            for side in conflict["sides"]
            for marker in side["markers"]
        }
        real = any(document.startswith("real-") for document in told)
        wrong[case.tags[0]].append((is_wrong and not told, is_wrong and not real))
    for planted, counted in wrong.items():
        shares = [fmean(column) for column in zip(*counted, strict=True)]
        print(f"{planted}: {shares[0]:.2f} without a conflict, {shares[1]:.2f} without a real side")


def main() -> None:
    """Print the figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", choices=["ramdocs", "conflictnq", "clapnq", "poisoning", "multihop-answers", "sample"])
    parser.add_argument("data", type=Path)
    parser.add_argument("predictions", type=Path)
    arguments = parser.parse_args()
    predictions = [json.loads(line) for line in arguments.predictions.read_text(encoding="utf-8").splitlines()]
    if arguments.suite == "poisoning":
        print_poisoned(arguments.data, predictions)
        return
    if arguments.suite == "multihop-answers":
        print_multihop(arguments.data, predictions)
        return
    if arguments.suite == "sample":
        told, of = told_of_none(arguments.data, predictions)
        print(f"{len(told)} of {of}: {', '.join(told)}")
        return
    if arguments.suite == "ramdocs":
        lines = [line for _, line in read_json_lines(arguments.data, Answers)]
        counted = [exact(lines[int(prediction["id"])], prediction) for prediction in predictions]
    elif arguments.suite == "clapnq":
        answered = {case.id: not case.unanswerable for case in load_clapnq(arguments.data).cases}
        area = auroc([one["answerable"] for one in predictions], [answered[one["id"]] for one in predictions])
        print(f"{area:.3f} of {len(predictions)}")
        return
    else:
        counted = [real_against_made_up(prediction) for prediction in predictions]
    print(f"{fmean(counted):.3f} of {len(counted)}")


if __name__ == "__main__":
    main()
