"""Blind sheets: drawn, written, filled in, read back, agreed on, settled, used."""

import shutil

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from planddiff import Matcher, compare, read_coding
from planddiff.errors import InvalidInputError, SourceNotFoundError
from planddiff.evaluation import decoy_share, score_links
from planddiff.review.quality import quality_table
from planddiff.review.sampling import draw_sample


def fill(path, answer):
    """Answer every row of a sheet: ``answer`` is called with its cells by column name."""
    book = load_workbook(path)
    sheet = book["pairs"]
    names = [cell.value for cell in sheet[1]]
    for row in sheet.iter_rows(min_row=2):
        cells = dict(zip(names, row, strict=True))
        cells["same_initiative"].value = answer({name: c.value for name, c in cells.items()})
    book.save(path)


@pytest.fixture(scope="module")
def sheets(comparison, tmp_path_factory):
    """Sheets of 60 pairs; both coders say what the run says, the second errs on three pairs."""
    folder = tmp_path_factory.mktemp("coding") / "round 1"
    first, second = comparison.coding_sheets(folder, 60, coders=["甲", "乙"], seed=3)
    linked = set(zip(comparison.links["old_id"], comparison.links["new_id"], strict=True))
    key = pd.read_csv(folder / "key.csv").set_index("pair")
    truth = {
        pair: "yes" if (row["old_id"], row["new_id"]) in linked else "no"
        for pair, row in key.iterrows()
    }
    slips = sorted(truth)[:2]
    wrong = {"yes": "no", "no": "yes"}
    fill(first, lambda row: truth[row["pair"]])
    fill(
        second,
        lambda row: wrong[truth[row["pair"]]] if row["pair"] in slips else truth[row["pair"]],
    )
    return folder, truth, slips


@pytest.fixture
def copy(sheets, tmp_path):
    shutil.copytree(sheets[0], tmp_path / "copy")
    return tmp_path / "copy"


def change(folder, cell, value, name="甲.xlsx"):
    book = load_workbook(folder / name)
    book["pairs"][cell] = value
    book.save(folder / name)


def test_sheets_are_blind_shuffled_and_hold_both_texts(sheets, comparison):
    folder = sheets[0]
    books = [load_workbook(folder / name)["pairs"] for name in ("甲.xlsx", "乙.xlsx")]
    names = [cell.value for cell in books[0][1]]
    assert names == [
        "pair", "old_year", "old_title", "old_text", "new_year", "new_title", "new_text",
        "same_initiative", "note",
    ]  # fmt: skip
    orders = [[row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] for sheet in books]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1])
    key = pd.read_csv(folder / "key.csv").set_index("pair")
    bodies = comparison.tables()["items"].set_index("item_id")["body"]
    for row in books[0].iter_rows(min_row=2, values_only=True):
        assert row[3] == bodies[key.loc[row[0], "old_id"]]
        assert row[6] == bodies[key.loc[row[0], "new_id"]]
    assert books[0].data_validations.dataValidation[0].formula1 == '"yes,no,unsure"'
    guide = [row[0] for row in load_workbook(folder / "甲.xlsx")["guide"].values]
    assert any("constructed" in line for line in guide)


def test_the_sample_mixes_links_and_others_and_keeps_their_probabilities(comparison):
    pairs = comparison.pairs()
    assert len(pairs) == len(comparison.items.query("side == 'old'")) * len(
        comparison.items.query("side == 'new'")
    )
    sample = draw_sample(pairs, 60, ("confidence", "status"), 3)
    assert len(sample) == 60
    assert not sample.duplicated(["old_id", "new_id"]).any()
    assert sample["linked"].sum() == 30
    # The inverse probabilities add up to the number of pairs in every stratum drawn from.
    sizes = (1 / sample["inclusion"]).groupby(sample["stratum"]).sum()
    assert sizes.sum() == pytest.approx(len(pairs))
    runs = sample["linked"].ne(sample["linked"].shift()).sum()
    assert runs > 10


def test_the_seed_alone_decides_the_sample(comparison):
    pairs = comparison.pairs()
    one = draw_sample(pairs, 40, ("confidence",), 1)
    shuffled = pairs.sample(frac=1, random_state=0)
    pd.testing.assert_frame_equal(one, draw_sample(shuffled, 40, ("confidence",), 1))
    other = draw_sample(pairs, 40, ("confidence",), 2)
    assert set(one["new_id"] + one["old_id"]) != set(other["new_id"] + other["old_id"])


def test_every_pair_of_a_stratum_is_as_likely(comparison):
    pairs = comparison.pairs().query("not linked")
    drawn = pd.concat(draw_sample(pairs, 40, ("confidence",), seed) for seed in range(40))
    wanted = draw_sample(pairs, 40, ("confidence",), 0).groupby("band")["inclusion"].first()
    counts = drawn.groupby("band").size() / 40 / pairs.groupby("band").size()
    assert counts.to_dict() == pytest.approx(wanted.to_dict())
    assert drawn.duplicated(["old_id", "new_id"]).mean() < 0.9


def test_tracks_have_sheets_of_all_years(tracks, tmp_path):
    tracks.coding_sheets(tmp_path / "t", 60, coders=1, strata=("confidence", "document"))
    key = pd.read_csv(tmp_path / "t" / "key.csv")
    assert set(key["document"]) == {"2014-2015", "2015-2016", "2016-2017", "2017-2018"}


def test_bad_requests_are_refused(comparison, sheets, tmp_path):
    with pytest.raises(InvalidInputError, match="n=5 pairs cannot fill"):
        comparison.coding_sheets(tmp_path / "a", 5)
    with pytest.raises(InvalidInputError, match="give some of confidence, status, document"):
        comparison.coding_sheets(tmp_path / "a", 60, strata=("theme",))
    with pytest.raises(InvalidInputError, match="cannot name a file"):
        comparison.coding_sheets(tmp_path / "a", 60, coders=["a/b"])
    with pytest.raises(InvalidInputError, match="different names"):
        comparison.coding_sheets(tmp_path / "a", 60, coders=["a", "a"])
    with pytest.raises(InvalidInputError, match=r"holds 甲.xlsx, key.csv already"):
        comparison.coding_sheets(sheets[0], 60, coders=["甲"])


def test_answers_are_read_back_whatever_the_order(sheets, copy):
    truth = sheets[1]
    coding = read_coding(copy)
    assert coding.answers["甲"].to_dict() == truth
    book = load_workbook(copy / "甲.xlsx")
    rows = list(book["pairs"].iter_rows(min_row=2, values_only=True))
    for number, row in enumerate(sorted(rows), start=2):
        for place, value in enumerate(row, start=1):
            book["pairs"].cell(number, place, value)
    book.save(copy / "甲.xlsx")
    assert read_coding(copy).answers.equals(coding.answers)


def test_chinese_answers_are_understood(copy):
    change(copy, "H2", " 否 ")
    change(copy, "H3", "不确定")
    assert set(read_coding(copy).answers["甲"]) == {"yes", "no", "unsure"}


@pytest.mark.parametrize(
    ("cell", "value", "message"),
    [
        ("H7", "maybe", "甲.xlsx, cell H7: 'maybe' is no answer; write yes, no, unsure"),
        ("H9", None, "甲.xlsx: 1 pairs have no answer, the first in cell H9"),
        ("A4", "P999", "甲.xlsx, cell A4: 'P999' is no pair of this sample"),
        ("A1", "nr", "甲.xlsx, row 1: no column 'pair'"),
    ],
)
def test_a_bad_cell_is_named(copy, cell, value, message):
    change(copy, cell, value)
    with pytest.raises(InvalidInputError, match=message):
        read_coding(copy)


def test_lost_and_doubled_rows_are_named(copy):
    book = load_workbook(copy / "甲.xlsx")
    pair = book["pairs"]["A3"].value
    book["pairs"]["A4"] = pair
    book.save(copy / "甲.xlsx")
    with pytest.raises(InvalidInputError, match=f"cell A4: {pair} stands here a second time"):
        read_coding(copy)
    book["pairs"].delete_rows(4)
    book.save(copy / "甲.xlsx")
    with pytest.raises(InvalidInputError, match=r"the rows of P\d+ are missing \(1 of 60\)"):
        read_coding(copy)


def test_unfinished_sheets_are_read_when_asked(copy):
    change(copy, "H9", None)
    assert read_coding(copy, partial=True).answers["甲"].isna().sum() == 1


def test_missing_files_are_said(tmp_path, copy):
    with pytest.raises(SourceNotFoundError, match=r"no key\.csv"):
        read_coding(tmp_path)
    for path in copy.glob("*.xlsx"):
        path.unlink()
    with pytest.raises(SourceNotFoundError, match="no coding sheet"):
        read_coding(copy)


def test_agreement_and_disagreements(sheets, copy):
    coding = read_coding(copy)
    table = coding.agreement(draws=200)
    assert table.loc["agreement", "value"] == pytest.approx(58 / 60)
    assert table.loc["kappa", "low"] < table.loc["kappa", "value"] < 1
    apart = coding.disagreements()
    assert apart["pair"].tolist() == sheets[2]
    assert (apart["甲"] != apart["乙"]).all()
    assert apart["old_title"].str.len().gt(0).all()
    (copy / "乙.xlsx").unlink()
    with pytest.raises(InvalidInputError, match="agreement takes two coders"):
        read_coding(copy).agreement()


def test_gold_goes_into_evaluation_and_calibration(sheets, comparison, plans, tmp_path):
    folder, truth, slips = sheets
    coding = read_coding(folder)
    open_gold = coding.adjudicate()
    assert set(open_gold.pairs.query("strength == 'contested'")["pair"]) == set(slips)
    gold = coding.adjudicate(coding.disagreements().assign(verdict=[truth[p] for p in slips]))
    judged = gold.pairs[["old_id", "new_id"]].apply(tuple, axis=1)
    links = comparison.links.assign(document="2015-2016")
    links = links[links[["old_id", "new_id"]].apply(tuple, axis=1).isin(set(judged))]
    assert score_links(links, gold.links)["f1"] == 1
    assert decoy_share(links, gold.non_links) == 0
    calibration = gold.fit_calibration(source="coders 甲 and 乙")
    calibration.to_csv(tmp_path / "weights.csv")
    again = compare(plans[1], plans[2], matcher=Matcher(calibration=tmp_path / "weights.csv"))
    assert again.dials()["matcher"]["calibration"] == "coders 甲 and 乙"
    assert (
        score_links(again.links[["old_id", "new_id"]], comparison.links[["old_id", "new_id"]])["f1"]
        > 0.75
    )


def test_verdicts_are_checked(sheets):
    coding = read_coding(sheets[0])
    agreed = next(pair for pair in sheets[1] if pair not in sheets[2])
    with pytest.raises(InvalidInputError, match="the coders agreed on"):
        coding.adjudicate({agreed: "no"})
    with pytest.raises(InvalidInputError, match="no verdict is open on P999: unknown"):
        coding.adjudicate({"P999": "no"})
    with pytest.raises(InvalidInputError, match="is 'ja'; give one of yes, no, contested"):
        coding.adjudicate({sheets[2][0]: "ja"})


def test_quality_of_the_run_from_the_sample(sheets, comparison):
    table = read_coding(sheets[0]).adjudicate().estimate_quality()
    assert table.loc["precision", "value"] == 1
    assert table.loc["recall", "value"] == 1
    assert table.loc["recall", "low"] < 0.9
    text = comparison.methods_text("en", quality=table)
    assert "precision of the whole run is estimated at 1.00" in text


def test_estimates_weigh_every_pair_by_its_chance_of_being_drawn():
    judged = pd.DataFrame(
        {
            "stratum": ["a"] * 4 + ["b"] * 5,
            "stratum_size": [8] * 4 + [100] * 5,
            "linked": [True] * 4 + [False] * 5,
            "is_link": [True, True, True, False, True, False, False, False, False],
        }
    )
    table = quality_table(judged)
    assert table.loc["precision", "value"] == pytest.approx(6 / 8)
    assert table.loc["recall", "value"] == pytest.approx(6 / (6 + 20))
    assert table.loc["f1", "value"] == pytest.approx(2 * 6 / (8 + 26))


def test_the_intervals_cover_the_truth_as_often_as_they_say(comparison):
    pairs = comparison.pairs()
    generator = np.random.default_rng(0)
    # A truth unlike the run: one link in eight is false, and one near pair in twelve was missed.
    true = np.where(
        pairs["linked"],
        generator.random(len(pairs)) > 1 / 8,
        (generator.random(len(pairs)) < 1 / 12) & (pairs["band"] == "near"),
    )
    true |= (pairs["band"] == "far").to_numpy() & (generator.random(len(pairs)) < 0.01)
    pairs = pairs.assign(is_link=true)
    precision = (pairs["linked"] & true).sum() / pairs["linked"].sum()
    recall = (pairs["linked"] & true).sum() / true.sum()
    covered = []
    for seed in range(40):
        table = quality_table(draw_sample(pairs, 60, ("confidence",), seed), seed=seed)
        covered.append(
            [
                table.loc[name, "low"] <= value <= table.loc[name, "high"]
                for name, value in (("precision", precision), ("recall", recall))
            ]
        )
    assert (np.mean(covered, axis=0) >= 0.85).all()


def test_nothing_judged_and_no_level_are_refused():
    empty = pd.DataFrame(columns=["stratum", "stratum_size", "linked", "is_link"])
    with pytest.raises(InvalidInputError, match="no pair was judged"):
        quality_table(empty)
    with pytest.raises(InvalidInputError, match="level=95"):
        quality_table(pd.DataFrame({"stratum": ["a"]}), level=95)
