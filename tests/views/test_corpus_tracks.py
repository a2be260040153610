"""The view of the tracks of a corpus: counts, rows, folds, and no text that becomes markup."""

import pandas as pd

from planddiff.views import corpus_tracks_view
from planddiff.views.corpus_tracks import LISTED, OPEN


def groups(number, **changes):
    table = pd.DataFrame(
        {
            "issuer": [f"第{place}市" for place in range(number)],
            "tracked": True,
            "constructed": False,
            "n_documents": 3,
            "n_years": 3,
            "first_year": 2014,
            "last_year": 2016,
            "n_items": 10,
            "n_initiatives": 7,
        }
    )
    return table.assign(**changes)


def errors(**cells):
    columns = ["issuer", "document_id", "source", "reason", "message"]
    return pd.DataFrame([cells] if cells else [], columns=columns)


def test_counts_and_rows():
    html = corpus_tracks_view(groups(2, tracked=[True, False]), errors(), ["issuer"])
    assert "1 tracked: issuer" in html
    assert "7 initiatives" in html
    assert "10 items" in html
    assert "1 not tracked" in html
    assert "第0市" in html
    assert "第1市" not in html
    assert "constructed" not in html.split("</style>")[1]


def test_constructed_documents_are_marked():
    html = corpus_tracks_view(groups(2, constructed=True), errors(), ["issuer"])
    assert "2 with constructed documents" in html


def test_long_lists_are_folded_and_cut():
    html = corpus_tracks_view(groups(LISTED + 5), errors(), ["issuer"])
    opened, folded = html.split("<details>")
    assert opened.count("第") == OPEN
    assert folded.count("第") == LISTED - OPEN
    assert "5 more: tracks.groups" in folded


def test_text_of_documents_is_escaped():
    bad = "<script>alert(1)</script>"
    lost = errors(issuer=bad, document_id="a", source=bad, reason="copy", message=bad)
    html = corpus_tracks_view(groups(1, issuer=bad), lost, ["issuer"])
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= 4
    assert "1 documents set aside" in html
