"""Compares the vectors with the catalog."""

from typing import TYPE_CHECKING, Literal

import numpy as np

from rag.library.catalog import Catalog

if TYPE_CHECKING:
    from rag.library.vectors import VectorStore

Depth = Literal["ids", "sample", "every"]
"""Whether the ids are compared; also whether a sample is found by its own vectors; or also every vector."""
_SAMPLE = 200
_AT_ONCE = 1000
_SAME = 0.999
"""The cosine of a vector and its 16-bit copy is larger; that of two passages which differ in a word is smaller."""


def faults(store: "VectorStore", catalog: Catalog, depth: Depth) -> list[str]:
    """How the store differs from the catalog, one line each; raises LibraryError where it cannot be read."""
    count = store.settle()
    wanted, held = catalog.passage_ids(), store.ids()
    if count != len(held) or held != set(wanted):
        without, beyond = len(set(wanted) - held), len(held.difference(wanted))
        return [f"{without} passages have no vector, {beyond} vectors have no passage ({count} are counted)."]
    if depth == "ids":
        return []
    found = []
    if depth == "every" and (changed := sum(_changed(store, catalog, part) for part in _parts(wanted))):
        found.append(f"{changed} of {len(wanted)} vectors are not those of the catalog.")
    sample = wanted[:: max(1, len(wanted) // _SAMPLE)]
    if lost := sum(not _is_found(store, catalog, id_) for id_ in sample):
        found.append(f"{lost} of {len(sample)} sampled passages are not found by their own vector.")
    return found


def _parts(ids: list[int]) -> list[list[int]]:
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]


def _changed(store: "VectorStore", catalog: Catalog, ids: list[int]) -> int:
    """How many of these vectors are not the catalog's."""
    cosines = (store.vectors(ids) * catalog.vectors(ids)).sum(axis=1)
    return int(np.sum(~(cosines > _SAME)))  # written so that what is no number counts too


def _is_found(store: "VectorStore", catalog: Catalog, id_: int) -> bool:
    # By the score alone: passages with the same words have the same vector, and any of them may come first.
    hits = store.search(catalog.vectors([id_])[0], limit=10)
    return bool(hits) and hits[0][1] > _SAME
