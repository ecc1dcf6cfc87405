"""The vectors of the library, for search by meaning. Chroma holds them; the catalog can always rebuild them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError

from rag.errors import LibraryError, LibraryMismatchError
from rag.ports import Vectors

SCHEMA_VERSION = 1
_COLLECTION = "passages"
_SPACE: Literal["cosine"] = "cosine"
_BATCH = 1000
"""Fewer calls are a fifth faster than with 250; Chroma takes 5,461."""
_SEARCHED = 400
"""How many candidates the graph looks at. By its default of 100, .96 of the ten nearest of 15,000 sentences were found,
by 300 .99, for under a millisecond more."""
# Chroma raises its own errors, but also bare ones from its Rust core and from its HTTP client.
_FAULTS = (ChromaError, ValueError, RuntimeError, OSError)


class VectorStore:
    """Passage ids and their vectors; raises LibraryError where Chroma fails."""

    def __init__(self, folder: Path, *, url: str | None, embedder: str, dimension: int) -> None:
        """Opens the store in `folder`, or on the Chroma server at `url`; makes it where there is none."""
        self._folder = folder
        self._url = url
        self._facts: dict[str, Any] = {
            "schema": SCHEMA_VERSION,
            "embedder": embedder,
            "dimension": dimension,
            "space": _SPACE,
        }
        self.dimension = dimension
        self._client: Client | None = None
        self._open()

    def _open(self) -> None:
        try:
            self._client = _client(self._folder, self._url)
            self._collection = self._client.get_or_create_collection(
                _COLLECTION,
                embedding_function=None,  # the default one downloads a model
                metadata=self._facts,
                configuration=CreateCollectionConfiguration(
                    hnsw=CreateHNSWConfiguration(space=_SPACE, ef_search=_SEARCHED)
                ),
            )
            # get_or_create ignores what differs from an existing collection, so ask what is there.
            found = dict(self._collection.metadata or {})
        except _FAULTS as error:
            self.close()
            raise self._error("open", error) from error
        if found != self._facts:
            self.close()
            raise LibraryMismatchError(
                f"The vectors in {self._place} were made by the embedder {found.get('embedder')}, this one is "
                f"{self._facts['embedder']}. Run `footnoted doctor --repair`."
            )

    def close(self) -> None:
        """Lets go of the files."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def clear(self) -> None:
        """Removes every vector and starts an empty store."""
        assert self._client is not None
        try:
            self._client.delete_collection(_COLLECTION)
        except _FAULTS as error:
            raise self._error("clear", error) from error
        self.close()
        self._open()

    def count(self) -> int:
        """How many vectors Chroma says it holds."""
        try:
            return self._collection.count()
        except _FAULTS as error:
            raise self._error("count", error) from error

    def settle(self) -> int:
        """Searches once, since only then Chroma reads the graph, and makes its files; returns the count."""
        count = self.count()
        if count:
            self.search(np.full(self.dimension, 0.1, dtype=np.float32), limit=10)
        return count

    def ids(self) -> set[int]:
        """The ids of all vectors."""
        try:
            return {int(id_) for id_ in self._collection.get(include=[])["ids"]}
        except _FAULTS as error:
            raise self._error("list", error) from error

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """The vectors with these ids, in their order; not a number where there is none."""
        try:
            found = self._collection.get(ids=[str(id_) for id_ in ids], include=["embeddings"])
        except _FAULTS as error:
            raise self._error("read", error) from error
        held = dict(zip(map(int, found["ids"]), np.asarray(found["embeddings"], dtype=np.float32), strict=True))
        missing = np.full(self.dimension, np.nan, dtype=np.float32)
        return np.array([held.get(id_, missing) for id_ in ids])

    def put(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Stores vectors of shape (len(ids), dimension) under these ids; doing it twice does no harm."""
        try:
            for part in _batches(len(ids)):
                self._collection.upsert(ids=[str(id_) for id_ in ids[part]], embeddings=vectors[part])
        except _FAULTS as error:
            raise self._error("write", error) from error

    def delete(self, ids: Sequence[int]) -> None:
        """Removes these ids; one that is not there does no harm."""
        try:
            for part in _batches(len(ids)):
                self._collection.delete(ids=[str(id_) for id_ in ids[part]])
        except _FAULTS as error:
            raise self._error("write", error) from error

    def search(self, vector: Vectors, *, limit: int) -> list[tuple[int, float]]:
        """The nearest ids to a vector of shape (dimension,), best first, with their cosine."""
        try:
            found = self._collection.query(
                query_embeddings=vector.reshape(1, -1), n_results=limit, include=["distances"]
            )
        except _FAULTS as error:
            raise self._error("search", error) from error
        distances = found["distances"]
        assert distances is not None
        # Chroma returns cosine distances; ours are similarities, so larger is better.
        return [(int(id_), 1.0 - float(distance)) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    @property
    def _place(self) -> str:
        return self._url or str(self._folder)

    def _error(self, action: str, error: Exception) -> LibraryError:
        first_line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        return LibraryError(
            f"Cannot {action} the vectors in {self._place}: {first_line}. Run `footnoted doctor --repair`."
        )


def _client(folder: Path, url: str | None) -> Client:
    # Chroma would read .env and unprefixed variables of the environment: what matters is said here.
    settings: dict[str, Any] = {"_env_file": None, "anonymized_telemetry": False, "chroma_otel_collection_endpoint": ""}
    if url:
        parts = urlsplit(url)
        host, port = parts.hostname or "localhost", parts.port or 8000
        client = chromadb.HttpClient(host, port, ssl=parts.scheme == "https", settings=ChromaSettings(**settings))
    else:
        folder.mkdir(parents=True, exist_ok=True)
        settings |= {
            "is_persistent": True,
            "persist_directory": str(folder),
            "allow_reset": False,
            "migrations": "apply",
        }
        settings["chroma_api_impl"] = "chromadb.api.rust.RustBindingsAPI"
        client = chromadb.PersistentClient(folder, settings=ChromaSettings(**settings))
    assert isinstance(client, Client)  # the declared type lacks `close`
    return client


def _batches(count: int) -> Iterator[slice]:
    return (slice(start, start + _BATCH) for start in range(0, count, _BATCH))
