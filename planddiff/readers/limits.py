"""Bounds on what a file may cost, each far above any real plan."""

from __future__ import annotations

from planddiff.errors import UnreadableSourceError

MAX_BYTES = 64 * 2**20
"""Bytes of one file."""
MAX_CHARACTERS = 5_000_000
"""Characters of one document; a five-year plan has about 100,000."""
MAX_PART_BYTES = 32 * 2**20
"""Bytes of one decompressed part (an XML file) of an office document."""
MAX_TAGS = 500_000
"""Tags of one HTML or XML part; long plans with all their formatting have a fifth."""
MAX_UNPACKED_BYTES = 512 * 2**20
"""Bytes of everything that an archive declares."""
MAX_RATIO = 1_000
"""Decompressed to compressed bytes of one member; deflate reaches it only on repetition."""
MAX_MEMBERS = 10_000
"""Members of an archive."""
MAX_ARCHIVE_DEPTH = 2
"""Archives inside archives."""
MAX_PAGES = 3_000
"""Pages of a PDF or OFD."""
MAX_CELLS = 1_000_000
"""Cells of a table, merged ones counted as often as they cover."""
MAX_SECONDS = 60.0
"""Seconds that page-by-page extraction may take."""


def bounded_markup(data: bytes, name: str) -> bytes:
    """Give markup back unless it holds more tags than any plan.

    Raises
    ------
    UnreadableSourceError
        More than ``MAX_TAGS``.
    """
    count = data.count(b"<")
    if count > MAX_TAGS:
        raise UnreadableSourceError(
            f"{name!r} holds {count} tags, more than any plan; give the plan alone"
        )
    return data


def bounded(data: bytes, name: str) -> bytes:
    """Give the data back unless it is larger than any plan.

    Raises
    ------
    UnreadableSourceError
        More than ``MAX_BYTES``.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableSourceError(
            f"{name!r} is larger than {MAX_BYTES // 2**20} MB, more than any plan; "
            "give the plan alone"
        )
    return data
