"""Traditional script and Taiwan wording to simplified, every change logged and reversible."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import accumulate

from planddiff.errors import InvalidInputError
from planddiff.log import LogEntry
from planddiff.readers.document import SourceDocument
from planddiff.readers.extras import require

SCRIPTS = ("simplified",)
"""What ``script=`` can ask for."""

_PIECE = re.compile(r"[^\s\x00-\x1f\ud800-\udfff，。；：、]{1,2000}")


def convert_script(document: SourceDocument, script: str) -> SourceDocument:
    """Convert the text of a document; offsets of blocks, cells and log follow.

    The converted text becomes ``text``. Every changed run is a log row of kind ``script``:
    putting its ``before`` back at ``[start, end)``, from the last row to the first, gives the
    original.

    Raises
    ------
    InvalidInputError
        Another script than ``"simplified"``.
    MissingExtraError
        OpenCC is not installed.

    Notes
    -----
    Characters by OpenCC's ``t2s``. Taiwan wording (網際網路 to 互联网) by a table of terms that are
    no wording of the mainland: OpenCC's own ``tw2sp`` also turns 智慧城市 into 智能城市 and 建立
    into 创建, which would rewrite a plan.
    """
    if script not in SCRIPTS:
        raise InvalidInputError(f"unknown script {script!r}; use 'simplified' or None")
    converter = require("opencc", "converting traditional script").OpenCC("t2s")
    edits = list(_edits(document.text, converter.convert))
    if not edits:
        return document
    starts = [start for start, _, _ in edits]
    ends = [end for _, end, _ in edits]
    growth = [len(after) - (end - start) for start, end, after in edits]
    shifts = [0, *accumulate(growth)]

    def begin(offset: int) -> int:
        return offset + shifts[min(bisect_right(ends, offset), bisect_left(starts, offset))]

    def finish(offset: int) -> int:
        return offset + shifts[bisect_right(ends, offset)]

    blocks = tuple(
        replace(
            block,
            start=begin(block.start),
            end=finish(block.end),
            cells=tuple((begin(start), finish(end)) for start, end in block.cells),
        )
        for block in document.blocks
    )
    moved = [
        replace(entry, start=begin(entry.start), end=max(begin(entry.start), finish(entry.end)))
        for entry in document.log
    ]
    pieces, rows, at = [], [], 0
    for (start, end, after), shift in zip(edits, shifts, strict=False):
        pieces += [document.text[at:start], after]
        before = document.text[start:end]
        message = f"{before} converted to {after}"
        rows.append(
            LogEntry("script", start + shift, start + shift + len(after), before, after, message)
        )
        at = end
    text = "".join([*pieces, document.text[at:]])
    return replace(document, text=text, blocks=blocks, log=(*moved, *rows))


@cache
def _wording() -> tuple[re.Pattern[str], dict[str, str]]:
    """Terms of ``planddiff/data/taiwan_wording.csv``; the pattern takes the longest that fits."""
    lexicon = files("planddiff") / "data" / "taiwan_wording.csv"
    rows = csv.DictReader(lexicon.read_text(encoding="utf-8").splitlines())
    terms = {row["taiwan"]: row["mainland"] for row in rows}
    longest_first = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile("|".join(map(re.escape, longest_first))), terms


def _edits(text: str, convert: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Changed runs as ``(start, end, replacement)``, in order; runs that touch are one."""
    run: tuple[int, int, str] | None = None
    for start, end, new in _changes(text, convert):
        if run and run[1] == start:
            run = (run[0], end, run[2] + new)
            continue
        if run:
            yield run
        run = (start, end, new)
    if run:
        yield run


def _changes(text: str, convert: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    pattern, terms = _wording()
    at = 0
    for term in pattern.finditer(text):
        yield from _characters(text, at, term.start(), convert)
        yield term.start(), term.end(), terms[term.group()]
        at = term.end()
    yield from _characters(text, at, len(text), convert)


def _characters(
    text: str, start: int, end: int, convert: Callable[[str], str]
) -> Iterator[tuple[int, int, str]]:
    """Characters that OpenCC replaces, phrase by phrase; it keeps their number."""
    for piece in _PIECE.finditer(text, start, end):
        before, after = piece.group(), convert(piece.group())
        for offset, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new:
                yield piece.start() + offset, piece.start() + offset + 1, new
