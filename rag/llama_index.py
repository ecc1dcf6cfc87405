"""The assistant and its parts as LlamaIndex components, and LlamaIndex's models as parts of an assistant."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.base.response.schema import Response
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.llms import ChatMessage
from llama_index.core.llms.llm import LLM
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import BaseModel

from rag.assistant import Assistant
from rag.contract import answer_json
from rag.domain import Passage, Quote
from rag.errors import LanguageModelError, NoSchemaError
from rag.evidence.cite import path_of
from rag.ports import Embedder, Message, Vectors
from rag.search.orders import without_instructions
from rag.search.retrieve import retrieve

_CHARACTERS_PER_TOKEN = 16
"""The longest words of common vocabularies; a reply beyond this does not end."""


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
        return [
            NodeWithScore(node=_node(scored.passage, _around(scored.passage)), score=scored.score) for scored in found
        ]


class FootnotedQueryEngine(CustomQueryEngine):
    """The assistant as a query engine: the checked answer, and the object of `footnoted ask --json` in `metadata`.

    `response.metadata["citations"]` holds the quotes with their documents and spans; `source_nodes` the same words.
    """

    _assistant: Assistant = PrivateAttr()

    def __init__(self, assistant: Assistant, **options: Any) -> None:
        super().__init__(**options)
        self._assistant = assistant

    def custom_query(self, query_str: str) -> Response:
        """The answer to a question; raises the errors of `Assistant.ask`."""
        answer = self._assistant.ask(query_str)
        nodes = [
            NodeWithScore(
                node=_node(Passage.cut(self._assistant.library.document(cited.document), cited.span), cited.context)
            )
            for cited in answer.citations
        ]
        return Response(answer.text, source_nodes=nodes, metadata=answer_json(answer))


class LlamaIndexLanguageModel:
    """Any LLM of LlamaIndex as the language model of an assistant: `Assistant.open(…, language_model=…)`.

    It is asked for marked text, and its own time limits hold.
    """

    takes_schema = False

    def __init__(self, llm: LLM) -> None:
        self._llm = llm

    @property
    def name(self) -> str:
        """The model's name, for people to read."""
        return self._llm.metadata.model_name

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, schema: type[BaseModel] | None = None
    ) -> Iterator[str]:
        """The reply, piece by piece; whole where the LLM does not stream. Every failure is a LanguageModelError."""
        if schema is not None:
            raise NoSchemaError(f"The language model {self.name} is asked for marked text only. Ask without a schema.")
        written = 0
        try:
            for piece in self._pieces([ChatMessage(role=one.role, content=one.content) for one in messages]):
                written += len(piece)
                if written > max_tokens * _CHARACTERS_PER_TOKEN:
                    raise LanguageModelError(f"The language model {self.name} does not end its reply. Use another one.")
                yield piece
        except LanguageModelError:
            raise
        except Exception as error:  # any package may stand behind an LLM, with errors of its own
            # Not the error's own words: they may hold a key.
            kind = type(error).__name__
            raise LanguageModelError(f"The language model {self.name} failed ({kind}). See its settings.") from error
        if not written:
            raise LanguageModelError(f"The language model {self.name} sent an empty reply. Use another one.")

    def _pieces(self, messages: Sequence[ChatMessage]) -> Iterator[str]:
        try:
            yield from (part.delta or "" for part in self._llm.stream_chat(messages))
        except NotImplementedError:
            yield self._llm.chat(messages).message.content or ""


class LlamaIndexEmbedder:
    """Any embedding of LlamaIndex as the embedder of an assistant: `Assistant.open(…, embedder=…)`.

    A library remembers which one it was made with. `dimension` is found by embedding a word.
    """

    def __init__(self, embedding: BaseEmbedding) -> None:
        self._embedding = embedding
        self._dimension = 0

    @property
    def name(self) -> str:
        """Identifies the model, as LlamaIndex names it."""
        return f"{self._embedding.class_name()}:{self._embedding.model_name}"

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        self._dimension = self._dimension or len(self._embedding.get_text_embedding("a"))
        return self._dimension

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, one row a text: shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = np.asarray(self._embedding.get_text_embedding_batch(list(texts)), dtype=np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True).astype(np.float32)
        unit: Vectors = (vectors / np.maximum(lengths, np.finfo(np.float32).tiny)).astype(np.float32)
        return unit


def _around(passage: Passage) -> list[Quote]:
    """What a passage stands under: it is read with its text, so what gives orders is left out."""
    return [one for one in without_instructions(passage).around if not one.span.within(passage.span)]


def _node(passage: Passage, context: Sequence[Quote]) -> TextNode:
    origin = passage.origin
    facts = {
        "path": origin.path,
        "title": origin.title,
        "outlet": origin.outlet,
        "published": origin.published,
        "page": passage.page,
        "context": path_of(context, title=origin.title) or None,
    }
    return TextNode(
        id_=f"{passage.document}:{passage.span.start}-{passage.span.end}",
        text=passage.text,
        start_char_idx=passage.span.start,
        end_char_idx=passage.span.end,
        metadata={name: value for name, value in facts.items() if value is not None},
    )
