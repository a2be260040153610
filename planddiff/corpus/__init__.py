"""Many issuers at once: thousands of plans, on one machine or a cluster."""

from __future__ import annotations

from planddiff.corpus.corpus import Corpus
from planddiff.corpus.reading import read_corpus
from planddiff.corpus.store import Store, key_of

__all__ = ["Corpus", "Store", "key_of", "read_corpus"]
