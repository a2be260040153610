"""The words of the charts in Chinese or English, and the pen that writes them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import numpy as np

from planddiff.charts.fonts import cjk_font
from planddiff.charts.palette import INK
from planddiff.errors import InvalidInputError

Lang = Literal["zh", "en"]

# First code point of the CJK blocks: what lies above it needs a Chinese font.
_CJK = 0x2E80
_NO_LINE_START = "，。、；：！？）》」』】〕”’,.;:!?)]}%％"


@cache
def chart_words() -> dict[str, dict[str, str]]:
    """The rows of ``planddiff/data/chart_labels.csv`` by key."""
    table = files("planddiff") / "data" / "chart_labels.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return {row["key"]: row for row in rows}


def width(text: str) -> float:
    """Width of a text in em: a Chinese character counts 1, any other a good half."""
    return sum(1.0 if ord(character) >= _CJK else 0.55 for character in text)


def wrap(text: str, em: float, lines: int = 0) -> list[str]:
    """Cut a text into lines between words.

    Parameters
    ----------
    text : str
        One paragraph; Chinese words are found by segmentation.
    em : float
        Width of a line in em.
    lines : int
        Most lines wanted; what is left over is replaced by an ellipsis. 0 means no limit.

    Examples
    --------
    >>> wrap("推进智慧城市时空信息云平台建设", 9)
    ['推进智慧城市', '时空信息云平台建设']
    >>> wrap("推进智慧城市时空信息云平台建设", 9, lines=1)
    ['推进智慧城市…']
    """
    if width(text) <= em:
        return [text]
    out = [""]
    for piece in _unbroken(text, em):
        if out[-1] and width(out[-1] + piece) > em:
            out.append("")
        out[-1] += piece if out[-1] else piece.lstrip()
    if 0 < lines < len(out):
        last = out[lines - 1].rstrip()
        while width(last) > em - 1:
            last = last[:-1]
        out[lines - 1 :] = [last + "…"]
    return [line.rstrip() for line in out]


def _unbroken(text: str, em: float) -> Iterable[str]:
    """Words with the marks that may not begin a line; a word wider than a line is cut by letter."""
    from planddiff.segment import tokens

    held = ""
    for token in re.findall(r"\S+\s*|\s+", text) if _plain(text) else tokens(text):
        if held and token[0] not in _NO_LINE_START:
            yield held
            held = ""
        held += token
        while width(held) > em:
            short = held[: max(1, int(em))]
            yield short
            held = held[len(short) :]
    if held:
        yield held


class Pen:
    """Writes chart words and document names in one language and one font.

    Parameters
    ----------
    lang : {'zh', 'en'}
        Language of the words of the chart; names from documents stay as they are, except that
        themes which ``chart_labels.csv`` knows are translated.
    names : iterable of str
        Names from documents that the chart will write: they decide whether English charts need a
        Chinese font.
    """

    def __init__(self, lang: Lang, names: Iterable[object] = ()) -> None:
        if lang not in ("zh", "en"):
            raise InvalidInputError(f"lang={lang!r}: give 'zh' or 'en'")
        chinese = lang == "zh" or any(not _plain(str(name)) for name in names)
        self._file = cjk_font() if chinese else None
        self.chinese = self._file is not None
        self.lang: Lang = "en" if chinese and not self.chinese else lang

    def style(self, size: float, *, bold: bool = False, color: str = INK) -> dict[str, Any]:
        """Keyword arguments of any matplotlib text: font, size in points and colour."""
        from matplotlib.font_manager import FontProperties, get_font

        if self._file is None:
            weight = "bold" if bold else "normal"
            return {"fontproperties": FontProperties(size=size, weight=weight), "color": color}
        # The family is for SVG, which names fonts by family.
        family = [get_font(str(self._file)).family_name, "sans-serif"]
        font = FontProperties(family=family, fname=str(self._file), size=size)
        return {"fontproperties": font, "color": color}

    def word(self, key: str, **fields: object) -> str:
        """Word or phrase of ``chart_labels.csv``; an unknown key stands for itself."""
        row = chart_words().get(key)
        return row[self.lang].format(**fields) if row else key

    def name(self, text: object, instead: str) -> str:
        """A name from a document, or a stand-in where no font can draw it."""
        row = chart_words().get(f"name:{text}")
        known = row[self.lang] if row else str(text)
        return known if self.chinese or _plain(known) else instead

    def listing(self, things: Iterable[object]) -> str:
        """Join names by the comma of the language."""
        return ("、" if self.lang == "zh" else ", ").join(map(str, things))

    def years(self, years: Iterable[int]) -> str:
        """Years with runs folded: ``2014–2016、2018``."""
        wanted = sorted(set(years))
        runs = np.split(wanted, np.flatnonzero(np.diff(wanted) > 1) + 1) if wanted else []
        return self.listing(
            f"{run[0]}–{run[-1]}" if len(run) > 2 else self.listing(run) for run in runs
        )


def _plain(text: str) -> bool:
    return all(ord(character) < _CJK for character in text)
