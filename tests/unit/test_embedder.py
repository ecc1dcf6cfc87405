"""The embedder, on the real weights."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.models.embedder import TEXTS_AT_ONCE, OnnxEmbedder
from rag.models.onnx import WEIGHTS, open_model

COURT = "A federal court ruled that the president could not impose the tariffs on his own."
SAME = "Judges decided that the tariffs exceeded what the president is allowed to do alone."
SOUP = "Simmer the onions slowly in butter before you add the stock and the thyme."


@pytest.fixture(scope="module")
def embedder() -> OnnxEmbedder:
    return OnnxEmbedder()


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    for file in WEIGHTS.glob("embedder*"):
        shutil.copy(file, tmp_path)
    return tmp_path


def test_one_unit_vector_for_each_text(embedder: OnnxEmbedder) -> None:
    vectors = embedder.embed([COURT, SOUP, SAME])
    assert vectors.shape == (3, embedder.dimension) == (3, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_texts_give_no_vectors(embedder: OnnxEmbedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_a_text_has_the_same_vector_alone_and_among_others_and_in_any_order(embedder: OnnxEmbedder) -> None:
    # Exactly the same, since each text is run alone: in a batch, its neighbours would change how it is quantised.
    texts = [COURT, "short", SOUP * 20, "", SAME] * (TEXTS_AT_ONCE // 64)
    alone = np.concatenate([embedder.embed([text]) for text in texts[:5]])
    np.testing.assert_array_equal(embedder.embed(texts), np.tile(alone, (len(texts) // 5, 1)))
    np.testing.assert_array_equal(embedder.embed(texts[:5][::-1]), alone[::-1])


def test_more_texts_than_are_held_at_once_keep_their_order(embedder: OnnxEmbedder) -> None:
    texts = [f"number {i}" for i in range(TEXTS_AT_ONCE + 3)]
    np.testing.assert_array_equal(embedder.embed(texts)[-3:], embedder.embed(texts[-3:]))


def test_like_texts_are_nearer_than_unlike_ones(embedder: OnnxEmbedder) -> None:
    court, same, soup = embedder.embed([COURT, SAME, SOUP])
    assert court @ same > court @ soup + 0.3


def test_likeness_is_that_of_the_original_model(embedder: OnnxEmbedder) -> None:
    # The cosines by transformers' BertModel in 32-bit floats; int8 moved them by 0.01 at most.
    court, same, soup = embedder.embed([COURT, SAME, SOUP])
    np.testing.assert_allclose([court @ same, court @ soup, same @ soup], [0.7696, 0.0685, 0.0573], atol=0.03)


def test_text_past_the_limit_is_not_read(embedder: OnnxEmbedder) -> None:
    long = "word " * embedder.max_tokens
    np.testing.assert_array_equal(*embedder.embed([long, long + "tariffs and courts"]))


@pytest.mark.parametrize("text", ["", " \n\t", "\0", "a\0b", "\ud800 lone", "x" * 5000, "日本語 Ελλάδα", "[CLS] [SEP]"])
def test_odd_text_has_a_vector(embedder: OnnxEmbedder, text: str) -> None:
    vector = embedder.embed([text])[0]
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)


def test_name_tells_the_model_and_its_weights(embedder: OnnxEmbedder) -> None:
    name, digits = embedder.name.split("@")
    assert name == "all-MiniLM-L6-v2-int8"
    assert open_model("embedder").manifest["model"]["sha256"].startswith(digits)


@pytest.mark.parametrize("file", ["embedder.onnx", "embedder-tokenizer.json"])
def test_damaged_file_is_refused(weights: Path, file: str) -> None:
    content = bytearray((weights / file).read_bytes())
    content[len(content) // 2] ^= 1
    (weights / file).write_bytes(content)
    with pytest.raises(ModelError, match=f"{file} is damaged"):
        OnnxEmbedder(weights)


@pytest.mark.parametrize("file", ["embedder.onnx", "embedder-tokenizer.json", "embedder.json"])
def test_missing_file_is_named(weights: Path, file: str) -> None:
    (weights / file).unlink()
    with pytest.raises(ModelError, match=f"Cannot read .*{file}"):
        OnnxEmbedder(weights)


@pytest.mark.parametrize("manifest", ["{", "[]", "{}"])
def test_damaged_manifest_is_refused(weights: Path, manifest: str) -> None:
    (weights / "embedder.json").write_text(manifest)
    with pytest.raises(ModelError, match=r"embedder.json is damaged"):
        OnnxEmbedder(weights)
