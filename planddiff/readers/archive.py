"""Zip containers, read within bounds: Word, Excel and OFD files are zips, and so are bombs."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from planddiff.errors import UnreadableSourceError
from planddiff.readers.limits import (
    MAX_MEMBERS,
    MAX_PART_BYTES,
    MAX_RATIO,
    MAX_UNPACKED_BYTES,
    bounded_markup,
)

ZIP_MAGIC = b"PK\x03\x04"
_UTF8_FLAG = 0x800
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    IndexError,
    UnicodeError,
)


class Archive:
    """A zip in memory; nothing is ever unpacked to disk, so member paths can do no harm.

    Raises
    ------
    UnreadableSourceError
        Damaged, or declaring more members or bytes than any document has.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _DAMAGE as error:
            raise UnreadableSourceError(
                f"{name!r} is a damaged zip container ({error}); get the file again"
            ) from error
        total = sum(member.file_size for member in members)
        if len(members) > MAX_MEMBERS or total > MAX_UNPACKED_BYTES:
            raise UnreadableSourceError(
                f"{name!r} would unpack to {len(members)} files of {total} bytes, more than any "
                "document; unpack it yourself and give the plan alone"
            )
        self._members = {member_name(member): member for member in members if not member.is_dir()}

    @property
    def names(self) -> list[str]:
        """Names of the members, in the order of the archive."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, limit: int = MAX_PART_BYTES) -> bytes:
        """Decompress one member.

        Raises
        ------
        UnreadableSourceError
            Missing, damaged, under a password, larger than ``limit``, or a bomb by its ratio.
        """
        member = self._members.get(name)
        label = f"{self.name}/{name}"
        if member is None:
            raise UnreadableSourceError(f"{label!r} is missing; the file is damaged, get it again")
        if member.flag_bits & 1:
            raise UnreadableSourceError(
                f"{label!r} is under a password; unpack it and give the file"
            )
        bomb = member.file_size > 2**20 and member.file_size > MAX_RATIO * member.compress_size
        if member.file_size > limit or bomb:
            raise UnreadableSourceError(
                f"{label!r} would unpack to {member.file_size} bytes from {member.compress_size}, "
                "more than any document; give the plan alone"
            )
        try:
            return self._zip.read(member)
        except _DAMAGE as error:
            raise UnreadableSourceError(
                f"{label!r} is damaged ({error}); get the file again"
            ) from error

    def refuse_entities(self) -> None:
        """Refuse document type definitions in any XML part, and parts of endless tags.

        No office file has either. For libraries that parse the parts themselves.

        Raises
        ------
        UnreadableSourceError
            A part that declares a document type or entities, or that is too large.
        """
        for name in self.names:
            if name.lower().endswith((".xml", ".rels", ".vml")):
                content = self.read(name).replace(b"\0", b"").lower()
                bounded_markup(content, f"{self.name}/{name}")
                if b"<!doctype" in content or b"<!entity" in content:
                    raise UnreadableSourceError(
                        f"{self.name}/{name} declares XML entities, which no office document does; "
                        "the file is not safe to read"
                    )


def member_name(member: zipfile.ZipInfo) -> str:
    """Give the name as its maker meant it: Chinese tools store GBK without the UTF-8 flag."""
    if member.flag_bits & _UTF8_FLAG or member.filename.isascii():
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return member.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return member.filename
