"""Compares weights of the fusion in `rag/search/retrieve.py` on training questions.

    python -m training.rank_fusion DATA

DATA is the folder that `answer_selection.py` reads. A library is made of all paragraphs that answer a question; printed
is how often the paragraph of a question is first and among the first eight, and the mean of 1 / its rank.
"""

import json
import random
import sys
import tempfile
from pathlib import Path

from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Passage, ScoredPassage
from rag.search.retrieve import fuse
from training.answer_selection import SOURCES
from training.reader_data import read

QUESTIONS, CANDIDATES = 1500, 50


def show(name: str, ranks: list[int]) -> None:
    reciprocal = sum(1 / rank for rank in ranks if 0 < rank <= 10) / len(ranks)
    first, eight = (sum(0 < rank <= limit for rank in ranks) / len(ranks) for limit in (1, 8))
    print(f"{name:16} first {first:.3f}  among eight {eight:.3f}  reciprocal rank {reciprocal:.3f}")


def rank_of(wanted: str, ranking: list[ScoredPassage]) -> int:
    """The place of a document, from 1; 0 where it is not there."""
    documents = list(dict.fromkeys(hit.passage.document for hit in ranking))
    return documents.index(wanted) + 1 if wanted in documents else 0


def fused(words: dict[Passage, float], cosines: dict[Passage, float], weight: float) -> list[ScoredPassage]:
    """Best first."""
    scores = fuse(words, cosines, weight)
    return [ScoredPassage(passage, scores[passage]) for passage in sorted(scores, key=lambda one: -scores[one])]


def main(folder: Path) -> None:
    questions = [question for question in read(folder) if question.spans and question.source in SOURCES]
    random.Random(3).shuffle(questions)
    contexts = {text: f"c{n}" for n, text in enumerate(sorted({question.context for question in questions}))}
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work) / "corpus.jsonl"
        corpus.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for text, name in contexts.items()))
        assistant = Assistant.open(Path(work) / "library", create=True)
        print(ingest([corpus], into=assistant).passages, "passages")
        found: list[tuple[str, list[ScoredPassage], list[ScoredPassage]]] = []
        fusible: list[tuple[str, dict[Passage, float], dict[Passage, float]]] = []
        for question in questions[:QUESTIONS]:
            vector = assistant.embedder.embed([question.text])[0]
            words = assistant.library.search_keywords(question.text, limit=CANDIDATES)
            meaning = assistant.library.search_vectors(vector, limit=CANDIDATES)
            found.append((contexts[question.context], words, meaning))
            known = {hit.passage: hit.score for hit in meaning}
            left = [hit.passage for hit in words if hit.passage not in known]
            known |= dict(zip(left, assistant.library.similarities(vector, left), strict=True))
            fusible.append((contexts[question.context], {hit.passage: hit.score for hit in words}, known))
        assistant.close()
    show("words", [rank_of(wanted, words) for wanted, words, _ in found])
    show("vectors", [rank_of(wanted, meaning) for wanted, _, meaning in found])
    for weight in (0.2, 0.4, 0.7, 1.0, 1.3, 1.6, 2.0):
        show(f"fused, {weight}", [rank_of(wanted, fused(words, cosines, weight)) for wanted, words, cosines in fusible])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
