"""Traditional script and Taiwan wording to simplified, every change logged and reversible."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from planddiff.errors import InvalidInputError
from planddiff.log import LogEntry
from planddiff.readers.document import SourceDocument
from planddiff.readers.extras import require

SCRIPTS = ("simplified",)
"""What ``script=`` can ask for."""

_PIECE = re.compile(r"[^\s，。；：、]{1,2000}")


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
    OpenCC's ``tw2sp``: characters, and the wording of Taiwan (網際網路 to 互联网).
    """
    if script not in SCRIPTS:
        raise InvalidInputError(f"unknown script {script!r}; use 'simplified' or None")
    converter = require("opencc", "converting traditional script").OpenCC("tw2sp")
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


def _edits(text: str, convert: Callable[[str], str]) -> Iterator[tuple[int, int, str]]:
    """Changed runs as ``(start, end, replacement)``: phrases never reach over a mark or blank."""
    for piece in _PIECE.finditer(text):
        before, after = piece.group(), convert(piece.group())
        if len(before) == len(after):
            changed = [
                (at, at + 1, new)
                for at, (old, new) in enumerate(zip(before, after, strict=True))
                if old != new
            ]
        else:
            changed = [
                (code.src_start, code.src_end, after[code.dest_start : code.dest_end])
                for code in Levenshtein.opcodes(before, after)
                if code.tag != "equal"
            ]
        for start, end, new in _joined(changed):
            yield piece.start() + start, piece.start() + end, new


def _joined(changes: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Changes that touch, as one run."""
    run: tuple[int, int, str] | None = None
    for start, end, new in changes:
        if run and run[1] == start:
            run = (run[0], end, run[2] + new)
            continue
        if run:
            yield run
        run = (start, end, new)
    if run:
        yield run
