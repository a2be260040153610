"""What a worker does for one group of documents: choose its plans, track them, lay out the tables.

Documents that cannot be followed are set aside with a reason, and the others go on without them. A
group as a whole is set aside where a choice would have to be made that is the researcher's.
"""

from __future__ import annotations

import logging
import re
import traceback
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import pandas as pd

from planddiff.corpus.corpus import Corpus
from planddiff.corpus.store import key_of
from planddiff.errors import InvalidInputError, PlanDiffError, SourceNotFoundError
from planddiff.fields.agency_register import AgencyRegister
from planddiff.fields.theme_lexicon import ThemeLexicon
from planddiff.matching import Matcher
from planddiff.plan import Plan
from planddiff.tracks.documents import series_of
from planddiff.tracks.result import Tracks
from planddiff.tracks.track import track

TABLES = (
    "documents",
    "items",
    "initiatives",
    "presence",
    "members",
    "links",
    "events",
    "kinship",
    "statuses",
    "persistence",
    "targets",
    "agency_mentions",
)
Aside = dict[str, str]
"""A document that is not tracked: ``document_id``, ``reason``, ``message``."""
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Dials:
    """What was set for all groups alike."""

    matcher: Matcher
    themes: ThemeLexicon | None
    agencies: str | AgencyRegister
    run: str

    @classmethod
    def of(cls, matcher: Matcher | None, themes: Any, agencies: str | AgencyRegister) -> Dials:
        """Read lexicons and weights here, so that no worker needs the files they come from."""
        if isinstance(agencies, str) and agencies not in ("harmonised", "as_written"):
            raise InvalidInputError(
                f"agencies={agencies!r}; use 'harmonised', 'as_written' or an AgencyRegister."
            )
        matcher = Matcher() if matcher is None else matcher
        lexicon = None if themes is None else ThemeLexicon.from_any(themes)
        # Nothing tells one function of one's own from another, so its results serve one run only.
        run = uuid4().hex if matcher.evidence else ""
        return cls(replace(matcher, calibration=matcher.weights), lexicon, agencies, run)

    def describe(self) -> dict[str, Any]:
        """Every dial with its value, for those who read the results."""
        themes = "as read" if self.themes is None else repr(self.themes)
        agencies = self.agencies if isinstance(self.agencies, str) else "register of one's own"
        return {"matcher": self.matcher.dials(), "themes": themes, "agencies": agencies}

    def key(self, documents: list[list[str]]) -> str:
        """Name in the store for what these dials make of documents, each told by its texts."""
        rows = () if self.themes is None else self.themes.rows
        register = self.agencies if isinstance(self.agencies, str) else self.agencies.rows
        weights = repr(self.matcher.weights)
        return key_of("tracks", documents, self.matcher.dials(), weights, rows, register, self.run)


@dataclass(frozen=True)
class Outcome:
    """What became of a group: tracks and tables, if any, and the documents that are not in them."""

    tracks: Tracks | None
    tables: dict[str, pd.DataFrame]
    aside: list[Aside]


def track_group(part: Corpus, dials: Dials) -> Outcome:
    """Track the documents of one group; whatever goes wrong with them is a reason, not an error.

    Raises
    ------
    SourceNotFoundError
        A plan is not in the store, so nothing can be said about the group.
    """
    plans: dict[str, Plan] = {}
    aside: list[Aside] = []
    try:
        plans, aside = _trackable(part, dials.matcher)
        if reason := _hindrance(plans):
            return Outcome(None, {}, [*aside, *(_aside(name, *reason) for name in plans)])
        tracks = track(
            plans.values(),
            matcher=dials.matcher,
            themes=dials.themes,
            agencies=dials.agencies,
            progress=False,
        )
        tables = _tables(tracks, {_identity(plan): name for name, plan in plans.items()})
    except SourceNotFoundError:
        raise
    except Exception as error:
        known = {each["document_id"] for each in aside}
        left = [name for name in part.documents["document_id"] if name not in known]
        return Outcome(None, {}, [*aside, *(_aside(name, *_failure(error)) for name in left)])
    return Outcome(tracks, tables, aside)


def _identity(plan: Plan) -> tuple[int | None, str, str]:
    return plan.year, plan.source, plan.sha256


def _trackable(part: Corpus, matcher: Matcher) -> tuple[dict[str, Plan], list[Aside]]:
    """Plans by the name of their document, in the order of the documents, and the others."""
    plans: dict[str, Plan] = {}
    aside = []
    first: dict[tuple[int, str], str] = {}
    for name in part.documents["document_id"]:
        plan = part.plan(name)
        if plan.year is None:
            reason = "no year", "states no year: give one in the table that read_corpus takes"
        elif not plan.items["part"].isin(matcher.parts).any():
            reason = "no tasks", f"none of its {len(plan.items)} items is of {matcher.parts}"
        elif copied := first.get((plan.year, _bare(plan.text))):
            reason = "copy", f"has the same text as {copied}, which is tracked"
        else:
            first[plan.year, _bare(plan.text)] = f"{name} ({plan.source})"
            plans[name] = plan
            continue
        aside.append(_aside(name, *reason))
    return plans, aside


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _hindrance(plans: dict[str, Plan]) -> tuple[str, str] | None:
    years = {plan.year for plan in plans.values()}
    if len(years) < 2:
        found = f"only {years.pop()}" if years else "none"
        return "one year", f"tracking needs plans of two years, and this group has {found}"
    seen: dict[tuple[int | None, str], str] = {}
    for name, plan in plans.items():
        edition = plan.year, series_of(plan)
        if edition in seen:
            return "clash", (
                f"two plans of {plan.year} in the series {edition[1]!r}, {seen[edition]} and "
                f"{name} ({plan.source}): keep one with corpus.select, or group by another column"
            )
        seen[edition] = f"{name} ({plan.source})"
    return None


def _failure(error: Exception) -> tuple[str, str]:
    if isinstance(error, PlanDiffError):
        return type(error).__name__, str(error)
    _logger.warning("a group could not be tracked", exc_info=error)
    spot = traceback.extract_tb(error.__traceback__)[-1]
    return type(error).__name__, f"{error} ({spot.filename}:{spot.lineno})"


def _aside(document_id: str, reason: str, message: str) -> Aside:
    return {"document_id": document_id, "reason": reason, "message": message}


def _tables(
    tracks: Tracks, names: dict[tuple[int | None, str, str], str]
) -> dict[str, pd.DataFrame]:
    """The tables ``TABLES`` of one group, documents under their names in the corpus."""
    documents = tracks.documents.copy()
    documents.insert(1, "document_id", [names[_identity(plan)] for plan in tracks.plans])
    plain = {
        name: getattr(tracks, name)
        for name in ("items", "members", "links", "events", "kinship", "statuses")
    }
    made = {
        "documents": documents,
        "initiatives": tracks.initiatives.drop(columns="statuses"),
        "presence": _presence(tracks),
        "persistence": tracks.persistence(),
        "targets": tracks.targets(),
        "agency_mentions": tracks.agency_mentions,
    }
    return {name: {**plain, **made}[name] for name in TABLES}


def _presence(tracks: Tracks) -> pd.DataFrame:
    """One row per initiative and calendar year: where it stands, and its status."""
    wide = tracks.presence
    statuses = dict(
        zip(tracks.initiatives["initiative_id"], tracks.initiatives["statuses"], strict=True)
    )
    rows = [
        (name, year, word, statuses[name].get(year))
        for name, words in zip(wide.index, wide.to_numpy().tolist(), strict=True)
        for year, word in zip(wide.columns.tolist(), words, strict=True)
    ]
    columns = ["initiative_id", "year", "presence", "status"]
    return pd.DataFrame(rows, columns=columns)
