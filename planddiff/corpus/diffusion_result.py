"""What a diffusion found: tables, charts, and a paragraph on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from planddiff.corpus.question import Question
from planddiff.export import Exporting
from planddiff.export.codebook import run_codebook
from planddiff.export.methods_text import diffusion_paragraph
from planddiff.views import diffusion_view

if TYPE_CHECKING:
    from planddiff.charts import DiffusionPlots


@dataclass(frozen=True, eq=False, repr=False)
class Diffusion(Exporting):
    """Adoptions and shared wording, as made by :func:`planddiff.diffusion`.

    Everything said here of time is order: that a source is earlier than a target. Whether one
    acted on the other is for the researcher to argue.

    Attributes
    ----------
    question : Question
        What was asked for: ``asked``, ``kind`` (how it was understood).
    adoptions : DataFrame
        One row per issuer: ``status`` (``adopted``, ``left_censored``, ``not_adopted``),
        ``adoption_year``, ``adopted_after``, ``lag``, the items of that year, and the candidate
        source of them: the earlier item of another issuer that most confidently shares their
        wording (``source_issuer``, ``source_year``, ``source_item_id``, ``source_direction``,
        ``source_confidence``, ``source_on_subject``; empty where there is none).
    presence : DataFrame
        Every issuer in every calendar year: ``present``, ``absent`` or ``unobserved``.
    curve : DataFrame
        Per ``level`` and ``year``: issuers observed and at risk, adopters so far, share, hazard.
    lags : DataFrame
        Per ``level``: how long after the first adopter issuers adopted.
    links : DataFrame
        One row per pair of items of different issuers that share telling wording; ``on_subject``
        where ``shared_text`` itself holds what is asked for.
    edges : DataFrame
        One row per ordered pair of issuers, for network packages; ``n_links`` between them, and
        ``n_on_subject`` of these.
    items : DataFrame
        The items that have what is asked for; ``match`` is how sure that is.
    documents : DataFrame
        The documents of the corpus that were looked at.
    settings : mapping
        How it was asked.
    """

    question: Question
    adoptions: pd.DataFrame
    presence: pd.DataFrame
    curve: pd.DataFrame
    lags: pd.DataFrame
    links: pd.DataFrame
    edges: pd.DataFrame
    items: pd.DataFrame
    documents: pd.DataFrame
    settings: Mapping[str, Any]

    def __repr__(self) -> str:
        counts = self.adoptions["status"].value_counts()
        censored = int(counts.get("left_censored", 0))
        years = self.documents["year"]
        return (
            f"<Diffusion of {self.question.kind} {short_name(self.question.asked)} "
            f"{years.min()}-{years.max()}: {counts.get('adopted', 0) + censored} of "
            f"{len(self.adoptions)} issuers ({censored} left-censored), {len(self.items)} items, "
            f"{len(self.links)} links, {len(self.edges)} edges"
            + "".join(f"; {said}" for said in [self._left_out()] if said)
            + ">"
        )

    def _left_out(self) -> str:
        """How many documents were left out and why, in words; empty where none was."""
        dials = self.settings
        wants = {"year": "year", "adopter": dials["by"], "task": "task"}
        why = [f"no {named}" for want, named in wants.items() if dials[f"without_{want}"]]
        whole = len(self.documents) + dials["left_out"]
        return (
            f"{dials['left_out']} of {whole} documents left out: {' or '.join(why)}" if why else ""
        )

    def _repr_html_(self) -> str:
        return diffusion_view(
            f"{self.question.kind} {self.question.asked}",
            self.documents,
            self.adoptions,
            self.curve,
            self.links,
            self._left_out(),
        )

    @property
    def plot(self) -> DiffusionPlots:
        """Charts: ``plot.adoption()``, ``plot.regions()``."""
        from planddiff.charts import DiffusionPlots

        return DiffusionPlots(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name, as they are written to files; ``codebook`` explains every column."""
        tables = {
            "summary": self.lags,
            "documents": self.documents,
            "adoptions": self.adoptions,
            "curve": self.curve,
            "presence": self.presence,
            "links": self.links,
            "edges": self.edges,
            "items": self.items,
        }
        return {**tables, "codebook": run_codebook(tables, self.dials())}

    def dials(self) -> dict[str, Any]:
        """Everything that was set for this run."""
        return dict(self.settings)

    def methods_text(
        self,
        lang: str = "zh",
        *,
        quality: pd.DataFrame | None = None,
        agreement: pd.DataFrame | None = None,
    ) -> str:
        """A paragraph for the methods section: documents, question, rules of counting, links.

        Parameters
        ----------
        lang : {'zh', 'en'}
        quality, agreement
            Of a coded sample, as for other results.

        Raises
        ------
        InvalidInputError
            Another language.
        """
        return diffusion_paragraph(self.tables(), self.dials(), lang, quality, agreement)


def short_name(text: str, length: int = 20) -> str:
    """A text cut for a line of other words.

    Examples
    --------
    >>> short_name("推进智慧城市建设试点示范", 8)
    '推进智慧城市建…'
    """
    return text if len(text) <= length else text[: length - 1] + "…"
