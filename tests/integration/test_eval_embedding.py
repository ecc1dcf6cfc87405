"""The embedder beside a peer: real processes, real weights; the peers are the same embedder, slowed down or turned."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from eval.benchmarks.embedding import documents, retrieval, speed
from eval.benchmarks.embedding_process import OURS, EmbeddingProcess
from eval.benchmarks.retrieval import RetrievalSuite
from eval.sample import sample_documents
from eval.suites import find_suite
from rag.errors import InputError
from rag.models.embedder import OnnxEmbedder

SENTENCES = {
    "canal": "The Ketteral Canal is 61 kilometres long.",
    "toll": "The toll for a barge of grain rose to 71 crowns.",
    "mill": "A fire destroyed the old paper mill at Dunmar.",
    "choir": "The choir of Ormund sang at the harvest festival.",
    "bridge": "The stone bridge was closed for repairs in winter.",
}
QUESTIONS = {"canal": "How long is the Ketteral Canal?", "mill": "What burned down at Dunmar?"}


def program(embed: str, setup: str = "") -> list[str]:
    """A peer that gives these rows for `texts`."""
    lines = [
        "import time, sys; from rag.models.embedder import OnnxEmbedder",
        "from eval.benchmarks.embedding_process import serve",
        "embedder = OnnxEmbedder()",
        setup,
        f"serve('a peer', lambda texts: {embed})",
    ]
    return [sys.executable, "-c", "\n".join(lines)]


def suite(name: str, folder: Path) -> RetrievalSuite:
    """Five documents, each of one passage, and two questions about them."""
    (folder / "qrels").mkdir()
    corpus = [
        {
            "_id": id_,
            "url": id_,
            "title": "",
            "text": text,
            "body": text,
            "source": "Post",
            "published_at": "2025-03-01",
        }
        for id_, text in SENTENCES.items()
    ]
    queries = [
        {"_id": id_, "text": asked, "query": asked, "question_type": "one", "evidence_list": [{"fact": SENTENCES[id_]}]}
        for id_, asked in QUESTIONS.items()
    ]
    (folder / "corpus.jsonl").write_text("".join(json.dumps(line) + "\n" for line in corpus))
    (folder / "queries.jsonl").write_text("".join(json.dumps(line) + "\n" for line in queries))
    (folder / "qrels" / "train.tsv").write_text("".join(f"{id_}\t{id_}\t1\n" for id_ in QUESTIONS))
    return find_retrieval_suite(name, folder)


def find_retrieval_suite(name: str, folder: Path) -> RetrievalSuite:
    found = find_suite(name, data=folder)
    assert isinstance(found, RetrievalSuite)
    return found


def figures(lines: list[str], metric: str) -> list[float]:
    """Ours, the peer's and the difference."""
    (line,) = (line for line in lines if line.startswith(metric))
    return [float(word) for word in line.split()[1:4]]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True)


# -- the process -----------------------------------------------------------------------------------------------------


def test_a_process_gives_the_embedders_own_vectors() -> None:
    texts = ["The canal is closed.", "two\nlines", "\ud800 lone", ""]
    with EmbeddingProcess(OURS) as process:
        embedded = process.embed(texts)
    np.testing.assert_array_equal(embedded.vectors, OnnxEmbedder().embed(texts))
    assert embedded.name == OnnxEmbedder().name


def test_a_process_answers_again_and_again() -> None:
    with EmbeddingProcess(OURS) as process:
        counts = [len(process.embed(["word"] * count).vectors) for count in (3, 1, 2)]
    assert counts == [3, 1, 2]


def test_what_a_program_prints_while_it_embeds_is_no_reply() -> None:
    with EmbeddingProcess(program("print('loading') or embedder.embed(texts)")) as process:
        assert process.embed(["word"]).vectors.shape == (1, 384)


def test_the_time_is_that_of_embedding_alone() -> None:
    with EmbeddingProcess(program("time.sleep(0.2) or [[1.0]] * len(texts)", setup="time.sleep(2)")) as process:
        assert 0.2 <= process.embed(["word"]).seconds < 2


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-c", "raise SystemExit(3)"],
        [sys.executable, "-c", "input(); print('hello')"],
        [sys.executable, "-c", "input(); print('{\"name\": 1}')"],
        [sys.executable, "-c", 'input(); print(\'{"name": "x", "seconds": 1, "shape": [1, 4]}\')'],
        program("[[1.0]] * (len(texts) - 1)"),
    ],
)
def test_a_program_that_gives_no_vectors_is_named(command: list[str]) -> None:
    with EmbeddingProcess(command) as process, pytest.raises(InputError, match=r"gave no vectors"):
        process.embed(["word"] * 50_000)


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match="Cannot start /no/such/python"):
        EmbeddingProcess(["/no/such/python", "-m", "peer"])


# -- speed -----------------------------------------------------------------------------------------------------------


def test_the_sample_corpus_is_timed_without_a_peer() -> None:
    size, rate, peer = speed(sample_documents(), passages=2, rounds=1, peer=())
    assert re.match(r"2 passages of 2\d\d tokens \(2\d\d to 2\d\d\); 1 rounds", size)
    assert OnnxEmbedder().name in rate
    assert "requirements-peer.txt" in peer


def test_a_peer_that_takes_longer_is_beaten_by_as_much_and_its_vectors_are_compared() -> None:
    slow = program("time.sleep(1) or -embedder.embed(texts)")
    *_, ratio, cosine = speed(sample_documents(), passages=1, rounds=2, peer=slow)
    assert float(re.findall(r"[\d.]+", ratio)[0]) > 2
    assert cosine.endswith("mean -1.0000, smallest -1.0000")


def test_documents_without_a_long_passage_are_refused(tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("Nothing much.")
    with pytest.raises(InputError, match=r"No passage of .* has 200 tokens"):
        speed(tmp_path, passages=2, rounds=1, peer=())


# -- retrieval -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "metric"), [("multihop-rag", "mrr_at_10"), ("multihop-rag", "hits_at_4"), ("scifact", "ndcg_at_10")]
)
def test_the_same_vectors_rank_alike(name: str, metric: str, tmp_path: Path) -> None:
    assert figures(retrieval(suite(name, tmp_path), peer=OURS), metric) == [1, 1, 0]


@pytest.mark.parametrize(
    ("name", "metric", "last"),
    [("multihop-rag", "mrr_at_10", 1 / 5), ("multihop-rag", "hits_at_4", 0), ("scifact", "ndcg_at_10", 1 / np.log2(6))],
)
def test_a_peer_whose_questions_point_away_ranks_the_wanted_last(
    name: str, metric: str, last: float, tmp_path: Path
) -> None:
    away = program("embedder.embed(texts) * [[-1 if text.endswith('?') else 1] for text in texts]")
    assert figures(retrieval(suite(name, tmp_path), peer=away), metric) == pytest.approx([1, last, 1 - last], abs=1e-4)


def test_a_document_is_ranked_once_by_its_best_passage(tmp_path: Path) -> None:
    found = suite("scifact", tmp_path)
    long, *others = map(json.loads, found.corpus.read_text().splitlines())
    long["text"] = " ".join([SENTENCES["canal"]] * 300)
    found.corpus.write_text("".join(json.dumps(line) + "\n" for line in [long, *others]))
    # The question about the canal wants the mill: were passages ranked, the canal's would take the first ten places.
    (tmp_path / "qrels" / "train.tsv").write_text("canal\tmill\t1\n")
    assert figures(retrieval(find_retrieval_suite("scifact", tmp_path), peer=OURS), "recall_at_10") == [1, 1, 0]


def test_documents_of_a_corpus_keep_its_ids(tmp_path: Path) -> None:
    assert [document.id for document in documents(suite("scifact", tmp_path).corpus)] == list(SENTENCES)


# -- the commands ----------------------------------------------------------------------------------------------------


def test_a_suite_without_vectors_to_compare_is_refused(tmp_path: Path) -> None:
    suite("scifact", tmp_path)
    for arguments in (["scifact", "--data", str(tmp_path)], ["nothing", "--data", str(tmp_path), "--peer", *OURS]):
        done = run("eval.benchmarks.embedding", "retrieval", *arguments)
        assert done.returncode == 1
        assert re.fullmatch(r"embedding: .*\n", done.stderr)


def test_the_commands_peer_is_all_that_follows(tmp_path: Path) -> None:
    suite("scifact", tmp_path)
    done = run("eval.benchmarks.embedding", "retrieval", "scifact", "--data", str(tmp_path), "--peer", *OURS)
    assert figures(done.stdout.splitlines(), "recall_at_10") == [1, 1, 0]


def test_no_rounds_are_refused() -> None:
    assert "0 is less than 1" in run("eval.benchmarks.embedding", "speed", "--rounds", "0").stderr


def test_the_peer_says_what_it_lacks() -> None:
    done = run("training.huggingface_peer")
    assert (done.returncode, done.stdout) == (1, "")
    assert "install training/requirements-peer.txt first" in done.stderr
