"""Folders of CSV and Parquet, JSON with offsets, the data dictionary, the paragraph."""

import json

import pandas as pd
import pytest

from planddiff.errors import InvalidInputError
from planddiff.export.dictionary import data_dictionary


def test_csv_files_hold_the_tables_and_a_dictionary(comparison, tmp_path):
    comparison.to_csv(tmp_path / "out")
    tables = comparison.tables()
    assert {path.stem for path in (tmp_path / "out").iterdir()} == {*tables, "dictionary"}
    links = pd.read_csv(tmp_path / "out" / "links.csv", encoding="utf-8-sig")
    assert links["old_title"].tolist() == tables["links"]["old_title"].tolist()
    assert links["confidence"].round(12).tolist() == (
        tables["links"]["confidence"].round(12).tolist()
    )
    assert (tmp_path / "out" / "links.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_parquet_keeps_lists_and_types(tracks, tmp_path):
    tracks.to_csv(tmp_path, "parquet")
    items = pd.read_parquet(tmp_path / "items.parquet")
    wanted = tracks.tables()["items"]
    assert [list(each) for each in items["lead"]] == wanted["lead"].tolist()
    assert items["ordinal"].dtype == wanted["ordinal"].dtype


@pytest.mark.parametrize("name", ["comparison", "tracks"])
def test_every_column_is_explained(name, request):
    tables = request.getfixturevalue(name).tables()
    unexplained = data_dictionary(tables).query("meaning == ''")
    assert unexplained[["table", "column"]].values.tolist() == []
    book = tables["codebook"]
    assert {"unit", "status", "dial", "document", "version", "column"} <= set(book["topic"])
    assert (book.loc[book["name"] == "planddiff", "value"] != "").all()


def test_json_offsets_lead_back_into_the_text(comparison, tmp_path):
    text = comparison.to_json(tmp_path / "c.json")
    assert (tmp_path / "c.json").read_text("utf-8") == text
    data = json.loads(text)
    sources = {plan.year: plan.source_text for plan in (comparison.old, comparison.new)}
    for item in data["items"]:
        assert sources[item["year"]][item["start"] : item["end"]] == item["body"]
        assert isinstance(item["lead"], list)
    years = {item["item_id"]: item["year"] for item in data["items"]}
    for target in data["targets"]:
        source = sources[years[target["item_id"]]]
        assert source[target["start"] : target["end"]] == target["as_written"]
    assert data["dials"]["matcher"]["threshold"] == comparison.matcher.threshold


def test_wrong_formats_and_places_are_named(comparison, tmp_path):
    with pytest.raises(InvalidInputError, match="format='xls': give one of csv, parquet"):
        comparison.to_csv(tmp_path, "xls")
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInputError, match="is a file; give the name of a folder"):
        comparison.to_csv(tmp_path / "file")


def test_tables_are_the_same_twice_and_change_nothing(comparison):
    before = comparison.links.copy()
    one, two = comparison.tables(), comparison.tables()
    for name in one:
        pd.testing.assert_frame_equal(one[name], two[name])
    pd.testing.assert_frame_equal(comparison.links, before)


def test_the_paragraph_states_units_dials_and_figures(comparison, tracks):
    zh, en = comparison.methods_text(), comparison.methods_text("en")
    assert "2份年度计划(2015—2016年,共76个条目;分析单位为编号条目)" in zh
    assert f"共得{len(comparison.links)}条对应" in zh
    assert (
        "2 annual plans (2015 to 2016, 76 items; the unit of analysis is the numbered item)" in en
    )
    assert "Fellegi and Sunter 1969" in en
    assert f"at least {comparison.matcher.threshold} confidence" in en
    assert "No coder reviewed the links." in en
    assert "1份为示例构造文本" in zh
    returned = (tracks.links["relation"] == "returned").sum()
    assert f"共{returned}条" in tracks.methods_text()
    with pytest.raises(InvalidInputError, match="lang='fr': give one of zh, en"):
        comparison.methods_text("fr")


def test_the_paragraph_reports_the_coders_and_the_quality(comparison):
    table = pd.DataFrame(
        {
            "measure": ["kappa", "alpha", "precision", "recall"],
            "value": [0.81, 0.8, 0.95, 0.9],
            "low": [0.7, 0.69, 0.9, 0.8],
            "high": [0.92, 0.91, 0.98, 0.97],
            "units": 60,
        }
    )
    text = comparison.methods_text("en", agreement=table[:2], quality=table[2:])
    assert "judged 60 pairs blindly" in text
    assert "kappa 0.81 [0.70, 0.92]" in text
    assert "precision of the whole run is estimated at 0.95 [0.90, 0.98]" in text
