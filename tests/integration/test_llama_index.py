"""The LlamaIndex faces, used as LlamaIndex uses them."""

from collections.abc import Iterator

import numpy as np
import pytest
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import Document as LlamaDocument
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from ingest.llama_index import PassageParser
from ingest.pipeline import ingest
from rag.assistant import Assistant
from rag.llama_index import FootnotedEmbedding, FootnotedRetriever

TEXT = "The mill at Oster burned down.\n\n" * 3 + "A lamp fell over in the storeroom. " * 60


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("llama")
    (folder / "mill.txt").write_text("The mill at Oster burned down on 3 May 2024. A lamp fell over in the storeroom.")
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
