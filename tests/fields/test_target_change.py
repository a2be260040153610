"""Typed comparison of the targets of two linked items."""

from dataclasses import asdict

import pandas as pd
import pytest

from planddiff.errors import InvalidInputError
from planddiff.fields.target_change import COLUMNS, compare_targets, target_change
from planddiff.fields.targets import find_targets


def changes(old: str, new: str) -> list[tuple[float, float, str]]:
    table = compare_targets(find_targets(old), find_targets(new)).fillna({"old_value": -1.0})
    return list(
        zip(table["old_value"], table["new_value"].fillna(-1.0), table["change"], strict=True)
    )


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("建设18个示范区。", "建设20个示范区。", "raised"),
        ("建成景区150家。", "建成景区100家。", "lowered"),
        ("普及率达到90%。", "普及率达到90%。", "unchanged"),
        ("服务半径不超过2公里。", "服务半径不超过1.5公里。", "raised"),
        ("服务半径不超过1.5公里。", "服务半径不超过2公里。", "lowered"),
        ("经济总量进入全国前20位。", "经济总量进入全国前10位。", "raised"),
        ("建设20个智慧示范项目。", "80%以上的智慧示范项目建成。", "restated"),
        ("新增北斗终端3万台。", "北斗终端累计达到10万台。", "restated"),
        ("软件业务收入达到100亿元。", "软件业务收入增长20%。", "restated"),
        ("护理补贴标准提高到380元。", "护理补贴标准再增加30元。", "restated"),
        ("护理补贴标准增加30元。", "护理补贴标准提高到410元。", "restated"),
        ("护理补贴标准增加30元。", "护理补贴标准减少20元。", "restated"),
        ("护理补贴标准增加30元。", "护理补贴标准再提高40元。", "raised"),
        ("能耗不低于5吨。", "能耗不超过5吨。", "not_comparable"),
        ("去年建成基站100个。", "建成基站200个。", "not_comparable"),
        ("产值增长6%-6.5%。", "产值增长6.5%左右。", "raised"),
    ],
)
def test_a_pair_is_typed(old: str, new: str, change: str) -> None:
    [(_, _, found)] = changes(old, new)
    assert found == change


def test_a_figure_of_another_object_is_no_raise() -> None:
    found = changes("建设18个物流示范区。", "培育20个农村电商带头人。")
    assert found == [(18, -1, "removed"), (-1, 20, "new")]


def test_lists_are_paired_by_object_and_not_by_place() -> None:
    old = "提升软件产业6个示范基地、4个特色基地和3个创业基地。"
    new = "提升软件产业5个创业基地、6个示范基地和7个特色基地。"
    assert changes(old, new) == [(6, 6, "unchanged"), (4, 7, "raised"), (3, 5, "raised")]


def test_visits_and_firms_are_two_commitments() -> None:
    found = changes("组织上云标杆企业宣讲200场。", "培育省级上云标杆企业100家。")
    assert [change for _, _, change in found] == ["removed", "new"]


def test_summary_follows_the_precedence() -> None:
    def summary(old: str, new: str) -> str:
        return target_change(find_targets(old), find_targets(new))

    assert summary("覆盖率达到80%,建设5个园区。", "覆盖率达到90%,建设4个园区。") == "raised"
    assert summary("建设5个园区,培训30人。", "建设4个园区。") == "lowered"
    assert summary("培训30人。", "加强培训。") == "removed"
    assert summary("加强培训。", "培训30人。") == "new"
    assert summary("建设5个园区。", "建设5个园区。") == "none"
    assert summary("", "") == "none"


def test_spans_restrict_the_comparison_to_the_shared_content() -> None:
    old = "建设5个园区。开通30个数据接口。"
    new = "建设8个园区。"
    whole = target_change(find_targets(old), find_targets(new))
    second = target_change(
        find_targets(old), find_targets(new), old_spans=[(7, len(old))], new_spans=[]
    )
    assert (whole, second) == ("raised", "removed")


def test_tables_and_mentions_give_the_same_and_order_is_free() -> None:
    old, new = find_targets("建设5个园区,培训30人。"), find_targets("培训50人,建设6个园区。")
    by_mentions = compare_targets(old, new)
    frame = pd.DataFrame([asdict(m) for m in old])
    before = frame.copy()
    turned = compare_targets(frame.iloc[::-1], pd.DataFrame([asdict(m) for m in new]))
    columns = [c for c in COLUMNS if c != "old_position"]
    pd.testing.assert_frame_equal(by_mentions[columns], turned[columns])
    pd.testing.assert_frame_equal(frame, before)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InvalidInputError, match="unit"):
        compare_targets(
            pd.DataFrame({"start": [0], "end": [1], "as_written": ["5"], "value": [5.0]}), []
        )


def test_a_level_meets_the_level_and_not_the_increment_beside_it():
    old = find_targets("水利投资增加40亿元,达到500亿元。")
    new = find_targets("水利投资600亿元。")
    table = compare_targets(old, new)
    changes = table.set_index("old_value")["change"].to_dict()
    assert changes == {500e8: "raised", 40e8: "removed"}
