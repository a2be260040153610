"""Paged formats: lines by page, with running heads, feet and page numbers set aside."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from planddiff.errors import UnreadableSourceError
from planddiff.readers.builder import Cell, DocumentBuilder
from planddiff.readers.document import SourceDocument
from planddiff.readers.limits import MAX_CHARACTERS, MAX_PAGES, MAX_SECONDS
from planddiff.readers.origin import Raw

PageItem: TypeAlias = "str | list[list[Cell]]"
"""A line, or the rows of a table."""

_EDGE = 2
"""Lines at the top and at the bottom of a page that can be furniture."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–－·\s]*(?:第\s*)?(\d{1,3})(?:\s*页)?(?:\s*(?:[/,，]\s*共?|共)\s*\d{1,4}\s*页?)?[-—–－·\s]*"
)


def paged_document(
    raw: Raw, contents: Iterable[Sequence[PageItem]], count: int, media_type: str
) -> SourceDocument:
    """Make a document of what its ``count`` pages hold, which is extracted one page at a time.

    Raises
    ------
    UnreadableSourceError
        Pages without text (a scan), or too many, too long or too slow.
    """
    deadline = time.monotonic() + MAX_SECONDS
    pages: list[list[PageItem]] = []
    texts: list[list[str]] = []
    letters = 0
    for items in contents if count <= MAX_PAGES else ():
        pages.append([item for item in items if _text(item).strip()])
        texts.append([_text(item) for item in pages[-1]])
        letters += sum(map(len, texts[-1]))
        if letters > MAX_CHARACTERS or time.monotonic() > deadline:
            break
    if len(pages) < count:
        raise UnreadableSourceError(
            f"{raw.name!r} is longer than any plan, or too slow to read ({len(pages)} of {count} "
            f"pages within {MAX_SECONDS:.0f} s); give the plan alone"
        )
    if letters < 2 * count:
        raise UnreadableSourceError(
            f"{raw.name!r} holds no text: its {count} pages are images (a scan); recognise them "
            "with OCR software first, such as: ocrmypdf -l chi_sim in.pdf out.pdf"
        )
    furniture = furniture_lines(texts)
    builder = DocumentBuilder(raw.name)
    for page, items in enumerate(pages):
        for at, item in enumerate(items):
            aside = "furniture" if (page, at) in furniture else ""
            if isinstance(item, str):
                builder.add_text(item, page=page + 1, aside=aside)
            else:
                builder.add_table(item, page=page + 1, aside=aside)
    return builder.build(raw.data, media_type)


def _text(item: PageItem) -> str:
    """Text of a line, or of all cells of a table."""
    if isinstance(item, str):
        return item
    return "\t".join(cell.passage.text for row in item for cell in row)


def furniture_lines(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Find what repeats at the edges of pages.

    Parameters
    ----------
    pages
        The lines of each page, blank ones left out.

    Returns
    -------
    set of (int, int)
        Page and line, both from 0. A line is furniture if it stands at the same distance from
        the edge on at least half of the pages, and on three, apart from its digits; or if it is
        a page number, that is, a number that runs along with the pages.

    Examples
    --------
    >>> pages = [["某市工作要点", f"第{n}段正文各不相同" * n, f"- {n} -"] for n in (1, 2, 3)]
    >>> sorted(furniture_lines(pages))
    [(0, 0), (0, 2), (1, 0), (1, 2), (2, 0), (2, 2)]
    """
    edges = [
        (page, at, place)
        for page, lines in enumerate(pages)
        for at, place in _edge_places(len(lines))
    ]
    shapes = Counter((place, _shape(pages[page][at])) for page, at, place in edges)
    needed = max(3, len(pages) / 2)
    offsets = Counter(
        (place, number - page)
        for page, at, place in edges
        if (number := _page_number(pages[page][at])) is not None
    )
    found = set()
    for page, at, place in edges:
        number = _page_number(pages[page][at])
        repeats = shapes[place, _shape(pages[page][at])] >= needed
        runs = number is not None and offsets[place, number - page] >= min(2, len(pages))
        if repeats or runs:
            found.add((page, at))
    return found


def _edge_places(count: int) -> list[tuple[int, int]]:
    """Line and its place: 0, 1 from the top, -1, -2 from the bottom, no line twice."""
    top = [(at, at) for at in range(min(_EDGE, count - 1))]
    bottom = [(count - at, -at) for at in range(1, _EDGE + 1) if count - at >= len(top)]
    return top + bottom


def _shape(line: str) -> str:
    return _DIGITS.sub("0", "".join(line.split()))


def _page_number(line: str) -> int | None:
    match = _PAGE_NUMBER.fullmatch(line)
    return int(match.group(1)) if match else None
