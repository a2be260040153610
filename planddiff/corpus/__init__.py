"""Many issuers at once: thousands of plans, on one machine or a cluster.

The names below are loaded on first use: a worker loads what its tasks need and no more.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planddiff.corpus.corpus import Corpus
    from planddiff.corpus.corpus_tracks import CorpusTracks
    from planddiff.corpus.dataset import read_tables
    from planddiff.corpus.reading import read_corpus
    from planddiff.corpus.store import Store, key_of
    from planddiff.corpus.tracking import track_corpus

_HOMES = {
    "Corpus": "planddiff.corpus.corpus",
    "CorpusTracks": "planddiff.corpus.corpus_tracks",
    "Store": "planddiff.corpus.store",
    "key_of": "planddiff.corpus.store",
    "read_corpus": "planddiff.corpus.reading",
    "read_tables": "planddiff.corpus.dataset",
    "track_corpus": "planddiff.corpus.tracking",
}

__all__ = [
    "Corpus",
    "CorpusTracks",
    "Store",
    "key_of",
    "read_corpus",
    "read_tables",
    "track_corpus",
]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'planddiff.corpus' has no attribute {name!r}")
