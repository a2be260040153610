"""Where a document comes from: a path, bytes in hand, an open file or a URL, as raw bytes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Union

from planddiff.errors import InvalidInputError, SourceNotFoundError, UnreadableSourceError

Source = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview, IO[bytes], IO[str]]

MAX_BYTES = 64 * 2**20
"""No plan is longer; a longer file is refused before it is read."""


@dataclass(frozen=True)
class Raw:
    """The bytes of one document with what is known about them from outside.

    ``encoding`` is the character set that the caller or a server declared, ``media_type`` the
    type that a server declared; both may be empty.
    """

    data: bytes
    name: str
    encoding: str = ""
    media_type: str = ""

    @property
    def extension(self) -> str:
        """The lower-case extension of the name, with its dot: ``.docx``."""
        return Path(self.name).suffix.lower()


def fetch(source: Source, *, name: str | None = None, encoding: str | None = None) -> Raw | str:
    """Get the bytes of a source; an open text file gives its text.

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
        return Raw(_bounded(bytes(source), name or "<bytes>"), name or "<bytes>", declared)
    if isinstance(source, (str, os.PathLike)):
        return _from_path(os.fspath(source), name, declared)
    if hasattr(source, "read"):
        label = name or str(getattr(source, "name", "<file object>"))
        content = source.read(MAX_BYTES + 1)
        if isinstance(content, str):
            return content
        return Raw(_bounded(content, label), label, declared)
    raise InvalidInputError(
        f"a source is a path, a URL, bytes or an open file, not {type(source).__name__}: "
        f"{source!r:.80}; for text already in hand use parse_plan(text)"
    )


def _from_path(path: str, name: str | None, declared: str) -> Raw:
    if "\n" in path or "\0" in path or len(path) > 4096:
        raise SourceNotFoundError(
            f"a path cannot hold {path[:40]!r}...; for text already in hand use parse_plan(text)"
        )
    file = Path(path).expanduser()
    try:
        if not file.exists():
            raise SourceNotFoundError(
                f"no such file: {path!r} (looked in {Path.cwd()}); check the path, and for text "
                "already in hand use parse_plan(text)"
            )
        if file.is_dir():
            raise UnreadableSourceError(
                f"{path!r} is a folder, not a document; read all its documents with "
                f"read_plans({path!r})"
            )
        if not file.is_file():
            raise UnreadableSourceError(f"{path!r} is not a regular file; give a document file")
        with file.open("rb") as handle:
            data = handle.read(MAX_BYTES + 1)
    except OSError as error:
        if isinstance(error, SourceNotFoundError):
            raise
        raise UnreadableSourceError(
            f"{path!r} cannot be read ({error.strerror or error}); check its permissions"
        ) from error
    return Raw(_bounded(data, path), name or file.name, declared)


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise UnreadableSourceError(
            f"{name!r} is larger than {MAX_BYTES // 2**20} MB, more than any plan; "
            "give the plan alone"
        )
    return data
