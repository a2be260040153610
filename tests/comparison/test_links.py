"""Relations, margins and statuses from links alone."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.comparison.links import item_statuses, margins, relations

quick = settings(max_examples=60, deadline=None)
pairs_of = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12, unique=True
)


def table(pairs, **columns):
    old, new = (pd.Series(side, dtype=int) for side in zip(*pairs, strict=True))
    return pd.DataFrame({"old": old, "new": new, **columns})


def test_each_relation_has_its_shape():
    old = pd.Series([0, 1, 1, 2, 3, 4, 5, 5])
    new = pd.Series([0, 1, 2, 3, 3, 4, 4, 5])
    expected = ["continued", "split", "split", "merged", "merged"] + ["recombined"] * 3
    assert relations(old, new) == expected


@given(pairs_of)
@quick
def test_swapped_sides_swap_splits_and_mergers(pairs):
    links = table(pairs)
    turned = {"split": "merged", "merged": "split"}
    forth, back = relations(links["old"], links["new"]), relations(links["new"], links["old"])
    assert [turned.get(each, each) for each in forth] == back


@given(pairs_of, st.data())
@quick
def test_margins_agree_with_looking_at_every_rival(pairs, data):
    n = len(pairs)
    similarity = np.array(
        data.draw(st.lists(st.sampled_from([0.2, 0.5, 0.9]), min_size=n, max_size=n))
    )
    linked = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    found = margins(table(pairs, similarity=similarity), pd.Series(linked))
    for k, (old, new) in enumerate(pairs):
        rivals = [
            similarity[i]
            for i, (a, b) in enumerate(pairs)
            if i != k and not linked[i] and (a == old or b == new)
        ]
        assert found[k] == similarity[k] - max(rivals, default=0.0)


def statuses(doubts=(), **link):
    row = {
        "old_id": "a", "new_id": "x", "relation": "continued", "tie": False, "margin": 0.5,
        "wording": "light", "target_change": "none", "lead_change": "no", "deadline_change": "none",
    } | link  # fmt: skip
    unsure = pd.DataFrame(list(doubts), columns=["old_id", "new_id"])
    found = item_statuses(pd.DataFrame([row]), unsure, ["a", "b"], ["x", "y"])
    return {item: status for (_, item), (status, _) in found.items()}


def test_a_link_without_a_change_persists():
    assert statuses() == {"a": "persisted", "b": "dropped", "x": "persisted", "y": "new"}
    assert statuses(lead_change="renamed_only")["a"] == "persisted"
    assert statuses(wording="verbatim")["x"] == "persisted"


def test_each_axis_alone_makes_a_change():
    for axis, value in (
        ("wording", "substantive"),
        ("target_change", "raised"),
        ("target_change", "removed"),
        ("lead_change", "yes"),
        ("deadline_change", "later"),
    ):
        assert statuses(**{axis: value})["a"] == "changed", (axis, value)


def test_a_tie_makes_a_one_to_one_link_uncertain_and_no_other():
    assert statuses(tie=True)["a"] == statuses(tie=True)["x"] == "uncertain"
    assert statuses(tie=True, relation="split")["a"] == "split"


def test_a_doubt_counts_only_for_an_item_without_a_link():
    found = statuses(doubts=[("b", "x"), ("a", "y")])
    assert found == {"a": "persisted", "b": "uncertain", "x": "persisted", "y": "uncertain"}
