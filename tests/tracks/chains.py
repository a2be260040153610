"""Items and links written by hand: 'a14' is item a of 2014; constructed throughout."""

from __future__ import annotations

import pandas as pd


def make_items(*names: str) -> pd.DataFrame:
    """Items named by letter and year, as ``a14``."""
    return pd.DataFrame(
        {
            "item_id": list(names),
            "year": [2000 + int(name[1:]) for name in names],
            "ordinal": [ord(name[0]) - ord("a") + 1 for name in names],
            "fingerprint": [f"print{name}" for name in names],
            "title": [f"推进{name}建设" for name in names],
            "core": [f"推进{name}建设工作" for name in names],
            "body": [f"1.推进{name}建设工作。" for name in names],
            "section": ["一" if name[0] < "c" else "二" for name in names],
            "themes": [["智慧城市"] if name[0] == "a" else [] for name in names],
        }
    )


def make_links(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    """Links as (old, new, forward, backward)."""
    table = pd.DataFrame(rows, columns=["old_id", "new_id", "forward", "backward"])
    years = {side: 2000 + table[f"{side}_id"].str[1:].astype(int) for side in ("old", "new")}
    return table.assign(
        old_year=years["old"],
        new_year=years["new"],
        similarity=table["forward"],
        confidence=0.9,
        stable=True,
    )


def make_statuses(*rows: tuple[int, int, str, str, str]) -> pd.DataFrame:
    """Statuses as (old year, new year, side, item, status)."""
    return pd.DataFrame(rows, columns=["old_year", "new_year", "side", "item_id", "status"])
