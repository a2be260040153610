"""Which part of a web page is the document: known containers first, else the densest part."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from planddiff.readers.extras import require
from planddiff.readers.page import Element, Piece, elements

_MIN_LETTERS = 20
_MIN_SHARE = 0.1
_ENOUGH = 50
_MOST = 0.9
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
    total = sum(map(len, letters))
    lines = [_ancestors(piece.element) for piece in pieces]
    chosen = [False] * len(pieces)
    for path in _containers():
        found = set(root.xpath(path))
        inside = [not found.isdisjoint(line) for line in lines]
        size = sum(len(text) for text, taken in zip(letters, inside, strict=True) if taken)
        if found and size >= max(_MIN_LETTERS, _MIN_SHARE * total):
            chosen = inside
            break
    if not any(chosen):
        container = _densest(pieces, letters, lines, html)
        chosen = [container is None or container in line for line in lines]
    chosen = [
        taken and not any(_is_furniture(element) for element in line)
        for taken, line in zip(chosen, lines, strict=True)
    ]
    title = _title_piece(root, letters, chosen, lines)
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


def _ancestors(element: Element) -> list[Element]:
    return [element, *element.iterancestors()]


def _is_furniture(element: Element) -> bool:
    return element.tag in elements("furniture") or bool(_HIDDEN.search(element.get("style") or ""))


def _densest(
    pieces: Sequence[Piece], letters: Sequence[str], lines: Sequence[list[Element]], html: str
) -> Element | None:
    """Smallest element around nine tenths of the main text that trafilatura finds."""
    trafilatura = require("trafilatura", "finding the main text of a web page")
    found = trafilatura.extract(html, include_comments=False, favor_recall=True, fast=True)
    main = "".join((found or "").replace("|", "").split())
    weights: dict[Element, int] = {}
    depths: dict[Element, int] = {}
    total = 0
    for piece, text, line in zip(pieces, letters, lines, strict=True):
        rows = ["".join(c.passage.text for c in row) for row in piece.rows] or [text]
        matched = sum(len(row) for row in rows if "".join(row.split()) in main)
        if len(text) < 2 or not matched:
            continue
        total += matched
        for depth, element in enumerate(reversed(line)):
            weights[element] = weights.get(element, 0) + matched
            depths[element] = depth
    if total < _ENOUGH:
        return None
    fitting = [element for element, weight in weights.items() if weight >= _MOST * total]
    return max(fitting, key=lambda element: depths[element])


def _title_piece(
    root: Element, letters: Sequence[str], chosen: Sequence[bool], lines: Sequence[list[Element]]
) -> int | None:
    """Find the line outside the container that prints the title, if the container has none.

    It is the last ``h1``, or else the longest line, that the page's stated title contains.
    """
    stated = [
        "".join(part.split()) for title in page_titles(root) for part in _SITE.split(title)[:1]
    ]
    if not any(chosen):
        return None
    first = list(chosen).index(True)
    opening = "".join(letters[first : first + 5])
    fits = [
        number
        for number, text in enumerate(letters[:first])
        if len(text) >= 6
        and not any(_is_furniture(element) for element in lines[number])
        and any(text in title or title in text for title in stated if len(title) >= 6)
        and not any(element.tag == "title" for element in lines[number])
    ]
    if not fits or any(letters[number] in opening for number in fits):
        return None
    headings = [n for n in fits if any(e.tag == "h1" for e in lines[n])]
    return (
        headings[-1] if headings else max(fits, key=lambda number: (len(letters[number]), number))
    )
