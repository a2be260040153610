"""What every character of a source is: the whole text in contiguous labelled spans."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planddiff.normalize import Canonical
from planddiff.outline import Outline

LABELS = ("item", "heading", "text", "front_matter", "back_matter", "furniture", "toc", "pinyin")
"""``text`` joins headings and items: lead-ins and remarks between them."""


def layout_frame(canonical: Canonical, outline: Outline, length: int) -> pd.DataFrame:
    """Contiguous spans of the source, columns ``start``, ``end``, ``label``, ``item``.

    White space belongs to the span before it (at the head of the text, to the one behind). ``item``
    is the index of the item, -1 elsewhere. The spans cover ``0:length`` without gap or overlap. A
    paragraph that runs over a page number goes on behind it.
    """
    pieces = {aside.start: (aside.start, aside.kind, -1) for aside in canonical.asides}
    behind = np.searchsorted(canonical.starts, [aside.end for aside in canonical.asides])
    resumed = iter(sorted({int(at) for at in behind}))
    goes_on = next(resumed, None)
    at = 0
    for stretch in outline.stretches:
        while at < len(outline.items) and outline.items[at].end <= stretch.start:
            at += 1
        inside = [stretch.start]
        while goes_on is not None and goes_on < stretch.end:
            inside.append(max(goes_on, stretch.start))
            goes_on = next(resumed, None)
        for begin in inside:
            start, _ = canonical.source_span(begin, stretch.end)
            label = stretch.label
            pieces.setdefault(start, (start, label, at if label == "item" else -1))
    rows: list[tuple[int, str, int]] = []
    for piece in sorted(pieces.values()):
        if not rows or rows[-1][1:] != piece[1:]:
            rows.append(piece)
    if not rows:
        rows = [(0, "front_matter", -1)] if length else []
    starts = [0, *(row[0] for row in rows[1:])] if rows else []
    ends = [*starts[1:], length] if rows else []
    return pd.DataFrame(
        {
            "start": np.array(starts, dtype=np.int64),
            "end": np.array(ends, dtype=np.int64),
            "label": pd.Series([row[1] for row in rows], dtype="str"),
            "item": np.array([row[2] for row in rows], dtype=np.int64),
        }
    )
