"""Alluvial chart: items of each year by section, and what flows from year to year."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from planddiff.charts.canvas import (
    footer,
    heading,
    new_axes,
    plain,
    points_high,
    points_wide,
    year_labels,
)
from planddiff.charts.flow_layout import OTHERS, lay_out, lump_sections
from planddiff.charts.labels import Lang, Pen, wrap
from planddiff.charts.line_ends import spread
from planddiff.charts.masses import flow_bands, item_colours
from planddiff.charts.palette import FAINT, GRID, INK, LINES, PAPER, REST, STATUS
from planddiff.charts.saving import hover
from planddiff.charts.tables import issuers_of, observed_years, records, require, unobserved_years
from planddiff.errors import InvalidInputError

_HALF = 0.03  # half the width of a block, in years
_STUB = 0.14  # length of what begins or ends, in years
_FEW = 12  # so few items a year are named one by one
_MANY = 60  # beyond so many items a year single bands are hairlines
_SECTIONS = 12
_SIZE = 7.5


def flow(
    items: pd.DataFrame,
    links: pd.DataFrame,
    *,
    unit: Literal["auto", "item", "section"] = "auto",
    highlight: Iterable[str] | None = None,
    last: int = 8,
    sources: pd.DataFrame | None = None,
    lang: Lang = "zh",
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw items as blocks and links as bands whose widths are shares of an item.

    Each item has the same height. A block's bands on either side sum to its height: an item that
    splits is divided by ``forward``, one that merges by ``backward``. Items that nothing carries
    on end in a grey point; items that come from nothing begin in a green one. In the first and the
    last year nothing is said to begin or end. The colour of a lineage is that of the section in
    which it first stood.

    Parameters
    ----------
    items : DataFrame
        ``item_id``, ``year``, ``ordinal``, ``section``, ``title``.
    links : DataFrame
        ``old_id``, ``new_id``; optionally ``forward``, ``backward`` (0..1).
    unit : {'auto', 'item', 'section'}
        One block per item, or per section with bands added up; 'auto' adds up where a year has
        more than 60 items, and the foot says so. All but the 11 largest sections of a year with
        more than 12 are then one block.
    highlight : iterable of str, optional
        ``item_id`` to keep in colour; all else is grey.
    last : int
        Most years: the latest with a document. The foot names the others.
    sources : DataFrame, optional
        Documents with ``year``, ``issuer``, ``constructed`` for the foot.
    lang, title, ax
        Language of the words; a heading of your own; Axes to draw on.

    Returns
    -------
    matplotlib.axes.Axes
        Years along x, items along y; one ``PathPatch`` per band, one ``Rectangle`` per block.

    Raises
    ------
    InvalidInputError
        If columns are missing, there are no items, or ``unit`` is none of the words.

    Examples
    --------
    >>> items = pd.DataFrame({"item_id": ["a", "b", "c"], "year": [2014, 2015, 2015],
    ...                       "ordinal": [1, 1, 2], "section": "roads", "title": ["A", "B", "C"]})
    >>> links = pd.DataFrame({"old_id": ["a", "a"], "new_id": ["b", "c"]})
    >>> ax = flow(items, links, lang="en")
    >>> [text.get_text() for text in ax.texts if text.get_text() in "ABC"]
    ['A', 'B', 'C']
    """
    require(items, ["item_id", "year", "ordinal", "section", "title"], "flow")
    if unit not in ("auto", "item", "section"):
        raise InvalidInputError(f"unit={unit!r}: give 'auto', 'item' or 'section'")
    years = observed_years(items["year"], None)
    drawn, left_out = years[-last:], years[:-last]
    items = items.assign(section=items["section"].fillna("").astype(str))
    items = items[items["year"].isin(drawn)].sort_values(
        ["year", "ordinal", "item_id"], kind="stable", ignore_index=True
    )
    busiest = int(items.groupby("year").size().max())
    by_section = unit == "section" or (unit == "auto" and busiest > _MANY)
    bands = flow_bands(items, links)
    colour_of = item_colours(items, bands, len(LINES))
    pen = Pen(lang, [*items["section"], *items["title"], *issuers_of(sources)])
    notes = [pen.word("foot_flow_section" if by_section else "foot_flow", n=busiest)]
    if by_section:
        items, lumped = lump_sections(items, _SECTIONS)
        if lumped:
            notes.append(pen.word("foot_sections", n=max(lumped.values()), others=OTHERS))
    if left_out:
        notes.append(pen.word("foot_years", n=len(left_out), years=pen.years(left_out)))
    layout = lay_out(
        items,
        bands,
        colour_of,
        by_section=by_section,
        highlight=None if highlight is None else set(highlight),
    )

    by_item = not by_section and busiest <= _FEW
    height = 2.4 + (0.5 if by_item else 0.15) * busiest
    width = 2.4 + max(2.3 * (len(drawn) - 1), 4.4)
    ax = new_axes(ax, width, max(4.4, min(8.5, height)))
    plain(ax, keep=())
    ax.set_yticks([])
    ax.set_xticks([])
    ax.set_xlim(drawn[0] - 0.1, drawn[-1] + 0.55)
    lowest = layout.nodes["bottom"].min()
    ax.set_ylim(lowest * 1.07, -lowest * 0.03)
    titles = dict(zip(items["item_id"], items["title"], strict=True))
    for ribbon in records(layout.ribbons):
        _band(ax, ribbon, "" if by_section else _story(ribbon, titles))
    for node in records(layout.nodes):
        _block(ax, node)
    ending = set(layout.ribbons.loc[layout.ribbons["kind"] == "dropped", "source"])
    _name_blocks(ax, pen, layout.nodes, by_item=by_item, ending=ending)
    _margins(ax, pen, items, bands, sources)
    heading(ax, pen, title, "flow", pad=36)
    footer(ax, pen, sources, notes, below=8)
    return ax


def _band(ax: Axes, ribbon: dict[str, Any], text: str) -> None:
    """One band between two blocks, or the point in which an item begins or ends."""
    kind = ribbon["kind"]
    colour = _colour(ribbon["colour"]) if ribbon["lit"] else REST
    style: dict[str, Any] = {"facecolor": colour, "linewidth": 0, "alpha": 0.5, "zorder": 2}
    if not ribbon["lit"]:
        style |= {"alpha": 0.35, "zorder": 1.5}
    if kind in ("dropped", "new"):
        side, year, way = (
            ("left", "old_year", 1) if kind == "dropped" else ("right", "new_year", -1)
        )
        x, top = ribbon[year] + way * _HALF, ribbon[f"{side}_top"]
        bottom = top - ribbon[side]
        path = Path([(x, top), (x + way * _STUB, (top + bottom) / 2), (x, bottom), (x, top)])
        if ribbon["lit"]:
            style |= {"facecolor": STATUS[kind].colour, "alpha": 0.9}
        if kind == "dropped":
            style |= {"edgecolor": "#6d6d6d", "linewidth": 0.4}
    else:
        path = _ribbon_path(ribbon)
        if kind == "returned":
            style |= {"alpha": 0.28, "zorder": 1, "edgecolor": colour, "linestyle": (0, (4, 2))}
            style["linewidth"] = 0.8
    patch = PathPatch(path, **style)
    patch.set_gid(f"band-{kind}")
    ax.add_patch(patch)
    if text:
        hover(patch, text)


def _ribbon_path(ribbon: dict[str, Any]) -> Path:
    """Both edges are the same S curve in x, so the area is the mean mass times the distance."""
    x0, x1 = ribbon["old_year"] + _HALF, ribbon["new_year"] - _HALF
    middle = (x0 + x1) / 2
    a, b = ribbon["left_top"], ribbon["right_top"]
    c, d = b - ribbon["right"], a - ribbon["left"]
    vertices = [(x0, a), (middle, a), (middle, b), (x1, b), (x1, c)]
    vertices += [(middle, c), (middle, d), (x0, d), (x0, a)]
    curve = [Path.CURVE4] * 3
    return Path(vertices, [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY])


def _block(ax: Axes, node: dict[str, Any]) -> None:
    block = Rectangle(
        (node["year"] - _HALF, node["bottom"]),
        2 * _HALF,
        node["items"],
        facecolor=_colour(node["colour"]) if node["lit"] else REST,
        edgecolor=PAPER,
        linewidth=0.5,
        zorder=3,
    )
    block.set_gid("block")
    ax.add_patch(block)
    hover(block, node["title"] if node["items"] == 1 else f"{node['section']} ({node['items']})")


def _colour(number: int) -> str:
    return LINES[number] if number >= 0 else FAINT


def _story(ribbon: dict[str, Any], titles: dict[str, str]) -> str:
    return " → ".join(titles.get(ribbon[end], "·") for end in ("source", "target"))


def _name_blocks(
    ax: Axes, pen: Pen, nodes: pd.DataFrame, *, by_item: bool, ending: set[str]
) -> None:
    """Names right of the blocks: items where they are few, else sections at their middle."""
    line = _SIZE * 1.3 * (ax.get_ylim()[1] - ax.get_ylim()[0]) / points_high(ax)
    low, high = ax.get_xlim()
    em = points_wide(ax) / (high - low) * 0.62 / _SIZE
    for year, column in nodes.groupby("year"):
        names: list[tuple[float, str, str, float]] = []
        key = "node" if by_item else "section"
        for place, (_, group) in enumerate(column.groupby(key, sort=False), start=1):
            top, bottom = group["top"].max(), group["bottom"].min()
            text = group["title"].iloc[0] if by_item else group["section"].iloc[0]
            kind = "item" if by_item else "section"
            name = pen.name(text, f"{pen.word(kind)} {place}")
            lines = max(1, min(3, int((top - bottom) / line)))
            right = _HALF + 0.02 + (_STUB if by_item and group["node"].iloc[0] in ending else 0)
            names.append(((top + bottom) / 2, "\n".join(wrap(name, em, lines)), text, right))
        tallest = max(name[1].count("\n") for name in names) + 1
        gap = line * (1.05 if tallest == 1 else 1.6)
        places = spread([-name[0] for name in names], gap)
        for y, (_, name, full, right) in zip(places, names, strict=True):
            label = ax.text(
                float(str(year)) + right,
                -y,
                name,
                ha="left",
                va="center",
                linespacing=1.1,
                zorder=5,
                path_effects=[withStroke(linewidth=2.2, foreground=PAPER, alpha=0.85)],
                **pen.style(_SIZE),
            )
            hover(label, full)


def _margins(
    ax: Axes, pen: Pen, items: pd.DataFrame, bands: pd.DataFrame, sources: pd.DataFrame | None
) -> None:
    """Years with their items above, sums of what ends, begins and returns below."""
    sizes = items.groupby("year").size()
    years = [int(year) for year in sizes.index]
    for year, label in zip(years, year_labels(pen, years, sources), strict=True):
        ax.annotate(
            f"{label}\n{pen.word('n_items', n=sizes[year])}",
            xy=(year, 1),
            xycoords=ax.get_xaxis_transform(),
            ha="center",
            va="bottom",
            annotation_clip=False,
            **pen.style(9),
        )
    for year in unobserved_years(years):
        ax.axvspan(year - 0.3, year + 0.3, color=GRID, alpha=0.5, linewidth=0, zorder=0)
        ax.annotate(
            f"{year}\n{pen.word('unobserved')}",
            xy=(year, 1),
            xycoords=ax.get_xaxis_transform(),
            ha="center",
            va="bottom",
            annotation_clip=False,
            **pen.style(9, color=FAINT),
        )
    for old, new in pairwise(years):
        gone = bands[bands["old_year"].eq(old)]
        counts = {
            "dropped": gone.loc[~gone["new_year"].eq(new), "old_id"].nunique(),
            "new": int((bands["new_year"].eq(new) & bands["kind"].eq("new")).sum()),
            "returned": bands.loc[
                bands["new_year"].eq(new) & bands["kind"].eq("returned"), "new_id"
            ].nunique(),
        }
        told = [f"{pen.word(kind)} {count}" for kind, count in counts.items() if count]
        if not told:
            continue
        ax.text(
            (old + new) / 2,
            0.0,
            pen.listing(told),
            transform=ax.get_xaxis_transform(),
            ha="center",
            va="bottom",
            **pen.style(8, color=INK),
        )
