"""Tables as text (.csv, .tsv): one block a row, its fields as cells."""

from __future__ import annotations

import csv
import io
from statistics import median

from planddiff.errors import UnreadableSourceError
from planddiff.readers.builder import Cell, DocumentBuilder, Passage
from planddiff.readers.decoding import decode, is_text
from planddiff.readers.document import SourceDocument
from planddiff.readers.origin import Raw
from planddiff.readers.registry import Format

_EXTENSIONS = (".csv", ".tsv")
_MEDIA_TYPES = ("text/csv", "text/tab-separated-values")
_DELIMITERS = ",\t;|"
_SAMPLE = 50


def _recognise(raw: Raw) -> bool:
    stated = raw.extension in _EXTENSIONS or raw.media_type in _MEDIA_TYPES
    return stated and is_text(raw.data)


def _read(raw: Raw) -> SourceDocument:
    decoded = decode(raw.data, raw.name, encoding=raw.encoding, charset=raw.charset)
    text = decoded.text.lstrip("\ufeff")
    try:
        rows = _rows(text, _delimiter(text))
    except csv.Error as error:
        raise UnreadableSourceError(
            f"{raw.name!r} is not a table of delimited fields ({error}); save it anew as .xlsx"
        ) from error
    builder = DocumentBuilder(raw.name)
    builder.log_decoding(decoded)
    builder.add_table([Cell(Passage.flat(field)) for field in row] for row in rows)
    return builder.build(raw.data, "text/csv", decoded.encoding)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _delimiter(text: str) -> str:
    """Find the delimiter that gives the most fields in the middle one of the first rows."""
    opening = "".join(text.splitlines(keepends=True)[:_SAMPLE])
    return max(_DELIMITERS, key=lambda mark: median(map(len, _rows(opening, mark) or [[]])))


FORMAT = Format(
    name="CSV",
    extensions=_EXTENSIONS,
    recognise=_recognise,
    read=_read,
    rank=2,
    media_types=_MEDIA_TYPES,
)
