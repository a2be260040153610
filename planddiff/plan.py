"""The plan: one document of one issuer for one year, as tidy tables with exact provenance."""

from __future__ import annotations

import logging
import warnings
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError, PlanDiffError, PlanDiffWarning
from planddiff.log import LogEntry, log_frame
from planddiff.normalize import canonicalize
from planddiff.outline import Outline, read_outline
from planddiff.outline.spans import Segment
from planddiff.plan_items import build_tables
from planddiff.plan_layout import LABELS, layout_frame
from planddiff.plan_metadata import Metadata, read_metadata, region_of
from planddiff.readers import Source, Sources, document_from_text, list_sources, read_source
from planddiff.readers.document import SourceDocument
from planddiff.views import plan_view

REPORT_COLUMNS = ["source", "year", "title", "unit", "n_items", "error"]
_NOTICE = (
    "no items: this is a notice that hands out a plan; read the plan from the attachment of the "
    "notice"
)
_NOTHING = (
    "no items: neither numbered tasks nor paragraphs of a plan were found; check that this is the "
    "plan and not its attachment list, or try unit='paragraph'"
)
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Plan:
    """One plan as read: metadata, tables, and the text they point into.

    Attributes
    ----------
    title, series_title : str
        The title; the title without years and edition words.
    year : int or None
        The (first) year covered; ``years`` holds all.
    issuer, region, level : str
        Issuing body; place; ``national``, ``province``, ``prefecture`` or ``county``.
    document_number : str
    date : datetime.date or None
        Date of signature.
    constructed : bool
        Whether the document says in its first line that it is not official.
    source, encoding, sha256 : str
        Name of the source, its character encoding, the digest of its bytes.
    unit : str
        What an item is: ``numbered``, ``paragraph`` or ``clause``.
    levels : tuple of str
        Numbering styles found, outermost first.
    source_text, text : str
        The text as it is in the source; the canonical text.
    items, agencies, targets, citations, theme_hits : DataFrame
        One row an item; long tables keyed by ``item_id``. For every row
        ``plan.source_text[start:end]`` is ``body`` or ``as_written``. ``items["part"]`` is task,
        review, requirement, safeguard, framing (commits to nothing) or attachment.
    log : DataFrame
        Every repair, stretch set aside, and doubt.
    layout : DataFrame
        Contiguous spans ``start``, ``end``, ``label`` that cover the whole source text.
    """

    title: str
    series_title: str
    year: int | None
    years: tuple[int, ...]
    issuer: str
    region: str
    level: str
    document_number: str
    date: date | None
    constructed: bool
    source: str
    encoding: str
    sha256: str
    unit: str
    levels: tuple[str, ...]
    source_text: str
    text: str
    items: pd.DataFrame
    agencies: pd.DataFrame
    targets: pd.DataFrame
    citations: pd.DataFrame
    theme_hits: pd.DataFrame
    log: pd.DataFrame
    layout: pd.DataFrame

    def __repr__(self) -> str:
        mark = ", constructed" if self.constructed else ""
        return f"<Plan {self.year} {self.title}: {len(self.items)} items ({self.unit}){mark}>"

    def _repr_html_(self) -> str:
        facts = {
            "title": self.title,
            "constructed": self.constructed,
            "year": self.year,
            "issuer": self.issuer,
            "level": self.level,
            "document": self.document_number,
            "date": self.date,
            "unit": self.unit,
            "source": self.source,
        }
        counts = {
            "agency mentions": len(self.agencies),
            "targets": len(self.targets),
            "citations": len(self.citations),
            "theme hits": len(self.theme_hits),
        }
        return plan_view(facts, self.items, counts, self.log)

    def select(self, mask: Any) -> Plan:
        r"""The same plan with only the items that ``mask`` keeps.

        Parameters
        ----------
        mask : array-like of bool, shape (n_items,), or boolean Series on the index of ``items``

        Returns
        -------
        Plan
            Items are renumbered on their index; ``ordinal`` and ``item_id`` stay.

        Raises
        ------
        InvalidInputError
            The mask is not boolean or not as long as ``items``.

        Examples
        --------
        >>> plan = parse_plan("一、推进产业\n1.建设园区。\n2.培育企业。", year=2020)
        >>> len(plan.select(plan.items["ordinal"] > 1).items)
        1
        """
        if isinstance(mask, pd.Series) and not mask.index.equals(self.items.index):
            raise InvalidInputError(
                "the mask has another index than plan.items; build it from plan.items itself"
            )
        keep = np.asarray(mask)
        if keep.shape != (len(self.items),) or keep.dtype != bool:
            raise InvalidInputError(
                f"the mask is boolean with one entry for each of the {len(self.items)} items, "
                f"not {keep.dtype} of shape {keep.shape}"
            )
        items = self.items[keep].reset_index(drop=True)
        kept = set(items["item_id"])
        tables = {
            name: frame[frame["item_id"].isin(kept)].reset_index(drop=True)
            for name in ("agencies", "targets", "citations", "theme_hits")
            for frame in [getattr(self, name)]
        }
        return replace(self, items=items, **tables)

    def shares(self) -> pd.Series[float]:
        """Share of the characters of the source under each layout label; they sum to 1."""
        length = (self.layout["end"] - self.layout["start"]).groupby(self.layout["label"]).sum()
        total = max(len(self.source_text), 1)
        return (length.reindex(list(LABELS), fill_value=0) / total).rename("share")


def read_plan(
    source: Source,
    *,
    unit: str = "auto",
    year: int | None = None,
    issuer: str | None = None,
    region: str | None = None,
    name: str | None = None,
    **options: Any,
) -> Plan:
    """Read one plan from a path, URL, bytes or open file.

    Parameters
    ----------
    source : str, path, bytes or file object
        The document.
    unit : {"auto", "numbered", "paragraph", "clause"}
        What becomes an item; ``auto`` takes the finest level that carries tasks.
    year : int, optional
        Overrides the year that the document states.
    issuer : str, optional
        Overrides the issuer that the document states.
    region : str, optional
        Overrides the place whose plan it is; ``全国`` for the whole country.
    name : str, optional
        A name for the source where it has none.
    **options
        Passed to the reader (``encoding``, ``script`` ...).

    Returns
    -------
    Plan

    Raises
    ------
    SourceNotFoundError, UnreadableSourceError
        There is no such document, or it holds no readable text.

    Warns
    -----
    PlanDiffWarning
        The document holds no items (a cover notice), or states no year.
    """
    document = read_source(source, name=name, **options)
    return _plan(document, unit, year, issuer, region, stacklevel=3)


def parse_plan(
    text: str,
    *,
    year: int | None = None,
    issuer: str | None = None,
    region: str | None = None,
    unit: str = "auto",
    name: str = "<text>",
) -> Plan:
    r"""Read a plan from text already in hand; parameters as in :func:`read_plan`.

    Examples
    --------
    >>> plan = parse_plan("一、推进产业\n1.建设园区。新建3个园区。", year=2020, issuer="某市")
    >>> plan.items[["number", "section", "title"]].values.tolist()
    [['1.', '推进产业', '建设园区']]
    """
    if not isinstance(text, str):
        raise InvalidInputError(
            f"parse_plan takes text, not {type(text).__name__}; read a file with read_plan"
        )
    return _plan(document_from_text(text, name), unit, year, issuer, region, stacklevel=3)


class Plans(list[Plan]):
    """Plans in the order of their years; ``report`` has a row for every document, good or bad.

    Columns of ``report``: ``source``, ``year``, ``title``, ``unit``, ``n_items``, ``error``.
    """

    report: pd.DataFrame


def read_plans(
    sources: Sources,
    *,
    unit: str = "auto",
    issuer: str | None = None,
    progress: bool = True,
    **options: Any,
) -> Plans:
    """Read several plans, in the order of their years.

    Parameters
    ----------
    sources : str, path or iterable of sources
        A pattern (``"seeds/*.txt"``), a folder, a zip archive, or the sources themselves.
    unit, issuer, **options
        As in :func:`read_plan`.
    progress : bool
        Show a progress bar where reading takes more than two seconds.

    Returns
    -------
    Plans
        A list of :class:`Plan` by year, then by source. Its ``report`` is a table of all
        documents, those that could not be read with what is wrong with them.

    Raises
    ------
    SourceNotFoundError, UnreadableSourceError
        There is no document, or none that can be read.

    Warns
    -----
    PlanDiffWarning
        A document that cannot be read, holds no items or states no year; two plans of one series
        and year.
    """
    from tqdm import tqdm

    entries = list_sources(sources)
    plans = Plans()
    rows = []
    errors: list[PlanDiffError] = []
    for entry in tqdm(entries, disable=not progress, desc="plans", delay=2, leave=False):
        document = entry.read(**options)
        row: dict[str, Any] = {"source": entry.name}
        if isinstance(document, PlanDiffError):
            errors.append(document)
            rows.append({**row, "error": str(document)})
            continue
        plan = _plan(document, unit, None, issuer, None, stacklevel=4)
        plans.append(plan)
        found = {"year": plan.year, "title": plan.title, "unit": plan.unit}
        rows.append({**row, **found, "n_items": len(plan.items), "error": ""})
    if not plans:
        raise errors[0]
    for error in errors:
        warnings.warn(f"left out: {error}", PlanDiffWarning, stacklevel=2)
    plans.sort(key=lambda plan: (plan.year is None, plan.year or 0, plan.source))
    for before, plan in pairwise(plans):
        if plan.year is not None and _edition(before) == _edition(plan):
            warnings.warn(
                f"two plans of {plan.year}: {before.source} and {plan.source}; compare and track "
                "take one plan a year, so choose one or give year=",
                PlanDiffWarning,
                stacklevel=2,
            )
    plans.report = pd.DataFrame(rows, columns=REPORT_COLUMNS).astype({"year": "Int64"})
    return plans


def _edition(plan: Plan) -> tuple[int | None, str, str]:
    return plan.year, plan.issuer, plan.series_title


def _plan(
    document: SourceDocument,
    unit: str,
    year: int | None,
    issuer: str | None,
    region: str | None,
    stacklevel: int,
) -> Plan:
    plan, doubts, _ = plan_of(document, unit=unit, year=year, issuer=issuer, region=region)
    for doubt in doubts.values():
        warnings.warn(f"{document.name}: {doubt}", PlanDiffWarning, stacklevel=stacklevel)
    return plan


def plan_of(
    document: SourceDocument,
    *,
    unit: str = "auto",
    year: int | None = None,
    issuer: str | None = None,
    region: str | None = None,
) -> tuple[Plan, dict[str, str], dict[str, str]]:
    """The plan of a document that has been opened, with its doubts and guesses.

    Parameters as in :func:`read_plan`, which warns of the doubts (under ``n_items`` and ``year``).
    The guesses are the fields that something else than the document's own head or signature
    tells: ``year``, ``issuer``, ``region``.
    """
    canonical = canonicalize(document)
    outline = read_outline(canonical, unit)
    layout = layout_frame(canonical, outline, len(document.text))
    metadata = _metadata(canonical.text, outline, document.name, region)
    if year is not None:
        metadata = replace(metadata, year=_checked_year(year), years=(_checked_year(year),))
    if issuer is not None:
        place, level = region_of(issuer, metadata.region)
        metadata = replace(metadata, issuer=issuer)
        if region is None:
            metadata = replace(metadata, region=place, level=level)
    key = f"{metadata.year or 'undated'}-{document.sha256[:6]}"
    tables = build_tables(canonical, outline, document.text, metadata, key)
    entries = [*canonical.log, *outline.log, *_set_aside(layout, document.text)]
    facts = {**vars(metadata)}
    guesses = facts.pop("guesses")
    doubts = {}
    if tables.items.empty:
        doubts["n_items"] = _NOTICE if outline.regions.hands_out else _NOTHING
        entries.append(LogEntry("no_items", 0, len(document.text), "", "", doubts["n_items"]))
    if metadata.year is None:
        doubts["year"] = "the year of the plan is not stated; give it as year="
    _logger.debug("%s: %d items", document.name, len(tables.items))
    plan = Plan(
        **facts,
        source=document.name,
        encoding=document.encoding,
        sha256=document.sha256,
        unit=outline.unit,
        levels=outline.levels,
        source_text=document.text,
        text=canonical.text,
        items=tables.items,
        agencies=tables.agencies,
        targets=tables.targets,
        citations=tables.citations,
        theme_hits=tables.theme_hits,
        log=log_frame(entries),
        layout=layout,
    )
    return plan, doubts, guesses


def _checked_year(year: object) -> int:
    if isinstance(year, (int, np.integer)) and not isinstance(year, bool) and 1900 <= year <= 2200:
        return int(year)
    raise InvalidInputError(f"a year is a whole number such as 2016, not {year!r}")


def _metadata(text: str, outline: Outline, name: str, region: str | None) -> Metadata:
    segments = [Segment(each.start, each.end) for each in outline.stretches]
    first = next(
        (each.start for each in outline.stretches if each.label in ("item", "heading")), len(text)
    )
    return read_metadata(text, segments, outline.regions, first, name, region)


def _set_aside(layout: pd.DataFrame, text: str) -> list[LogEntry]:
    """Log rows for front and back matter; furniture is logged where it is recognised."""
    rows = zip(*(layout[name].tolist() for name in ("label", "start", "end")), strict=True)
    return [
        LogEntry(label, start, end, text[start:end], "", "set aside")
        for label, start, end in rows
        if label in ("front_matter", "back_matter")
    ]
