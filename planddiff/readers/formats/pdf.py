"""PDF files: the text layer, line by line, with page numbers; tables come as their lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planddiff.errors import UnreadableSourceError
from planddiff.readers.document import SourceDocument
from planddiff.readers.extras import require
from planddiff.readers.origin import Raw
from planddiff.readers.paging import paged_document
from planddiff.readers.registry import Format


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
        return paged_document(raw, _texts(document), len(document), "application/pdf")
    finally:
        document.close()


def _texts(document: Any) -> Iterator[str]:
    for page in document:
        text = page.get_textpage()
        yield text.get_text_bounded()
        text.close()
        page.close()


FORMAT = Format(
    name="PDF",
    extensions=(".pdf",),
    recognise=_recognise,
    read=_read,
    media_types=("application/pdf",),
)
