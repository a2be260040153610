"""OFD files (GB/T 33190), the fixed layout of Chinese offices: text in reading order."""

from __future__ import annotations

from planddiff.readers.archive import ZIP_MAGIC, Archive
from planddiff.readers.document import SourceDocument
from planddiff.readers.extras import require
from planddiff.readers.origin import Raw
from planddiff.readers.paging import paged_document
from planddiff.readers.registry import Format

_MEDIA_TYPES = ("application/ofd", "application/x-ofd")


def _recognise(raw: Raw) -> bool:
    if not raw.data.startswith(ZIP_MAGIC):
        return False
    return any(name.lower().strip("/") == "ofd.xml" for name in Archive(raw.data, raw.name).names)


def _read(raw: Raw) -> SourceDocument:
    ofdkit = require("ofdkit", "reading OFD files")
    Archive(raw.data, raw.name).refuse_entities()
    with ofdkit.open(raw.data) as document:
        lines = (page.text().splitlines() for page in document.pages)
        return paged_document(raw, lines, len(document.pages), _MEDIA_TYPES[0])


FORMAT = Format(
    name="OFD",
    extensions=(".ofd",),
    recognise=_recognise,
    read=_read,
    rank=1,
    media_types=_MEDIA_TYPES,
)
