"""Which reader takes a file: every module of ``formats`` states what it recognises.

A new format is one new file in ``planddiff/readers/formats`` that defines ``FORMAT``.
"""

from __future__ import annotations

import csv
import functools
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files

from planddiff.errors import UnreadableSourceError
from planddiff.readers.document import SourceDocument
from planddiff.readers.origin import Raw


@dataclass(frozen=True)
class Format:
    """One kind of file. ``recognise`` looks at the content, so wrong extensions do no harm.

    Formats of a lower ``rank`` are asked first: 0 for an unmistakable signature, 1 for one that
    needs a look inside, 2 where the extension decides, 9 for plain text.
    """

    name: str
    extensions: tuple[str, ...]
    recognise: Callable[[Raw], bool]
    read: Callable[[Raw], SourceDocument]
    rank: int = 0
    media_types: tuple[str, ...] = ()


@functools.cache
def formats() -> tuple[Format, ...]:
    """All formats in the order in which they are asked."""
    package = import_module("planddiff.readers.formats")
    modules = [
        import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    ]
    found: list[Format] = [module.FORMAT for module in modules]
    return tuple(sorted(found, key=lambda known: (known.rank, known.name)))


def extensions() -> tuple[str, ...]:
    """All extensions that some format claims, sorted."""
    return tuple(sorted(extension for known in formats() for extension in known.extensions))


@functools.cache
def _foreign() -> tuple[tuple[bytes, str, str], ...]:
    """Signatures of files that hold no readable text, with what to do about each."""
    lexicon = files("planddiff") / "data" / "foreign_formats.csv"
    rows = csv.DictReader(lexicon.read_text(encoding="utf-8").splitlines())
    return tuple((bytes.fromhex(row["magic"]), row["what"], row["remedy"]) for row in rows)


def find_format(raw: Raw) -> Format:
    """Find the format of a file by its content.

    Raises
    ------
    UnreadableSourceError
        No format recognises it; the message says what it is, if known, and what to do.
    """
    for known in formats():
        if known.recognise(raw):
            return known
    for magic, what, remedy in _foreign():
        if raw.data.startswith(magic):
            raise UnreadableSourceError(f"{raw.name!r} is {what}; {remedy}")
    raise UnreadableSourceError(
        f"{raw.name!r} holds binary data of an unknown kind (it begins with "
        f"{raw.data[:8].hex(' ')}); give one of {' '.join(extensions())}"
    )
