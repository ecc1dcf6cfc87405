"""Opens the vectors in a process of its own, because damaged files can crash whoever opens them.

`python -m rag.library.probe FOLDER EMBEDDER DIMENSION` exits 0 where they can be opened, counted and searched.
"""

import sys
from pathlib import Path

import numpy as np

from rag.library.vectors import VectorStore

if __name__ == "__main__":
    folder, embedder, dimension = sys.argv[1:]
    store = VectorStore(Path(folder), url=None, embedder=embedder, dimension=int(dimension))
    if store.count():
        store.search(np.full(int(dimension), 0.1, dtype=np.float32), limit=10)
