"""The peer of `eval/benchmarks/ingest.py`: LlamaIndex's own pipeline, from articles to vectors in Chroma.

    PEER -m training.llama_index_peer ARTICLES FOLDER

PEER is the Python of a virtual environment with `requirements-peer.txt`. ARTICLES are JSON Lines with a `body`; FOLDER
is where Chroma goes. A splitter of 256 tokens with 32 of overlap, the embedder of `huggingface_peer.py` and
`ChromaVectorStore`, their other settings untouched; the texts alone are embedded, without their metadata. Prints a JSON
object with the `seconds` from the articles in memory to the end of the pipeline (the model is loaded before) and the
number of `passages`.
"""

import json
import os
import sys
import time
from importlib.metadata import version
from pathlib import Path

from training.huggingface_peer import LIBRARIES, source_folder

STORES = (*LIBRARIES, "llama-index-vector-stores-chroma", "chromadb")


def main() -> None:
    """The command."""
    articles, folder = map(Path, sys.argv[1:])
    model = source_folder()
    os.environ["HF_HUB_OFFLINE"] = "1"  # it is read when the libraries are imported
    import chromadb
    from llama_index.core import Document
    from llama_index.core.ingestion import IngestionPipeline
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    embedder = HuggingFaceEmbedding(str(model), device="cpu")
    embedder.get_text_embedding_batch(["A first text, which takes longer than the others."])
    texts = [json.loads(line)["body"] for line in articles.read_text(encoding="utf-8").splitlines()]

    started = time.perf_counter()
    collection = chromadb.PersistentClient(str(folder)).create_collection("articles", embedding_function=None)
    pipeline = IngestionPipeline(
        transformations=[SentenceSplitter(chunk_size=256, chunk_overlap=32), embedder],
        vector_store=ChromaVectorStore(chroma_collection=collection),
    )
    nodes = pipeline.run(documents=[Document(text=text) for text in texts])
    seconds = time.perf_counter() - started

    versions = ", ".join(f"{library} {version(library)}" for library in STORES)
    print(json.dumps({"name": f"IngestionPipeline ({versions})", "seconds": seconds, "passages": len(nodes)}))


if __name__ == "__main__":
    main()
