"""Readers: bytes of any supported format to one text with its provenance."""

from __future__ import annotations

from planddiff.readers.collecting import Entry, Sources, iter_sources, list_sources
from planddiff.readers.document import Block, SourceDocument
from planddiff.readers.formats.text import document_from_text
from planddiff.readers.origin import Raw, Source, is_url
from planddiff.readers.reading import read_opened, read_source

__all__ = [
    "Block",
    "Entry",
    "Raw",
    "Source",
    "SourceDocument",
    "Sources",
    "document_from_text",
    "is_url",
    "iter_sources",
    "list_sources",
    "read_opened",
    "read_source",
]
