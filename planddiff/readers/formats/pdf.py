"""PDF files: the text layer, line by line with page numbers; drawn tables row by row."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from planddiff.errors import UnreadableSourceError
from planddiff.readers.builder import Cell, Passage
from planddiff.readers.document import SourceDocument
from planddiff.readers.extras import require
from planddiff.readers.glyph_lines import Glyph, glyph_lines
from planddiff.readers.origin import Raw
from planddiff.readers.paging import PageItem, paged_document
from planddiff.readers.registry import Format
from planddiff.readers.ruled_tables import Box, Rule, ruled_tables

_MAX_RULES = 4_000
"""Strokes of a page that can be a table; more are a drawing."""
_LAST_NARROW = 0x2E7F
"""Characters after this one are as wide as the font size, those before half as wide."""
_STRAIGHT = 1.0
_SHORTEST = 6.0


def _recognise(raw: Raw) -> bool:
    return b"%PDF-" in raw.data[:1024]


def _read(raw: Raw) -> SourceDocument:
    pdfium = require("pypdfium2", "reading PDF files")
    try:
        document = pdfium.PdfDocument(raw.data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableSourceError(
                f"{raw.name!r} is under a password; open it and save it without one"
            ) from error
        raise
    try:
        return paged_document(raw, map(_items, document), len(document), "application/pdf")
    finally:
        document.close()


def _items(page: Any) -> list[PageItem]:
    """Lines and tables of a page from the top down."""
    glyphs = list(_glyphs(page))
    items: list[PageItem] = []
    ceiling = float("inf")
    for table in ruled_tables(*_rules(page)):
        items += glyph_lines(g for g in glyphs if table.top <= g.centre[1] < ceiling)
        items.append([[_cell(box, glyphs) for box in row] for row in table.rows])
        ceiling = table.bottom
    items += glyph_lines(glyph for glyph in glyphs if glyph.centre[1] < ceiling)
    page.close()
    return items


def _cell(box: Box, glyphs: Iterable[Glyph]) -> Cell:
    inside = [
        glyph
        for glyph in glyphs
        if box.left <= glyph.centre[0] < box.right and box.bottom <= glyph.centre[1] < box.top
    ]
    return Cell(Passage.unwrapped("\n".join(glyph_lines(inside))), box.rows, box.columns)


def _glyphs(page: Any) -> Iterator[Glyph]:
    """Characters in the order in which the page draws them, without those PDFium makes up."""
    raw = require("pypdfium2.raw", "reading PDF files")
    text = page.get_textpage()
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for number in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, number)
        if raw.FPDFText_IsGenerated(text, number) == 1 or not 32 <= code <= sys.maxunicode:
            continue
        raw.FPDFText_GetCharOrigin(text, number, x, y)
        raw.FPDFText_GetLooseCharBox(text, number, box)
        width = box.right - box.left
        size = min(box.top - box.bottom, width if code > _LAST_NARROW else 2 * width)
        yield Glyph(chr(code), x.value, y.value, box.right, size)
    text.close()


def _rules(page: Any) -> tuple[list[Rule], list[Rule]]:
    """Horizontal and vertical strokes of a page, edges of rectangles included."""
    across: list[Rule] = []
    upright: list[Rule] = []
    for (x0, y0), (x1, y1) in _strokes(page):
        if abs(y1 - y0) <= _STRAIGHT and abs(x1 - x0) >= _SHORTEST:
            across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _STRAIGHT and abs(y1 - y0) >= _SHORTEST:
            upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        if len(across) + len(upright) > _MAX_RULES:
            return [], []
    return across, upright


def _strokes(page: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    raw = require("pypdfium2.raw", "reading PDF files")
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
        matrix = path.get_matrix()
        first = last = (0.0, 0.0)
        for number in range(raw.FPDFPath_CountSegments(path)):
            segment = raw.FPDFPath_GetPathSegment(path, number)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_LINETO:
                yield last, point
            elif kind == raw.FPDF_SEGMENT_MOVETO:
                first = point
            if raw.FPDFPathSegment_GetClose(segment):
                yield point, first
            last = point


FORMAT = Format(
    name="PDF",
    extensions=(".pdf",),
    recognise=_recognise,
    read=_read,
    media_types=("application/pdf",),
)
