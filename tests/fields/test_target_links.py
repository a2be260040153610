"""Each target of a split or merged item is counted in one link."""

from dataclasses import asdict

import pandas as pd
import pytest

from planddiff.errors import InvalidInputError
from planddiff.fields.target_links import link_target_changes
from planddiff.fields.targets import find_targets


def table(texts: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [{"item_id": key, **asdict(t)} for key, text in texts.items() for t in find_targets(text)]
    )


SPLIT = {
    "old": "推进宽带建设。城市宽带接入能力达到50M,新增4G基站200个。",
    "wire": "提升光纤网络。城市宽带接入能力达到100M。",
    "air": "推进4G网络覆盖。优化基站布局。",
}


def test_a_target_goes_with_the_link_that_carries_it() -> None:
    links = pd.DataFrame({"old_id": ["old", "old"], "new_id": ["wire", "air"]}, index=[7, 3])
    changes = link_target_changes(links, table(SPLIT), SPLIT)
    assert changes.to_dict() == {7: "raised", 3: "removed"}
    turned = link_target_changes(links.iloc[::-1], table(SPLIT).iloc[::-1], SPLIT)
    assert turned.to_dict() == changes.to_dict()


def test_a_new_target_of_a_merger_belongs_to_the_old_item_it_speaks_of() -> None:
    texts = {
        "alarm": "推进智慧安防。加强安防示范。",
        "mine": "推进智慧安监。加强矿山监管。",
        "both": "开展安防与安监示范。选择10个县开展安防示范,完善矿山监管。",
    }
    links = pd.DataFrame({"old_id": ["alarm", "mine"], "new_id": ["both", "both"]})
    assert link_target_changes(links, table(texts), texts).tolist() == ["new", "none"]


def test_pairs_of_years_do_not_compete() -> None:
    texts = {"a": "普及率达到80%。", "b": "普及率达到85%。", "c": "普及率达到90%。"}
    links = pd.DataFrame(
        {
            "old_id": ["a", "a"],
            "new_id": ["b", "c"],
            "old_year": [2014, 2014],
            "new_year": [2015, 2016],
        }
    )
    assert link_target_changes(links, table(texts), texts).tolist() == ["raised", "raised"]


def test_missing_texts_and_columns_are_named() -> None:
    links = pd.DataFrame({"old_id": ["old"], "new_id": ["gone"]})
    with pytest.raises(InvalidInputError, match="gone"):
        link_target_changes(links, table(SPLIT), SPLIT)
    with pytest.raises(InvalidInputError, match="new_id"):
        link_target_changes(links.drop(columns="new_id"), table(SPLIT), SPLIT)
