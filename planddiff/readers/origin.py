"""Where a document comes from: a path, bytes in hand, an open file or a URL, as raw bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, TypeAlias, Union

from planddiff.errors import InvalidInputError, SourceNotFoundError, UnreadableSourceError
from planddiff.readers.limits import MAX_BYTES, bounded

Source: TypeAlias = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview, IO[bytes], IO[str]]


@dataclass(frozen=True)
class Raw:
    """The bytes of one document with what is known about them from outside.

    ``path`` is where the bytes lay, if anywhere: a path or URL, whose extension is a hint.
    ``encoding`` is what the caller asked for and binds the reader; ``charset`` and
    ``media_type`` are what a server said and are only hints. ``depth`` counts the archives
    around the document.
    """

    data: bytes
    name: str
    path: str = ""
    encoding: str = ""
    charset: str = ""
    media_type: str = ""
    depth: int = 0

    @property
    def extension(self) -> str:
        """The lower-case extension of the path, or else of the name, with its dot: ``.docx``."""
        path = self.path or self.name
        if is_url(path):
            path = path.partition("?")[0].partition("#")[0]
        return PurePosixPath(path.replace("\\", "/")).suffix.lower()

    @property
    def head(self) -> bytes:
        """The first bytes, by which formats are recognised."""
        return self.data[:4096]


def is_url(source: object) -> bool:
    """Whether the source is a string with a URL scheme (a drive letter is none)."""
    return isinstance(source, str) and "://" in source[:16]


def open_source(
    source: Source, *, name: str | None = None, encoding: str | None = None
) -> Raw | str:
    """Get the bytes of a path, bytes or open file; a file opened as text gives its text.

    Raises
    ------
    SourceNotFoundError
        No file of that name.
    UnreadableSourceError
        A folder, an unreadable or an oversized file.
    InvalidInputError
        A source of a type that names no document.
    """
    declared = encoding or ""
    if isinstance(source, (bytes, bytearray, memoryview)):
        label = name or "<bytes>"
        return Raw(bounded(bytes(source), label), label, encoding=declared)
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        file = existing(path)
        return Raw(read_file(file), name or file.name, str(file), declared)
    if hasattr(source, "read"):
        label = name or str(getattr(source, "name", "<file object>"))
        content = source.read(MAX_BYTES + 1)
        if isinstance(content, str):
            return content
        path = str(getattr(source, "name", ""))
        return Raw(bounded(content, label), label, path, declared)
    raise InvalidInputError(
        f"a source is a path, a URL, bytes or an open file, not {type(source).__name__}: "
        f"{source!r:.80}; for text already in hand use parse_plan(text)"
    )


def existing(path: str) -> Path:
    """Turn a path into a file or folder that exists.

    Raises
    ------
    SourceNotFoundError
        Nothing of that name is there, or the string is no path at all.
    """
    if "\n" in path or "\0" in path or len(path) > 4096:
        raise SourceNotFoundError(
            f"not a path: {path[:40]!r}...; for text already in hand use parse_plan(text)"
        )
    file = Path(path).expanduser()
    try:
        found = file.exists()
    except OSError:
        found = False
    if not found:
        raise SourceNotFoundError(
            f"no such file: {path!r} (looked in {Path.cwd()}); check the path, and for text "
            "already in hand use parse_plan(text)"
        )
    return file


def read_file(file: Path) -> bytes:
    """Read a regular file within the size limit.

    Raises
    ------
    UnreadableSourceError
        A folder, a device, a file without read permission, or one that is too large.
    """
    if file.is_dir():
        raise UnreadableSourceError(
            f"{str(file)!r} is a folder, not a document; read all its documents with "
            f"read_plans({str(file)!r})"
        )
    if not file.is_file():
        raise UnreadableSourceError(f"{str(file)!r} is not a regular file; give a document file")
    try:
        with file.open("rb") as handle:
            return bounded(handle.read(MAX_BYTES + 1), str(file))
    except OSError as error:
        raise UnreadableSourceError(
            f"{str(file)!r} cannot be read ({error.strerror or error}); check its permissions"
        ) from error
