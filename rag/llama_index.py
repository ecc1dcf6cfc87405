"""The assistant's parts as LlamaIndex components, for people who build with LlamaIndex."""

from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.assistant import Assistant
from rag.domain import Passage
from rag.ports import Embedder
from rag.retrieve import retrieve


class FootnotedEmbedding(BaseEmbedding):
    """The package's embedder behind LlamaIndex's embedding interface."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **options: Any) -> None:
        super().__init__(model_name=embedder.name, **options)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        """How LlamaIndex names the component."""
        return "FootnotedEmbedding"

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = self._embedder.embed(texts).tolist()
        return vectors

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embeddings([query])[0]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


class FootnotedRetriever(BaseRetriever):
    """The library's passages as LlamaIndex nodes; start and end are code points of the stored document."""

    def __init__(self, assistant: Assistant, *, limit: int = 8) -> None:
        super().__init__()
        self._assistant = assistant
        self._limit = limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = retrieve(
            query_bundle.query_str,
            library=self._assistant.library,
            embedder=self._assistant.embedder,
            limit=self._limit,
        )
        return [NodeWithScore(node=_node(scored.passage), score=scored.score) for scored in found]


def _node(passage: Passage) -> TextNode:
    origin = passage.origin
    facts = {
        "path": origin.path,
        "title": origin.title,
        "outlet": origin.outlet,
        "published": origin.published,
        "page": passage.page,
    }
    return TextNode(
        id_=f"{passage.document}:{passage.span.start}-{passage.span.end}",
        text=passage.text,
        start_char_idx=passage.span.start,
        end_char_idx=passage.span.end,
        metadata={name: value for name, value in facts.items() if value is not None},
    )
