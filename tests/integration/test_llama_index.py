"""The LlamaIndex faces, used as LlamaIndex uses them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from llama_index.core.embeddings import MockEmbedding
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata, MockLLM
from llama_index.core.schema import Document as LlamaDocument
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from ingest.llama_index import PassageParser
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.domain import Mode, Verdict
from rag.errors import LibraryMismatchError
from rag.llama_index import (
    FootnotedEmbedding,
    FootnotedQueryEngine,
    FootnotedRetriever,
    LlamaIndexEmbedder,
    LlamaIndexLanguageModel,
)

TEXT = "The mill at Oster burned down.\n\n" * 3 + "A lamp fell over in the storeroom. " * 60


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("llama")
    (folder / "mill.txt").write_text("The mill at Oster burned down on 3 May 2024. A lamp fell over in the storeroom.")
    (folder / "tolls.md").write_text(
        "# Tolls of the canal\n\n## Barges\n\nA barge pays a toll of 410 florins at Dunmar.\n"
    )
    (folder / "bridge.txt").write_text("The bridge at Lund was closed to lorries.")
    opened = Assistant.open(folder / "library", create=True)
    ingest([folder], into=opened)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def found(assistant: Assistant) -> list[NodeWithScore]:
    return FootnotedRetriever(assistant, limit=2).retrieve(QueryBundle("When did the mill burn down?"))


def test_the_retriever_finds_the_passage_that_fits_best(found: list[NodeWithScore]) -> None:
    assert found[0].node.get_content().startswith("The mill at Oster")


def test_a_retrieved_nodes_span_is_true(found: list[NodeWithScore], assistant: Assistant) -> None:
    node = found[0].node
    assert isinstance(node, TextNode)
    text = assistant.library.document(node.node_id.split(":")[0]).text
    assert text[node.start_char_idx : node.end_char_idx] == node.text


def test_the_embedding_gives_the_embedders_vectors(assistant: Assistant) -> None:
    face = FootnotedEmbedding(assistant.embedder)
    assert np.allclose(face.get_text_embedding("A lamp fell."), assistant.embedder.embed(["A lamp fell."])[0])


def test_a_pipeline_of_llama_index_cuts_true_spans_and_embeds_them(assistant: Assistant) -> None:
    pipeline = IngestionPipeline(transformations=[PassageParser(), FootnotedEmbedding(assistant.embedder)])
    nodes = pipeline.run(documents=[LlamaDocument(text=TEXT)])
    assert len(nodes) > 1
    for node in nodes:
        assert isinstance(node, TextNode)
        assert TEXT[node.start_char_idx : node.end_char_idx] == node.text
        assert node.embedding is not None
        assert len(node.embedding) == assistant.embedder.dimension


def test_a_cited_node_tells_what_its_words_stand_under(assistant: Assistant) -> None:
    node = FootnotedQueryEngine(assistant).query("What toll does a barge pay at Dunmar?").source_nodes[0].node
    assert node.metadata["context"] == "Barges"


QUESTION = "When did the mill at Oster burn down?"


class Says(CustomLLM):
    """A real LLM of LlamaIndex that says what it is told to."""

    words: str = ""
    error: str = ""

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="says")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        if self.error:
            raise ConnectionError(self.error)
        return CompletionResponse(text=self.words)

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        whole = self.complete(prompt).text
        return (CompletionResponse(text=whole[: end + 1], delta=whole[end]) for end in range(len(whole)))


def test_the_query_engine_answers_with_citations_in_its_metadata(assistant: Assistant) -> None:
    response = FootnotedQueryEngine(assistant).query(QUESTION)
    metadata = response.metadata
    assert metadata is not None
    assert "3 May 2024" in str(response)
    assert metadata["outcome"] == "answered"
    [first, *_] = metadata["citations"]
    stored = assistant.library.document(first["document"]).text
    assert stored[first["start"] : first["end"]] == first["quote"]
    assert response.source_nodes[0].node.get_content() == first["quote"]


def test_a_model_of_llama_index_writes_answers_that_pass_the_gate(assistant: Assistant) -> None:
    llm = Says(words="The mill at Oster burned down on 3 May 2024. Nobody asked the mayor of Lund for bread [1].")
    answer = assistant.with_language_model(LlamaIndexLanguageModel(llm)).ask(QUESTION)
    assert answer.mode is Mode.GENERATIVE
    assert (answer.claims[0].verdict, len(answer.claims[0].markers)) == (Verdict.SUPPORTED, 1)
    assert all(claim.verdict is not Verdict.SUPPORTED for claim in answer.claims[1:])


@pytest.mark.parametrize(
    ("llm", "notice"),
    [
        (MockLLM(max_tokens=5), "cited no passage"),
        (Says(error="sk-secret was refused"), r"says failed \(ConnectionError\)"),
        (Says(words=""), "empty reply"),
        (Says(words="word " * 9000), "does not end its reply"),
    ],
)
def test_a_model_of_llama_index_that_fails_leaves_the_documents(
    llm: MockLLM | Says, notice: str, assistant: Assistant
) -> None:
    answer = assistant.with_language_model(LlamaIndexLanguageModel(llm)).ask(QUESTION)
    assert answer.mode is Mode.EXTRACTIVE
    assert re.search(notice, answer.notices[-1])
    assert "sk-secret" not in "".join(answer.notices)


def test_an_embedding_of_llama_index_makes_and_searches_a_library(tmp_path: Path, assistant: Assistant) -> None:
    (tmp_path / "mill.txt").write_text("The mill at Oster burned down on 3 May 2024.")
    embedder = LlamaIndexEmbedder(FootnotedEmbedding(assistant.embedder))
    opened = Assistant.open(tmp_path / "library", create=True, embedder=embedder)
    ingest([tmp_path / "mill.txt"], into=opened)
    assert "3 May 2024" in opened.ask(QUESTION).text
    opened.close()
    with pytest.raises(LibraryMismatchError):
        Assistant.open(tmp_path / "library", embedder=LlamaIndexEmbedder(MockEmbedding(embed_dim=8)))


def test_vectors_of_an_embedding_of_llama_index_are_unit_vectors() -> None:
    embedder = LlamaIndexEmbedder(MockEmbedding(embed_dim=8))
    assert embedder.embed(["a", "b"]).shape == (2, 8) == (2, embedder.dimension)
    assert embedder.embed([]).shape == (0, 8)
    assert np.allclose(np.linalg.norm(embedder.embed(["a"]), axis=1), 1)


def test_the_example_of_the_page_runs(assistant: Assistant, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (repository / "docs/llama-index.md").read_text(), re.DOTALL)
    monkeypatch.chdir(assistant.library.folder.parent)
    names: dict[str, Any] = {}
    exec(compile(code, "docs/llama-index.md", "exec"), names)
    assert names["response"].metadata["citations"]
    names["assistant"].close()
