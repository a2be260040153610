"""PDF files: the text layer, line by line with page numbers; drawn tables row by row."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from planddiff.errors import UnreadableSourceError
from planddiff.readers.builder import Cell, Passage
from planddiff.readers.document import SourceDocument
from planddiff.readers.extras import require
from planddiff.readers.origin import Raw
from planddiff.readers.paging import PageItem, paged_document
from planddiff.readers.registry import Format
from planddiff.readers.ruled_tables import Rule, RuledTable, ruled_tables

_MAX_RULES = 4_000
"""Strokes of a page that can be a table; more are a drawing."""
_STRAIGHT = 1.0
_SHORTEST = 6.0
_INSET = 0.5


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
    text = page.get_textpage()
    items: list[PageItem] = []
    ceiling: float | None = None
    for table in ruled_tables(*_rules(page)):
        items += text.get_text_bounded(top=ceiling, bottom=table.top).splitlines()
        items.append(_rows(table, text))
        ceiling = table.bottom
    items += text.get_text_bounded(top=ceiling).splitlines()
    text.close()
    page.close()
    return items


def _rows(table: RuledTable, text: Any) -> list[list[Cell]]:
    return [
        [
            Cell(
                Passage.unwrapped(
                    text.get_text_bounded(
                        left=box.left + _INSET,
                        bottom=box.bottom + _INSET,
                        right=box.right - _INSET,
                        top=box.top - _INSET,
                    )
                ),
                box.rows,
                box.columns,
            )
            for box in row
        ]
        for row in table.rows
    ]


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
