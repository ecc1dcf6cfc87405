"""How models are opened, on the real weights: when they are needed, once, and with one tokenizer for all."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from rag.errors import ModelError
from rag.models.onnx import WEIGHTS, Model, open_model
from rag.models.reader import OnnxReader
from rag.models.verifier import OnnxVerifier
from tests.answers import whole_passage

NAMES = ("closereader", "embedder", "reader", "verifier")
TEXT = "The Harlow Bridge was opened in 1931. " * 60
PASSAGE = whole_passage(TEXT)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WEIGHTS, tmp_path / "weights"))


def damage(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_models_with_the_same_tokenizer_share_it() -> None:
    first, *others = (open_model(name).tokenizer for name in NAMES if name != "closereader")
    assert all(other is first for other in others)


def test_reading_and_verifying_leave_the_shared_tokenizer_as_it_was() -> None:
    before = open_model("embedder").tokenizer.to_str()
    OnnxReader().read("When was the bridge opened?", [PASSAGE])
    OnnxVerifier().verify("The bridge was opened in 1931.", [TEXT])
    assert open_model("embedder").tokenizer.to_str() == before


def test_another_tokenizer_is_not_taken_for_the_one_that_is_open(weights: Path) -> None:
    open_model("embedder", weights)
    damage(weights / "embedder-tokenizer.json")
    assert open_model("embedder", weights)  # the sound one is still open; what is on the disk is not read again
    copied = Path(shutil.copytree(weights, weights.parent / "copied"))
    with pytest.raises(ModelError, match=r"embedder-tokenizer.json is damaged"):
        open_model("embedder", copied)


def test_a_reader_has_its_name_before_its_model_is_opened(weights: Path) -> None:
    (weights / "reader.onnx").unlink()
    assert OnnxReader(weights).name == OnnxReader().name


@pytest.mark.parametrize("file", ["reader.onnx", "embedder-tokenizer.json"])
def test_a_damaged_reader_is_refused_at_its_first_use(weights: Path, file: str) -> None:
    damage(weights / file)
    reader = OnnxReader(weights)
    for _ in range(2):
        with pytest.raises(ModelError, match=f"{file} is damaged"):
            reader.read("When was the bridge opened?", [PASSAGE])


@pytest.mark.parametrize("file", ["verifier.onnx", "embedder-tokenizer.json"])
def test_a_damaged_verifier_is_refused_at_its_first_use(weights: Path, file: str) -> None:
    damage(weights / file)
    with pytest.raises(ModelError, match=f"{file} is damaged"):
        OnnxVerifier(weights).verify("The bridge was opened in 1931.", [TEXT])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("manifest", ["{", "[]", "{}", '{"name": 1, "model": {}, "tokenizer": {}}'])
def test_a_damaged_manifest_is_refused_at_once(weights: Path, name: str, manifest: str) -> None:
    (weights / f"{name}.json").write_text(manifest)
    with pytest.raises(ModelError, match=rf"{name}.json is damaged"):
        Model(name, weights)


def test_threads_that_come_at_once_open_a_model_once() -> None:
    model, together = Model("verifier"), Barrier(4)

    def first_use(_: int) -> int:
        together.wait()
        return id(model.session)

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(first_use, range(4)))) == 1
