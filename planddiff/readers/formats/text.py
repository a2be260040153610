"""Plain text: one block a line."""

from __future__ import annotations

import hashlib

from planddiff.readers.builder import line_spans
from planddiff.readers.decoding import decode, is_text
from planddiff.readers.document import Block, SourceDocument
from planddiff.readers.origin import Raw
from planddiff.readers.registry import Format


def document_from_text(text: str, name: str = "<text>") -> SourceDocument:
    r"""Text already in hand as a document, one block a line; the digest is that of its UTF-8.

    Examples
    --------
    >>> document = document_from_text("一、总体要求\n二、重点任务")
    >>> [document.text[block.start : block.end] for block in document.blocks]
    ['一、总体要求', '二、重点任务']
    """
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return SourceDocument(text, _lines(text), name, "text/plain", "utf-8", digest)


def _lines(text: str) -> tuple[Block, ...]:
    return tuple(Block(start, end) for start, end in line_spans(text))


def _read(raw: Raw) -> SourceDocument:
    decoded = decode(raw.data, raw.name, encoding=raw.encoding, charset=raw.charset)
    return SourceDocument(
        text=decoded.text,
        blocks=_lines(decoded.text),
        name=raw.name,
        media_type="text/plain",
        encoding=decoded.encoding,
        sha256=hashlib.sha256(raw.data).hexdigest(),
        log=decoded.log,
    )


FORMAT = Format(
    name="text",
    extensions=(".txt", ".text", ".md"),
    recognise=lambda raw: bool(raw.encoding) or is_text(raw.data),
    read=_read,
    rank=9,
    media_types=("text/plain", "text/markdown"),
)
