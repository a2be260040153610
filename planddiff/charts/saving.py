"""Charts as files and as SVG with full names on hover."""

from __future__ import annotations

import io
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary
from xml.etree import ElementTree

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planddiff.charts.canvas import figure_of

_HOVER: WeakKeyDictionary[Artist, str] = WeakKeyDictionary()
_SVG = "http://www.w3.org/2000/svg"
_SETTINGS: Any = {"svg.fonttype": "none", "pdf.fonttype": 42, "svg.hashsalt": "planddiff"}


def hover(artist: Artist, text: str) -> None:
    """Give an artist a full text that ``save`` writes into SVG as its title."""
    _HOVER[artist] = text


def save(ax: Axes, path: str | PathLike[str], *, dpi: int = 200, **options: Any) -> Path:
    """Save the figure of a chart: SVG and PDF with real text, SVG with full titles on hover.

    Parameters
    ----------
    ax : Axes
        What a chart function returned.
    path : str or path
        Its suffix picks the format, as in ``Figure.savefig``.
    dpi : int
        Dots per inch of raster formats.
    **options
        Passed on to ``Figure.savefig``.

    Returns
    -------
    Path
        The file written.

    Examples
    --------
    >>> import pandas as pd
    >>> from planddiff.charts import trend
    >>> table = pd.DataFrame({"year": [2014], "theme": "oceans", "items": 3, "share": 0.1})
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(trend(table, lang="en"), f"{folder}/chart.svg").suffix
    '.svg'
    """
    file = Path(path)
    options = {"bbox_inches": "tight", "dpi": dpi, **options}
    with rc_context(_SETTINGS):
        if file.suffix.lower() == ".svg":
            file.write_text(_svg_with_titles(figure_of(ax), options), encoding="utf-8")
        else:
            figure_of(ax).savefig(file, **options)
    return file


@dataclass(frozen=True)
class Svg:
    """A chart as SVG text, which a notebook shows inline."""

    text: str

    def __repr__(self) -> str:
        return f"<Svg: {len(self.text)} characters>"

    def _repr_html_(self) -> str:
        return self.text


def svg(ax: Axes) -> Svg:
    """Turn a chart into SVG that shows cut names in full when the pointer rests on them.

    Parameters
    ----------
    ax : Axes
        What a chart function returned.

    Returns
    -------
    Svg
        Its ``text`` is an ``<svg>`` element; as the last value of a notebook cell it is shown.

    Examples
    --------
    >>> import pandas as pd
    >>> from planddiff.charts import survival
    >>> table = pd.DataFrame({"years": [0, 1], "survival": [1.0, 0.5]})
    >>> svg(survival(table, lang="en")).text[:4]
    '<svg'
    """
    with rc_context(_SETTINGS):
        text = _svg_with_titles(figure_of(ax), {"bbox_inches": "tight"})
    return Svg(text[text.index("<svg") :])


def _svg_with_titles(figure: Figure, options: dict[str, Any]) -> str:
    told = list(figure.findobj(lambda artist: artist in _HOVER))
    names = {f"hover-{place}": artist for place, artist in enumerate(told)}
    before = [artist.get_gid() for artist in told]
    for name, artist in names.items():
        artist.set_gid(name)
    buffer = io.BytesIO()
    try:
        figure.savefig(buffer, format="svg", metadata={"Date": None}, **options)
    finally:
        for artist, gid in zip(told, before, strict=True):
            artist.set_gid(gid)
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    tree = ElementTree.fromstring(buffer.getvalue())
    for element in tree.iter():
        name = element.get("id", "")
        if name in names:
            title = ElementTree.Element(f"{{{_SVG}}}title")
            title.text = _HOVER[names[name]]
            element.insert(0, title)
    text: str = ElementTree.tostring(tree, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'
