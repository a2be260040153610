"""Readers: bytes of any supported format to one text with its provenance."""

from __future__ import annotations

import hashlib

from planddiff.errors import UnreadableSourceError
from planddiff.readers.builder import text_blocks
from planddiff.readers.document import Block, SourceDocument
from planddiff.readers.origin import Source, fetch

__all__ = ["Block", "Source", "SourceDocument", "document_from_text", "read_source"]


def document_from_text(text: str, name: str = "<text>") -> SourceDocument:
    """Text already in hand as a document, one block a line; the digest is that of its UTF-8.

    Examples
    --------
    >>> document = document_from_text("一、总体要求\\n二、重点任务")
    >>> [document.text[block.start : block.end] for block in document.blocks]
    ['一、总体要求', '二、重点任务']
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return SourceDocument(text, text_blocks(text), name, "text/plain", "utf-8", digest)


def read_source(
    source: Source, *, name: str | None = None, encoding: str | None = None
) -> SourceDocument:
    """Read one document from a path, bytes or an open file."""
    raw = fetch(source, name=name, encoding=encoding)
    if isinstance(raw, str):
        return document_from_text(raw, name or str(getattr(source, "name", "<file object>")))
    if not raw.data.strip():
        raise UnreadableSourceError(f"{raw.name!r} is empty; give a file that holds the plan")
    try:
        text = raw.data.decode(encoding or "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSourceError(f"{raw.name!r} is not UTF-8 text") from error
    digest = hashlib.sha256(raw.data).hexdigest()
    return SourceDocument(text, text_blocks(text), raw.name, "text/plain", "utf-8", digest)
