"""Recall of links across issuers: candidates against all pairs, on real work reports.

Run as ``python -m benchmarks.reuse FOLDER``; the folder holds the plans, or folders of them.
"""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

import planddiff as pdd
from planddiff.corpus.gathering import gather_commonness
from planddiff.corpus.similar import least_shared, similar_items, weigh
from planddiff.corpus.wording import wording_of
from planddiff.matching import PARTS

THRESHOLDS = (0.5, 0.8)
AT_ONCE = 500


def items_of(corpus: pdd.Corpus) -> pd.DataFrame:
    """Items that are compared, of documents with issuer and year, in an order of their own."""
    tables = []
    for issuer, plan in zip(corpus.documents["issuer"], corpus.plans(), strict=True):
        items = plan.items[plan.items["part"].isin(PARTS)]
        tables.append(items[["item_id", "core"]].assign(issuer=issuer, year=plan.year))
    return pd.concat(tables).sort_values(["issuer", "year", "item_id"], ignore_index=True)


def measure(folder: str) -> pd.DataFrame:
    """Links found and links there are, by threshold, with seconds."""
    corpus = pdd.read_corpus(sorted(Path(folder).rglob("*.txt")), progress=False)
    known = corpus.documents["year"].notna() & (corpus.documents["issuer"] != "")
    corpus = corpus.select(known.to_numpy(bool))
    items = items_of(corpus)
    wording = wording_of(items["core"].tolist())
    owners = pd.factorize(items["issuer"])[0].astype(np.int64)
    years = items["year"].to_numpy(np.int64)
    parts = list(corpus.groups("issuer").values())
    commonness = gather_commonness(parts, wording.keys, None, False)
    rows = []
    for threshold in THRESHOLDS:
        start = time.perf_counter()
        pairs = similar_items(wording, owners, years, commonness, threshold=threshold)
        found = time.perf_counter()
        links = []
        for top in range(0, len(items), AT_ONCE):
            first = np.arange(top, min(top + AT_ONCE, len(items)))
            # Any pair that shares a stretch at all, whatever its weight.
            left, right = (wording.held[first] @ wording.held.T).nonzero()
            left = first[left]
            apart = (left < right) & (owners[left] != owners[right])
            every = (left[apart], right[apart].astype(np.int64))
            table = weigh(wording.held, *every, years, commonness, least_shared(threshold))
            links.append(table[table["confidence"] >= threshold])
        wanted = pd.concat(links)
        both = len(wanted.merge(pairs, on=["first", "second"]))
        rows.append(
            {
                "items": len(items),
                "issuers": len(parts),
                "threshold": threshold,
                "links": len(wanted),
                "found": len(pairs),
                "recall": both / len(wanted),
                "seconds": found - start,
                "seconds_all_pairs": time.perf_counter() - found,
            }
        )
    return pd.DataFrame(rows)


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sys.stdout.write(measure(sys.argv[1]).to_string(index=False) + "\n")
