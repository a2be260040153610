"""The pieces that views are put together from; the only place where text becomes HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import pandas as pd


class Markup(str):
    """Text that is HTML already; every other text is escaped."""

    __slots__ = ()


Part = str | int
_LONG = 48


@cache
def _style() -> str:
    return files("planddiff.data").joinpath("views.css").read_text("utf-8")


def markup(part: Part) -> Markup:
    """Escape a part, unless it is markup already.

    Examples
    --------
    >>> markup("<b>"), markup(Markup("<b>"))
    ('&lt;b&gt;', '<b>')
    """
    return part if isinstance(part, Markup) else Markup(html.escape(str(part)))


def tag(name: str, *parts: Part, css: str = "", hint: str = "") -> Markup:
    """An element with a class and a text that shows on hover.

    Examples
    --------
    >>> tag("span", "两化<", css="quiet")
    '<span class="pdd-quiet">两化&lt;</span>'
    """
    classes = " ".join(f"pdd-{each}" for each in css.split())
    named = f' class="{classes}"' if classes else ""
    named += f' title="{html.escape(hint)}"' if hint else ""
    return Markup(f"<{name}{named}>{joined(parts)}</{name}>")


def joined(parts: Iterable[Part], between: str = "") -> Markup:
    """Parts one after the other, each escaped where it needs to be."""
    return Markup(between.join(markup(each) for each in parts))


def page(*parts: Part) -> str:
    """A whole view with its style, which touches nothing outside it."""
    return f'<style>{_style()}</style><div class="pdd">{joined(parts)}</div>'


def chip(text: Part, css: str = "", hint: str = "") -> Markup:
    """A short word on a colour: a status or a warning."""
    return tag("span", text, css=f"chip {css}", hint=hint)


def chips(parts: Iterable[Part]) -> Markup:
    """A line of chips that wraps where the output is narrow."""
    return tag("div", joined(parts, " "), css="chips")


def folded(summary: Part, *parts: Part) -> Markup:
    """Parts that show once the summary is clicked."""
    return tag("details", tag("summary", summary), *parts)


def folding_row(cells: Sequence[Part], inside: Part = "") -> Markup:
    """A row of a list; with something inside it opens on a click."""
    shown = joined(cells, " ")
    if not inside:
        return tag("div", shown, css="row")
    return tag("details", tag("summary", shown, css="row"), tag("div", inside, css="inside"))


def table(head: Sequence[Part], rows: Iterable[Sequence[Markup]]) -> Markup:
    """A table that scrolls by itself where the output is narrow.

    Parameters
    ----------
    head : sequence
        Names of the columns.
    rows : iterable of sequences of cells, each made with ``tag("td", ...)``
    """
    names = tag("thead", tag("tr", *(tag("th", each) for each in head)))
    body = tag("tbody", *(tag("tr", *row) for row in rows))
    return tag("div", tag("table", names, body, css="table"), css="wide")


def short(text: str) -> Markup:
    """A title that does not fill the screen; the full one shows on hover.

    Examples
    --------
    >>> short("推进智慧物流")
    '推进智慧物流'
    """
    if len(text) <= _LONG:
        return markup(text)
    return tag("span", text[: _LONG - 1] + "…", hint=text)


def heading(documents: pd.DataFrame) -> Markup:
    """Titles of documents, the year where a title lacks it, a mark on those constructed.

    Parameters
    ----------
    documents : DataFrame
        ``title``, ``year``, ``constructed``.
    """
    titles = []
    for title, year, constructed in documents[["title", "year", "constructed"]].itertuples(
        index=False
    ):
        known = pd.isna(year) or str(year) in title
        titles.append(markup(title if known else f"{title} {year}"))
        if constructed:
            mark = chip("constructed", "constructed", "not an official document")
            titles[-1] = joined([titles[-1], " ", mark])
    return tag("p", joined(titles, " → "), css="head")
