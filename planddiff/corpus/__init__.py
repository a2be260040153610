"""Many issuers at once: thousands of plans, on one machine or a cluster."""

from __future__ import annotations

from planddiff.corpus.corpus import Corpus
from planddiff.corpus.corpus_tracks import CorpusTracks
from planddiff.corpus.dataset import read_tables
from planddiff.corpus.reading import read_corpus
from planddiff.corpus.store import Store, key_of
from planddiff.corpus.tracking import track_corpus

__all__ = [
    "Corpus",
    "CorpusTracks",
    "Store",
    "key_of",
    "read_corpus",
    "read_tables",
    "track_corpus",
]
