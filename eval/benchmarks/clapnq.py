"""CLAPnq: questions with one passage of Wikipedia that answers them at length, or does not.

Rosenthal et al. 2025, "CLAPnq: Cohesive Long-form Answers from Passages in Natural Questions",
https://arxiv.org/abs/2404.02103. A question's passage is the whole library. The evidence are the sentences that the
annotators chose; the long answers are not compared word by word, since no wording of them is the one right one.
"""

from collections.abc import Iterator
from pathlib import Path

from eval.benchmarks.own_documents import Given, files_of, numbered, suite_of
from eval.cases import Case, Evidence
from eval.json_lines import read_json_lines
from eval.suite import Suite


def load_clapnq(data: Path) -> Suite:
    """The suite of a file, or of a folder's files `clapnq*.jsonl`; raises InputError naming file and line."""
    return suite_of("clapnq", (case for path in files_of(data, "clapnq") for case in _cases(path)))


def _cases(path: Path) -> Iterator[Case]:
    for _, line in read_json_lines(path, _Line):
        documents = numbered([(passage.title, passage.text) for passage in line.passages])
        chosen = dict.fromkeys(sentence for output in line.output for sentence in output.selected_sentences)
        quotes = tuple(
            Evidence(document.id, sentence)
            for sentence in chosen
            for document in documents
            if sentence in document.text
        )
        unanswerable = not any(output.answer.strip() for output in line.output)
        yield Case(
            id=line.id,
            question=line.input,
            evidence=(quotes,) if quotes and not unanswerable else (),
            unanswerable=unanswerable,
            documents=documents,
            tags=("unanswerable" if unanswerable else "answerable",),
        )


class _Passage(Given):
    title: str
    text: str


class _Output(Given):
    answer: str
    selected_sentences: list[str]


class _Line(Given):
    id: str
    input: str
    passages: list[_Passage]
    output: list[_Output]
