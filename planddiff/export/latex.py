r"""Tables for a paper: booktabs, escaped, to be set with xelatex and ctex."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from planddiff.errors import InvalidInputError
from planddiff.export.cells import Cell, plain_table

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "-": r"{-}",
    "`": r"\textasciigrave{}",
    "[": r"{[}",
    "]": r"{]}",
}
_LONG_TEXT, _LONG_TABLE = 24, 20


def escape(text: str) -> str:
    r"""Text that LaTeX prints as it is.

    Examples
    --------
    >>> escape("增长10%_以上")
    '增长10\\%\\_以上'
    """
    visible = "".join(each for each in re.sub(r"\s+", " ", text) if each.isprintable())
    return "".join(_SPECIAL.get(each, each) for each in visible)


def latex_table(
    table: pd.DataFrame,
    *,
    columns: Sequence[str] | None = None,
    caption: str = "",
    label: str = "",
    decimals: int = 2,
) -> str:
    """A booktabs table; one that is longer than a page breaks over pages.

    Parameters
    ----------
    table : DataFrame
        Its index is not printed.
    columns : sequence of str, optional
        Columns to print, in this order.
    caption, label : str
        Caption, and label to refer to (letters, digits and ``:.-``).
    decimals : int
        Of numbers that are not whole.

    Returns
    -------
    str
        Needs the packages ``booktabs`` and ``array``, a long one ``longtable`` too.

    Raises
    ------
    InvalidInputError
        An unknown column, or a label that LaTeX cannot take.
    """
    chosen = list(table.columns) if columns is None else list(columns)
    missing = [name for name in chosen if name not in table.columns]
    if missing:
        raise InvalidInputError(f"columns {missing} are not in the table; it has {list(table)}")
    if not re.fullmatch(r"[A-Za-z0-9:.\-]*", label):
        raise InvalidInputError(f"label={label!r}: use letters, digits and : . - only")
    shown = plain_table(table[chosen])
    cells = [[_cell(value, decimals) for value in row] for row in shown.to_numpy(dtype=object)]
    spec = "".join(_column(shown[name], len(chosen)) for name in chosen)
    head = " & ".join(escape(str(name)) for name in chosen) + r" \\"
    body = [" & ".join(row) + r" \\" for row in cells]
    title = (rf"\caption{{{escape(caption)}}}" if caption else "") + (
        rf"\label{{{label}}}" if label else ""
    )
    if len(body) > _LONG_TABLE:
        lines = [rf"\begin{{longtable}}{{{spec}}}"]
        lines += [title + r"\\"] if title else []
        header = [r"\toprule", head, r"\midrule"]
        lines += [*header, r"\endfirsthead", *header, r"\endhead", r"\bottomrule", r"\endfoot"]
        lines += [*body, r"\end{longtable}"]
    else:
        lines = [r"\begin{table}[htbp]", r"\centering", *([title] if title else [])]
        lines += [rf"\begin{{tabular}}{{{spec}}}", r"\toprule", head, r"\midrule", *body]
        lines += [r"\bottomrule", r"\end{tabular}", r"\end{table}"]
    return "\n".join(lines) + "\n"


def latex_document(*tables: str) -> str:
    """Tables as a document of their own, for ``xelatex``."""
    lines = [
        r"\documentclass{ctexart}",
        r"\usepackage[landscape,margin=2cm]{geometry}",
        r"\usepackage{array,booktabs,longtable}",
        r"\begin{document}",
        *tables,
        r"\end{document}",
    ]
    return "\n".join(lines) + "\n"


def _cell(value: Cell, decimals: int) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, float) and not value.is_integer():
        return escape(f"{value:.{decimals}f}")
    return escape(str(int(value)) if isinstance(value, float) else str(value))


def _column(values: pd.Series, how_many: int) -> str:
    """``r`` for numbers, ``l`` for words, a ragged paragraph for long texts."""
    if pd.api.types.is_numeric_dtype(values) and values.dtype != bool:
        return "r"
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    if longest <= _LONG_TEXT:
        return "l"
    return rf">{{\raggedright\arraybackslash}}p{{{0.9 / max(how_many, 2):.2f}\linewidth}}"
