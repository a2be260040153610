"""Which part of a web page is the document: known containers first, else the densest part."""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from planddiff.readers.extras import require
from planddiff.readers.page import Element, Piece, elements

_MIN_LETTERS = 20
_MIN_SHARE = 0.1
_ENOUGH = 50
_MOST = 0.9
_MOST_PIECES = 50_000
"""Lines beyond which a page is no page with a plan in it, and is taken whole."""
_SHORTEST_TITLE = 6
_SEARCHED = 200_000
"""Characters of main text that are searched for stretches which are no line of it."""
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SITE = re.compile(r"\s*[_|｜—]\s*|\s+-+\s+|--+")


@cache
def _containers() -> tuple[str, ...]:
    """XPath expressions of ``planddiff/data/content_containers.csv``, in its order."""
    lexicon = files("planddiff") / "data" / "content_containers.csv"
    rows = csv.DictReader(lexicon.read_text(encoding="utf-8").splitlines())
    return tuple(_xpath(row["selector"]) for row in rows)


def _xpath(selector: str) -> str:
    """XPath of ``#id``, ``#beginning*`` of an id, ``.class`` or ``tag``."""
    name = selector[1:].removesuffix("*")
    if selector.endswith("*"):
        return f'//*[starts-with(@id, "{name}")]'
    if selector.startswith("#"):
        return f'//*[@id="{name}"]'
    if selector.startswith("."):
        return f'//*[contains(concat(" ", normalize-space(@class), " "), " {name} ")]'
    return f"//{selector}"


def content_pieces(root: Element, pieces: Sequence[Piece], html: str) -> list[bool]:
    """For each piece whether it belongs to the document; the rest is page furniture.

    The document is what stands in the first known container that holds enough text; without
    one, in the smallest element that holds nine tenths of what trafilatura takes for the main
    text; a page too short for that is all document. The printed title is taken along.
    """
    letters = [piece.letters for piece in pieces]
    inside = _known_container(root, pieces, letters) or _inside(
        [_densest(root, pieces, letters, html)]
    )
    furniture = _inside(element for element in root.iter() if _is_furniture(element))
    chosen = [piece.element in inside and piece.element not in furniture for piece in pieces]
    title = _title_piece(root, pieces, letters, chosen, furniture)
    if title is not None:
        chosen[title] = True
    return chosen


def page_titles(root: Element) -> list[str]:
    """What the page says its title is: the article title of its metadata, then ``<title>``."""
    stated = root.xpath(
        '//meta[translate(@name, "ARTICLETITLE", "articletitle")="articletitle"'
        ' or @property="og:title"]/@content'
    )
    titles = [*stated, *("".join(title.itertext()) for title in root.iter("title"))]
    return list(dict.fromkeys(" ".join(title.split()) for title in titles if title.strip()))


def _known_container(
    root: Element, pieces: Sequence[Piece], letters: Sequence[str]
) -> set[Element]:
    """Elements inside the first container of the lexicon that holds enough text, if any does."""
    total = sum(map(len, letters))
    for path in _containers():
        inside = _inside(root.xpath(path))
        size = sum(
            len(text)
            for piece, text in zip(pieces, letters, strict=True)
            if inside and piece.element in inside
        )
        if size >= max(_MIN_LETTERS, _MIN_SHARE * total):
            return inside
    return set()


def _inside(containers: Iterable[Element]) -> set[Element]:
    """The containers with all elements in them."""
    inside: set[Element] = set()
    for container in containers:
        if container not in inside:
            inside.update(container.iter())
    return inside


def _is_furniture(element: Element) -> bool:
    return element.tag in elements("furniture") or bool(_HIDDEN.search(element.get("style") or ""))


def _densest(root: Element, pieces: Sequence[Piece], letters: Sequence[str], html: str) -> Element:
    """Smallest element around nine tenths of the main text that trafilatura finds."""
    if len(pieces) > _MOST_PIECES:
        return root
    trafilatura = require("trafilatura", "finding the main text of a web page")
    log = logging.getLogger("trafilatura")
    level = log.level
    log.setLevel(logging.CRITICAL)  # it reports short pages as errors
    try:
        found = trafilatura.extract(html, include_comments=False, favor_recall=True, fast=True)
    finally:
        log.setLevel(level)
    found = found or ""
    lines = {"".join(line.replace("|", "").split()) for line in found.splitlines()}
    main = "".join(found.replace("|", "").split())[:_SEARCHED]
    weights: dict[Element, int] = {}
    for piece, text in zip(pieces, letters, strict=True):
        rows = ["".join(c.passage.text for c in row) for row in piece.rows] or [text]
        for row in ("".join(row.split()) for row in rows):
            if len(row) > 1 and (row in lines or row in main):
                weights[piece.element] = weights.get(piece.element, 0) + len(row)
    total = sum(weights.values())
    if total < _ENOUGH:
        return root
    etree = require("lxml.etree", "reading HTML")
    sums = [0]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            sums.append(weights.get(element, 0))
        else:
            inner = sums.pop()
            if inner >= _MOST * total:
                return element
            sums[-1] += inner
    return root


def _title_piece(
    root: Element,
    pieces: Sequence[Piece],
    letters: Sequence[str],
    chosen: Sequence[bool],
    furniture: set[Element],
) -> int | None:
    """Find the line outside the container that prints the title, if the container has none.

    It is the last ``h1``, or else the longest line, that the page's stated title contains.
    """
    stated = ["".join(_SITE.split(title)[0].split()) for title in page_titles(root)]
    stated = [title for title in stated if len(title) >= _SHORTEST_TITLE]
    if not any(chosen):
        return None
    first = list(chosen).index(True)
    opening = "".join(letters[first : first + 5])
    fits = [
        number
        for number, text in enumerate(letters[:first])
        if len(text) >= _SHORTEST_TITLE
        and pieces[number].element not in furniture
        and any(text in title or title in text for title in stated)
    ]
    if not fits or any(letters[number] in opening for number in fits):
        return None
    headings = [number for number in fits if pieces[number].level == 1]
    return (
        headings[-1] if headings else max(fits, key=lambda number: (len(letters[number]), number))
    )
