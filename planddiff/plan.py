"""The plan: one document of one issuer for one year, as tidy tables with exact provenance."""

from __future__ import annotations

import html
import logging
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from planddiff.errors import InvalidInputError, PlanDiffWarning
from planddiff.log import LogEntry, log_frame
from planddiff.normalize import canonicalize
from planddiff.outline import Outline, read_outline
from planddiff.outline.spans import Segment
from planddiff.plan_items import Tables, build_tables
from planddiff.plan_layout import LABELS, layout_frame
from planddiff.plan_metadata import Metadata, read_metadata
from planddiff.readers import Source, document_from_text, read_source
from planddiff.readers.document import SourceDocument

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
        ``plan.source_text[start:end]`` is ``body`` or ``as_written``.
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
        rows = {
            "title": self.title + (" [constructed]" if self.constructed else ""),
            "year": self.year,
            "issuer": self.issuer,
            "items": len(self.items),
            "agency mentions": len(self.agencies),
            "targets": len(self.targets),
            "log rows": len(self.log),
            "source": self.source,
        }
        cells = "".join(
            f"<tr><th>{html.escape(name)}</th><td>{html.escape(str(value))}</td></tr>"
            for name, value in rows.items()
        )
        return f"<table>{cells}</table>"

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
    return _plan(document, unit, year, issuer, stacklevel=3)


def parse_plan(
    text: str,
    *,
    year: int | None = None,
    issuer: str | None = None,
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
    return _plan(document_from_text(text, name), unit, year, issuer, stacklevel=3)


def read_plans(
    sources: Source | Iterable[Source],
    *,
    unit: str = "auto",
    issuer: str | None = None,
    progress: bool = False,
    **options: Any,
) -> list[Plan]:
    """Read several plans, in the order of their years.

    Parameters
    ----------
    sources : str, path or iterable of sources
        A pattern (``"seeds/*.txt"``), a folder, or the sources themselves.
    unit, issuer, **options
        As in :func:`read_plan`.
    progress : bool
        Show a progress bar.

    Returns
    -------
    list of Plan
        By year, then by source name.

    Warns
    -----
    PlanDiffWarning
        Two plans of one series and year.
    """
    from tqdm import tqdm

    paths = _expanded(sources)
    plans = [
        _plan(read_source(path, **options), unit, None, issuer, stacklevel=3)
        for path in tqdm(paths, disable=not progress, desc="plans")
    ]
    plans.sort(key=lambda plan: (plan.year is None, plan.year or 0, plan.source))
    return plans


def _expanded(sources: Source | Iterable[Source]) -> Sequence[Source]:
    from planddiff.errors import SourceNotFoundError

    if isinstance(sources, (str, Path)):
        path = Path(sources)
        if path.is_dir():
            found: list[Path] = sorted(each for each in path.iterdir() if each.is_file())
        elif re.search(r"[*?\[]", str(sources)) and not path.exists():
            found = sorted(Path(path.anchor or ".").glob(str(path.relative_to(path.anchor))))
        else:
            return [sources]
        if not found:
            raise SourceNotFoundError(f"no file matches {str(sources)!r}; check the pattern")
        return found
    if isinstance(sources, (bytes, bytearray, memoryview)) or hasattr(sources, "read"):
        return [sources]  # type: ignore[list-item]
    return list(sources)  # type: ignore[arg-type]


def _plan(
    document: SourceDocument, unit: str, year: int | None, issuer: str | None, stacklevel: int
) -> Plan:
    canonical = canonicalize(document)
    outline = read_outline(canonical, unit)
    layout = layout_frame(canonical, outline, len(document.text))
    metadata = _metadata(canonical.text, canonical.lines, outline, document.name)
    if year is not None:
        metadata = replace(metadata, year=int(year), years=(int(year),))
    if issuer is not None:
        metadata = replace(metadata, issuer=issuer)
    key = f"{metadata.year or 'undated'}-{document.sha256[:6]}"
    tables = build_tables(canonical, outline, document.text, metadata, key)
    entries = [*canonical.log, *outline.log, *_notices(layout, document, tables)]
    for entry in entries:
        if entry.kind == "no_items":
            warnings.warn(
                f"{document.name}: {entry.message}", PlanDiffWarning, stacklevel=stacklevel
            )
    _logger.debug("%s: %d items", document.name, len(tables.items))
    return Plan(
        **vars(metadata),
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


def _metadata(text: str, lines: Sequence[Any], outline: Outline, name: str) -> Metadata:
    segments = [Segment(line.start, line.end) for line in lines]
    first = next(
        (each.start for each in outline.stretches if each.label in ("item", "heading")), len(text)
    )
    return read_metadata(text, segments, outline.regions, first, name)


def _notices(layout: pd.DataFrame, document: SourceDocument, tables: Tables) -> list[LogEntry]:
    entries = [
        LogEntry(label, start, end, document.text[start:end], "", "set aside")
        for start, end, label in zip(
            layout["start"].tolist(), layout["end"].tolist(), layout["label"].tolist(), strict=True
        )
        if label in ("front_matter", "back_matter")
    ]
    if tables.items.empty:
        entries.append(
            LogEntry(
                "no_items", 0, len(document.text), "", "",
                "no items: no numbered task and no paragraph of a plan was found; a notice whose "
                "plan is in an attachment must be read from that attachment",
            )
        )  # fmt: skip
    return entries
