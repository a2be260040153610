"""Tables as JSON, offsets into the documents included."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from planddiff.export.cells import plain_cell


def json_text(tables: Mapping[str, pd.DataFrame], head: Mapping[str, Any]) -> str:
    """A JSON object: the entries of `head`, then each table as a list of rows.

    Lists stay lists; a missing value is null.

    Examples
    --------
    >>> json_text({"items": pd.DataFrame({"start": [0], "lead": [["省经信委"]]})}, {})
    '{"items": [{"start": 0, "lead": ["省经信委"]}]}'
    """
    rows = {
        name: [
            {str(key): _value(value) for key, value in row.items()}
            for row in table.to_dict("records")
        ]
        for name, table in tables.items()
    }
    return json.dumps({**head, **rows}, ensure_ascii=False, allow_nan=False)


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _value(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [_value(each) for each in value]
    return plain_cell(value)
