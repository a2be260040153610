"""The review as a page of its own, for where notebooks show no widgets."""

from __future__ import annotations

import hashlib
import html
import json
from importlib.resources import files

from planddiff.review.cases import Case

_PAGE = """<!doctype html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ margin: 16px; background: #f2f5f7; }}
{css}
</style>
</head>
<body>
<p><button id="pdd-download" type="button">Download decisions 下载编码决定 (CSV)</button></p>
<div id="pdd-review"></div>
<script id="pdd-data" type="application/json">{data}</script>
<script type="module">
{script}
{standalone}
</script>
</body>
</html>
"""


def review_page(
    cases: list[Case], options: dict[str, list[Case]], coder: str, blind: bool, title: str
) -> str:
    """A page without any server: decisions stay in the browser and are downloaded as CSV.

    Parameters
    ----------
    cases, options
        As :func:`planddiff.review.cases.review_cases` gives them.
    coder : str
    blind : bool
    title : str
        Of the page.
    """
    state = {"cases": cases, "options": options, "coder": coder, "blind": blind, "rows": []}
    text = json.dumps(state, ensure_ascii=False, sort_keys=True)
    state["key"] = f"planddiff-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    data = json.dumps(state, ensure_ascii=False).replace("<", "\\u003c")
    page = files("planddiff.review") / "page"
    return _PAGE.format(
        title=html.escape(title),
        css=(page / "review.css").read_text(encoding="utf-8"),
        data=data,
        script=(page / "review.js").read_text(encoding="utf-8"),
        standalone=(page / "standalone.js").read_text(encoding="utf-8"),
    )
