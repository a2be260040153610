"""The review in a notebook."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from planddiff.errors import PlanDiffError
from planddiff.review.cases import Case
from planddiff.review.session import Session

_PAGE = files("planddiff.review") / "page"


class ReviewWidget(anywidget.AnyWidget):
    """Pairs one by one; every decision is saved the moment it is made.

    Attributes
    ----------
    cases, options, coder, blind
        What is shown.
    rows : list of dict
        The coder's decisions, rows of the decisions file.
    saved, error : str
        What became of the last save.
    """

    _esm = (_PAGE / "review.js").read_text(encoding="utf-8")
    _css = (_PAGE / "review.css").read_text(encoding="utf-8")
    cases: traitlets.List[Any] = traitlets.List().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)
    coder = traitlets.Unicode().tag(sync=True)
    blind = traitlets.Bool().tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    saved = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, session: Session, cases: list[Case], options: dict[str, list[Case]], blind: bool
    ) -> None:
        self._session = session
        super().__init__(
            cases=cases, options=options, coder=session.coder, blind=blind, rows=session.rows()
        )
        self.observe(self._save, names="rows")

    def _save(self, change: Any) -> None:
        try:
            self._session.save(change["old"], change["new"])
        except (OSError, PlanDiffError) as problem:
            self.error = f"not saved 未保存: {problem}"
        else:
            self.error = ""
            self.saved = f"saved 已保存: {len(change['new'])} rows"

    def __repr__(self) -> str:
        return f"<ReviewWidget: {len(self.cases)} pairs, {len(self.rows)} rows by {self.coder}>"
