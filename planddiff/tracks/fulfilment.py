"""Promise and report: which tasks of a plan the next document's review speaks of."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from planddiff.comparison import compare
from planddiff.errors import InvalidInputError
from planddiff.matching import Matcher
from planddiff.plan import Plan
from planddiff.tracks.documents import only_parts

REVIEW = "review"
COLUMNS = [
    "item_id",
    "ordinal",
    "section",
    "title",
    "fate",
    "report_ids",
    "reported",
    "similarity",
    "confidence",
]


def fulfilment_table(
    plan: Plan, next_report: Plan, *, matcher: Matcher | None = None
) -> pd.DataFrame:
    """Link the tasks of one year to the review part (回顾) of the next document.

    Parameters
    ----------
    plan : Plan
        The plan with the promises.
    next_report : Plan
        A later document with items of part ``review``.
    matcher : Matcher, optional
        As for :func:`planddiff.compare`.

    Returns
    -------
    DataFrame
        One row per task of `plan`: ``item_id``, ``ordinal``, ``section``, ``title``, ``fate``
        (``reported``, ``silent`` or ``uncertain``), ``report_ids`` and ``reported`` (texts of the
        review items linked to it), ``similarity`` and ``confidence`` (best link, 0..1). Reported
        says that the review speaks of the task, not that it was achieved.

    Raises
    ------
    InvalidInputError
        The plan has no tasks, the report no review, or the report is not of a later year.
    """
    if plan.year is None or next_report.year is None or next_report.year <= plan.year:
        raise InvalidInputError(
            f"the report must be of a later year than the plan, got plan {plan.year} and report "
            f"{next_report.year}; swap them or read them with year=."
        )
    reviewed = next_report.items["part"] == REVIEW
    if not reviewed.any():
        raise InvalidInputError(
            f"{next_report.title!r} has no review part (回顾) among its "
            f"{len(next_report.items)} items; pass the report that looks back on {plan.year}."
        )
    matcher = Matcher() if matcher is None else matcher
    tasks = only_parts(plan, matcher.parts)
    review = next_report.select(reviewed)
    across = replace(matcher, parts=(*matcher.parts, REVIEW))
    comparison = compare(tasks, review, matcher=across)
    old = comparison.items.loc[comparison.items["side"] == "old"]
    status = dict(zip(old["item_id"], old["status"], strict=True))
    body_of = review.items.set_index("item_id")["body"]
    rows = []
    for task in tasks.items.to_dict("records"):
        links = comparison.links.loc[comparison.links["old_id"] == task["item_id"]]
        fates = {"dropped": "silent", "uncertain": "uncertain"}
        rows.append(
            {name: task[name] for name in COLUMNS[:4]}
            | {
                "fate": fates.get(status[task["item_id"]], "reported"),
                "report_ids": list(links["new_id"]),
                "reported": [body_of[item] for item in links["new_id"]],
                "similarity": links["similarity"].max(),
                "confidence": links["confidence"].max(),
            }
        )
    return pd.DataFrame(rows, columns=COLUMNS)
