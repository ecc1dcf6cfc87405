"""Language models that servers on this machine offer: found quickly, or not at all."""

import json
import time
from collections.abc import Callable

import pytest

from rag.models.language.nearby import NearbyModel, nearby_models, preferred
from rag.models.language.sizes import billions_of, prompt_tokens_of
from tests.faulty_server import Wire, serving

LISTED = {"data": [{"id": "tall-7b"}, {"id": "plain:latest"}, {"id": "text-embedding-small"}, {"id": "small-1.5b"}]}
TAGS = {"models": [{"name": "plain:latest", "details": {"parameter_size": "3.2B"}}]}
PATIENT_SECONDS = 5.0


def lists(models: object, tags: object = None) -> Callable[[Wire], None]:
    def play(wire: Wire) -> None:
        wire.start(200, "application/json")
        wire.write(json.dumps(tags if wire.handler.path == "/api/tags" else models))

    return play


def found(play: Callable[[Wire], None], seconds: float = PATIENT_SECONDS) -> list[NearbyModel]:
    with serving(play) as server:
        port = int(server.base_url.split(":")[2].split("/")[0])
        return nearby_models({port: "Some server"}, seconds=seconds)


def test_the_models_of_a_server_are_listed_with_their_sizes() -> None:
    told = [(one.name, one.billions) for one in found(lists(LISTED, TAGS))]
    assert told == [("tall-7b", 7.0), ("plain:latest", 3.2), ("small-1.5b", 1.5)]


def test_a_model_that_only_embeds_is_not_among_them() -> None:
    assert all("embed" not in one.name for one in found(lists(LISTED)))


def test_a_server_that_counts_weights_itself_is_believed() -> None:
    assert [one.billions for one in found(lists({"data": [{"id": "x", "meta": {"n_params": 2.5e9}}]}))] == [2.5]


@pytest.mark.parametrize(
    "listed",
    [
        None,
        7,
        [],
        {},
        {"data": None},
        {"data": "x"},
        {"data": [1, None, {"id": 3}, {"id": ""}, {"id": "\x1b[31mred"}, {"id": "x" * 500}]},
    ],
)
def test_nonsense_is_no_model(listed: object) -> None:
    assert found(lists(listed, listed)) == []


@pytest.mark.parametrize("status", [404, 500, 302])
def test_whatever_else_stands_behind_a_port_is_no_model(status: int) -> None:
    def page(wire: Wire) -> None:
        wire.start(status, "text/html", Location="http://127.0.0.1:1/elsewhere")
        wire.write("<html>Welcome</html>")

    assert found(page) == []


def test_a_port_without_a_server_is_no_model() -> None:
    with serving(lists(LISTED)) as server:
        port = int(server.base_url.split(":")[2].split("/")[0])
    assert nearby_models({port: "Gone"}) == []


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    def silent(wire: Wire) -> None:
        wire.ending.wait(PATIENT_SECONDS)

    with serving(silent) as server:
        port = int(server.base_url.split(":")[2].split("/")[0])
        started = time.monotonic()
        assert nearby_models({port: "Silent"}, seconds=0.05) == []
        assert time.monotonic() - started < 1.0  # far more than 0.05 s, far less than the server's silence


def model(name: str, billions: float | None) -> NearbyModel:
    return NearbyModel("Some server", "http://127.0.0.1:1/v1", name, billions)


@pytest.mark.parametrize(
    ("models", "chosen"),
    [
        ([("a", 1.5), ("b", 3.0), ("c", 7.0)], "b"),
        ([("c", 14.0), ("d", 8.0)], "d"),
        ([("e", None), ("f", 8.0)], "f"),
        ([("e", None), ("g", None)], "e"),
    ],
)
def test_the_largest_small_model_is_taken_else_the_smallest(
    models: list[tuple[str, float | None]], chosen: str
) -> None:
    taken = preferred([model(*one) for one in models])
    assert taken is not None
    assert taken.name == chosen


def test_a_model_that_is_named_is_taken_and_no_other() -> None:
    models = [model("a:latest", 1.0), model("b", 2.0)]
    assert preferred(models, "a") == models[0]
    assert preferred(models, "c") is None


def test_without_models_none_is_taken() -> None:
    assert preferred([]) is None


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("qwen2.5:1.5b", 1.5),
        ("Qwen2.5-Coder-0.5B-Instruct", 0.5),
        ("SmolLM2-135M-Instruct-Q8_0", 0.135),
        ("llama3.2:latest", None),
        ("gpt-4o", None),
    ],
)
def test_a_name_tells_the_size(name: str, size: float | None) -> None:
    assert billions_of(name) == size


@pytest.mark.parametrize(("billions", "tokens"), [(1.5, 700), (7.0, 3000), (None, 3000)])
def test_a_small_model_is_asked_with_a_short_prompt(billions: float | None, tokens: int) -> None:
    assert prompt_tokens_of(billions) == tokens
