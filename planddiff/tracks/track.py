"""From plans of many years to tracks: compare neighbours, look across gaps, chain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pandas as pd
from tqdm import tqdm

from planddiff.comparison import Comparison, compare
from planddiff.decisions import as_decisions, confirmed_pairs
from planddiff.fields.agency_register import AgencyRegister
from planddiff.fields.theme_lexicon import ThemeLexicon
from planddiff.fields.themes import tag_item
from planddiff.matching import Matcher
from planddiff.plan import Plan
from planddiff.tracks.calendar import Calendar, presence_table
from planddiff.tracks.documents import only_parts, order_documents, pool
from planddiff.tracks.events import events_table
from planddiff.tracks.initiatives import initiatives_table
from planddiff.tracks.lineage import build_lineages
from planddiff.tracks.responsibility import named_agencies
from planddiff.tracks.result import Tracks
from planddiff.tracks.returns import find_returns

LONG_WORK = 12_000
"""Item pairs from which a progress bar is shown: some two seconds of work."""


def track(
    plans: Iterable[Plan],
    *,
    matcher: Matcher | None = None,
    decisions: Any = None,
    themes: Any = None,
    agencies: str | AgencyRegister = "harmonised",
    successors: Mapping[str, str] | None = None,
    progress: bool = True,
) -> Tracks:
    r"""Follow initiatives over the years of a series of plans.

    Neighbouring observed years are compared pairwise; what is left over is compared across gaps
    of years; the links are chained into initiatives along their main line
    (see :mod:`planddiff.tracks.lineage` for the rule).

    Parameters
    ----------
    plans : iterable of Plan
        Plans of one issuer and at least two years, in any order. A year may have several
        documents of different series (a plan and its supplement); a year without a document is
        unobserved. Only items of the parts that the matcher compares are followed.
    matcher : Matcher, optional
        Passed to :func:`planddiff.compare`, for neighbours and for gaps alike.
    decisions : path, DataFrame or Decisions, optional
        Coders' decisions, replayed as by :func:`planddiff.compare`; across a gap of years a
        confirmed pair makes a return, where both items are without another link.
    themes : optional
        A theme lexicon, anything that ``ThemeLexicon.from_any`` takes; by default the themes with
        which the plans were read.
    agencies : {'harmonised', 'as_written'} or AgencyRegister
        Whether agencies are counted under one name through renamings (by the shipped register or
        the one given), or as the plans print them.
    successors : mapping of str to str, optional
        Series title to the title that followed it, where the plan was renamed.
    progress : bool
        Show a progress bar where comparing takes more than two seconds.

    Returns
    -------
    Tracks

    Raises
    ------
    InvalidInputError
        Fewer than two years, twice the same series in one year, plans of different regions, a
        plan without tasks or without a year, or an unknown word for `agencies`.

    Examples
    --------
    >>> from planddiff.plan import parse_plan
    >>> text = "一、产业\n1.推进智慧物流建设。建设物流信息平台。\n2.推广农村宽带。"
    >>> old = parse_plan(text, year=2014)
    >>> new = parse_plan(text.partition("2.")[0], year=2015)
    >>> tracks = track([new, old])
    >>> tracks.initiatives[["label", "first_year", "last_year"]].values.tolist()
    [['推进智慧物流建设', 2014, 2015], ['推广农村宽带', 2014, 2014]]
    """
    ordered, documents = order_documents(plans, successors)
    matcher = Matcher() if matcher is None else matcher
    ordered = [only_parts(plan, matcher.parts) for plan in ordered]
    if themes is not None:
        lexicon = ThemeLexicon.from_any(themes)
        ordered = [_retagged(plan, lexicon) for plan in ordered]
    mentions = named_agencies(ordered, agencies)
    calendar = Calendar.of(plan.year for plan in ordered if plan.year is not None)
    by_year = {
        year: pool([plan for plan in ordered if plan.year == year]) for year in calendar.observed
    }
    coded = as_decisions(decisions)
    options: dict[str, Any] = {"matcher": matcher, "decisions": coded}
    comparisons = _compare_neighbours(by_year, options, progress)
    statuses = _statuses(comparisons)
    returns = find_returns(
        by_year,
        statuses,
        lambda old, new, whole: compare(old, new, context=whole, **options),
        confirmed_pairs(coded),
    )
    back = set(returns["new_id"]) if len(returns) else set()
    came_back = (statuses["side"] == "new") & statuses["item_id"].isin(back)
    statuses.loc[came_back, "status"] = "returned"
    items = _items(ordered)
    tables = [links for links in (*(each.links for each in comparisons), returns) if len(links)]
    links = pd.concat(tables, ignore_index=True) if tables else comparisons[0].links
    lineages = build_lineages(items, links)
    return Tracks(
        plans=tuple(ordered),
        documents=documents,
        comparisons=tuple(comparisons),
        items=items,
        initiatives=initiatives_table(lineages, items, statuses, calendar),
        members=lineages.members,
        links=lineages.links,
        events=events_table(lineages, statuses, calendar),
        kinship=lineages.kinship,
        presence=presence_table(lineages.members, calendar),
        statuses=statuses,
        agency_mentions=mentions,
        calendar=calendar,
        settings={
            "matcher": matcher,
            "decisions": coded,
            "themes": themes,
            "agencies": agencies,
            "successors": dict(successors or {}),
        },
    )


def _compare_neighbours(
    by_year: Mapping[int, Plan], options: Mapping[str, Any], progress: bool
) -> list[Comparison]:
    years = sorted(by_year)
    pairs = list(pairwise(years))
    work = sum(len(by_year[old].items) * len(by_year[new].items) for old, new in pairs)
    hidden = work < LONG_WORK or not progress
    shown = tqdm(pairs, desc="comparing years", disable=hidden, leave=False)
    return [compare(by_year[old], by_year[new], **options) for old, new in shown]


def _statuses(comparisons: Sequence[Comparison]) -> pd.DataFrame:
    tables = []
    for comparison in comparisons:
        table = comparison.items.assign(old_year=comparison.old.year, new_year=comparison.new.year)
        tables.append(table[["old_year", "new_year", "side", "item_id", "status"]])
    return pd.concat(tables, ignore_index=True)


def _items(plans: Sequence[Plan]) -> pd.DataFrame:
    tables = [plan.items.assign(document=number) for number, plan in enumerate(plans)]
    items = pd.concat(tables, ignore_index=True)
    return items.astype({"year": int})


def _retagged(plan: Plan, lexicon: ThemeLexicon) -> Plan:
    tags = [
        tag_item(core, section=section, lexicon=lexicon)
        for core, section in zip(plan.items["core"], plan.items["section"], strict=True)
    ]
    return replace(plan, items=plan.items.assign(themes=pd.Series(tags, index=plan.items.index)))
