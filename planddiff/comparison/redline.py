"""Redline: what was struck out and what was put in, on whole words, figures and units."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rapidfuzz.distance import Indel

from planddiff.segment import tokens

_STYLES = {
    "delete": "background:#f6c8c0;color:#5c0d00;text-decoration:line-through",
    "insert": "background:#c3e3f5;color:#00344d;text-decoration:underline",
}


@dataclass(frozen=True)
class Redline:
    """Runs of text, in order: ``("equal" | "delete" | "insert", text)``.

    Accepting all changes gives the new text, rejecting all gives the old one.
    """

    runs: tuple[tuple[str, str], ...]

    @property
    def accepted(self) -> str:
        """The text after all changes: the new text, character by character."""
        return "".join(text for kind, text in self.runs if kind != "delete")

    @property
    def rejected(self) -> str:
        """The text before all changes: the old text, character by character."""
        return "".join(text for kind, text in self.runs if kind != "insert")

    def __str__(self) -> str:
        marks = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
        return "".join(marks[kind].format(text) for kind, text in self.runs)

    def __repr__(self) -> str:
        changed = sum(kind != "equal" for kind, _ in self.runs)
        return f"<Redline: {changed} changes>"

    def _repr_html_(self) -> str:
        parts = []
        for kind, text in self.runs:
            shown = html.escape(text).replace("\n", "<br>")
            tag = {"delete": "del", "insert": "ins"}.get(kind)
            parts.append(f'<{tag} style="{_STYLES[kind]}">{shown}</{tag}>' if tag else shown)
        return f'<div style="line-height:1.7;max-width:48em">{"".join(parts)}</div>'


def redline(old: str, new: str, segmenter: str | Callable[[str], Any] | None = None) -> Redline:
    """Compare two texts word by word.

    Parameters
    ----------
    old, new : str
    segmenter : str or callable, optional
        As in :func:`planddiff.segment.tokens`.

    Examples
    --------
    >>> str(redline("建设18个示范区。", "建设28个示范区。"))
    '建设[-18个-]{+28个+}示范区。'
    """
    before, after = tokens(old, segmenter), tokens(new, segmenter)
    runs: list[tuple[str, str]] = []
    for step in Indel.opcodes(before, after):
        struck = "".join(before[step.src_start : step.src_end])
        put = "".join(after[step.dest_start : step.dest_end])
        if step.tag == "equal":
            runs.append(("equal", struck))
            continue
        runs += [(kind, text) for kind, text in (("delete", struck), ("insert", put)) if text]
    return Redline(tuple(_in_order(runs)))


def _in_order(runs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Between two equal runs, one deletion and then one insertion."""
    tidy: list[tuple[str, str]] = []
    pending = {"delete": "", "insert": ""}
    for kind, text in [*runs, ("equal", "")]:
        if kind != "equal":
            pending[kind] += text
            continue
        tidy += [(each, pending[each]) for each in ("delete", "insert") if pending[each]]
        pending = {"delete": "", "insert": ""}
        if text:
            tidy.append((kind, text))
    return tidy
