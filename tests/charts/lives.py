"""A few initiatives over six years, 2016 without a document."""

from __future__ import annotations

import pandas as pd

LIVES = {
    "a": ("推进智慧城市时空信息云平台建设", [2014, 2015, 2017, 2018, 2019]),
    "b": ("深化农民信箱服务", [2014, 2018]),
    "c": ("推动大数据市场交易", [2015, 2017]),
}
INITIATIVES = pd.DataFrame(
    {
        "initiative_id": list(LIVES),
        "label": [label for label, _ in LIVES.values()],
        "left_censored": [True, True, False],
        "right_censored": [True, False, False],
        "statuses": [
            {2014: "observed", 2015: "persisted", 2017: "changed", 2018: "split", 2019: "changed"},
            {2014: "observed", 2018: "returned", 2019: "dropped"},
            {2015: "new", 2017: "merged", 2018: "dropped"},
        ],
    }
)
MEMBERS = pd.DataFrame(
    [(name, year) for name, (_, years) in LIVES.items() for year in years],
    columns=["initiative_id", "year"],
)
EVENTS = pd.DataFrame(
    [
        ("a", 2018, "split"),
        ("b", 2018, "returned"),
        ("b", 2015, "dropped"),
        ("c", 2017, "merged"),
        ("c", 2018, "dropped"),
    ],
    columns=["initiative_id", "year", "event"],
)
SOURCES = pd.DataFrame(
    {"year": [2014, 2015, 2017, 2018, 2019], "issuer": "示例市", "constructed": True}
)
