"""Zip archives are no single document: every document in one is read by ``read_plans``."""

from __future__ import annotations

from planddiff.errors import UnreadableSourceError
from planddiff.readers.archive import ZIP_MAGIC, Archive
from planddiff.readers.document import SourceDocument
from planddiff.readers.origin import Raw
from planddiff.readers.registry import Format


def _read(raw: Raw) -> SourceDocument:
    archive = Archive(raw.data, raw.name)
    if "[Content_Types].xml" in archive:
        raise UnreadableSourceError(
            f"{raw.name!r} is an Office file of a kind that planddiff does not read, such as "
            "PowerPoint; save it as .docx, .xlsx or .pdf"
        )
    count = len(archive.names)
    raise UnreadableSourceError(
        f"{raw.name!r} is an archive of {count} files, not one document; save it and read all "
        "documents in it with read_plans(path)"
    )


FORMAT = Format(
    name="ZIP",
    extensions=(".zip",),
    recognise=lambda raw: raw.data.startswith(ZIP_MAGIC),
    read=_read,
    rank=2,
    media_types=("application/zip", "application/x-zip-compressed"),
)
