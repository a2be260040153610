"""The pieces of evidence: bounded, symmetric, and each about what its name says."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planddiff.evidence import PIECES, gather, lead_sentence
from planddiff.evidence.pieces import AGAINST
from planddiff.evidence.verbatim import bound_elsewhere, verbatim_partners
from planddiff.examples import load_example
from tests.comparison.made import ALL, BRIDGE, FERRY, HERBS, LIBRARY, ORCHARD

few = settings(max_examples=15, deadline=None)
plans_of = st.lists(st.sampled_from([*ALL, "", "略。"]), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def bodies():
    return [plan.items["core"].tolist() for plan in load_example()]


def evidence(olds, news, old_agencies=None, new_agencies=None, **options):
    pairs = gather(olds, news, old_agencies, new_agencies, **options)
    return pairs.set_index(["old", "new"])


def test_every_piece_is_a_column_between_0_and_1(bodies):
    pairs = gather(bodies[0], bodies[1])
    assert set(PIECES) < set(pairs.columns)
    assert set(AGAINST) < set(PIECES)
    measures = pairs.drop(columns=["old", "new"])
    assert measures.notna().all().all()
    assert ((measures >= 0) & (measures <= 1)).all().all()


@given(plans_of, plans_of)
@few
def test_swapped_sides_give_the_same_evidence(olds, news):
    forth = evidence(olds, news).sort_index()
    back = evidence(news, olds).swaplevel().sort_index()
    back.index.names = forth.index.names
    back = back.rename(columns={"forward": "backward", "backward": "forward"})
    pd.testing.assert_frame_equal(forth, back[forth.columns], atol=1e-9, rtol=0)


def test_a_text_against_itself_is_alike_in_every_respect():
    row = evidence(ALL, ALL).loc[(2, 2)]
    for name in ("similarity", "emphasis", "preference", "forward", "backward"):
        assert row[name] == pytest.approx(1)
    assert row["substitution"] == pytest.approx(0)


def test_coverage_has_a_direction():
    part = FERRY.split(",")[0]
    row = evidence([FERRY, BRIDGE], [part, BRIDGE]).loc[(0, 0)]
    assert row["backward"] == pytest.approx(1)
    assert row["forward"] < 0.6


def test_boilerplate_that_all_items_share_counts_for_little():
    framed = [f"{item},按照全省统一部署认真抓好落实" for item in ALL]
    bare, with_frame = evidence(ALL, ALL), evidence(framed, framed)
    apart = with_frame.loc[(0, 1)]
    assert apart["similarity"] < 0.1
    assert with_frame.loc[(0, 0), "residual"] == pytest.approx(
        bare.loc[(0, 0), "residual"], abs=0.1
    )


def test_another_object_in_the_same_frame_is_a_substitution():
    frame = "推进{0}产业发展。编制{0}标准,建设{0}园区,培育{0}龙头企业,举办展销对接活动"
    olds = [frame.format("柑橘"), *ALL[2:]]
    row = evidence(olds, [frame.format("贝母"), *ALL[2:]]).loc[(0, 0)]
    same = evidence(olds, [frame.format("柑橘") + ",推广网上销售", *ALL[2:]]).loc[(0, 0)]
    assert row["substitution"] > 0.15
    assert same["substitution"] == pytest.approx(0, abs=1e-6)


def test_words_put_between_the_words_of_a_lead_leave_no_object_missing():
    olds = ["开展渡轮示范。选好航线,培训船员,比较成本", *ALL[1:]]
    longer = ["开展渡轮研发和示范。建立实验室,选好航线,培训船员,比较成本", *ALL[1:]]
    assert evidence(olds, longer).loc[(0, 0), "substitution"] == pytest.approx(0, abs=1e-6)
    assert evidence(longer, olds).loc[(0, 0), "substitution"] == pytest.approx(0, abs=1e-6)
    other = ["开展大桥示范。选好航线,培训船员,比较成本", *ALL[1:]]
    assert evidence(olds, other).loc[(0, 0), "substitution"] > 0.3


def test_agencies_speak_only_where_both_items_name_some():
    olds, news = [FERRY, BRIDGE, HERBS], [FERRY, BRIDGE, HERBS]
    rows = evidence(olds, news, [["甲厅"], ["乙厅"], []], [["甲厅"], ["丙厅"], ["丁厅"]])
    assert rows["agencies_differ"][[(0, 0), (1, 1), (2, 2)]].tolist() == pytest.approx([0, 1, 0])
    assert set(evidence(olds, news)["agencies_differ"]) == {0.0}


def test_residual_is_what_the_best_partner_leaves_over():
    """The second half of a cut item shares what the first half does not explain."""
    one, other = FERRY, LIBRARY
    halves = [",".join(one.split(",")[:2]), ",".join(one.split(",")[2:])]
    rows = evidence([one, other], [*halves, other])
    assert min(rows.loc[(0, 0), "residual"], rows.loc[(0, 1), "residual"]) > 0.6
    copied = evidence([one, other], [one, halves[1], other])
    assert copied.loc[(0, 1), "residual"] == pytest.approx(0, abs=1e-6)


def test_what_the_best_partners_share_explains_the_likeness_of_a_formula():
    """Two clauses in one formula, each with a counterpart of its own, are no pair across."""
    formula = ",由主管部门责令停止并处三千元以上两万元以下罚款,情节严重的吊销许可证件"
    olds = [f"擅自停运渡轮{formula}", f"私自改装索道{formula}", *ALL[2:]]
    rows = evidence(olds, olds)
    assert rows.loc[(0, 1), "explained"] > 0.25
    assert rows.loc[(0, 0), "explained"] == 0
    halves = [",".join(FERRY.split(",")[:2]), ",".join(FERRY.split(",")[2:]), LIBRARY]
    assert evidence([FERRY, LIBRARY], halves)["explained"].max() < 0.01


def test_the_items_of_one_plan_are_weighed_without_themselves(bodies):
    pairs = gather(bodies[1], bodies[1], same_plan=True)
    assert (pairs["old"] != pairs["new"]).all()
    assert len(pairs)


def test_context_gives_the_rarity():
    alone = evidence([FERRY], [FERRY.replace("旧码头", "候船点")])
    among = evidence(
        [FERRY], [FERRY.replace("旧码头", "候船点")], context=[[FERRY, FERRY, BRIDGE], ALL]
    )
    assert among.loc[(0, 0), "residual"] < alone.loc[(0, 0), "residual"]


def test_pairs_asked_for_are_weighed(bodies):
    bare = evidence([FERRY, ORCHARD], [FERRY, BRIDGE])
    asked = evidence([FERRY, ORCHARD], [FERRY, BRIDGE], also=[(1, 1)])
    assert (1, 1) not in bare.index
    assert asked.loc[(1, 1), "similarity"] == 0
    pd.testing.assert_frame_equal(bare, asked.drop(index=[(1, 1)]), atol=1e-12)


@pytest.mark.parametrize(
    ("core", "lead"),
    [
        ("建设冷藏仓库。对接市场。", "建设冷藏仓库"),
        ("建设冷藏仓库;对接市场", "建设冷藏仓库"),
        ("建设冷藏仓库", "建设冷藏仓库"),
        ("", ""),
        ("对偏远海岛" + "逐岛" * 20 + ",配齐药品。", "对偏远海岛" + "逐岛" * 20),
    ],
)
def test_lead_sentence(core, lead):
    assert lead_sentence(core) == lead


# Word for word


@given(st.lists(st.sampled_from("甲乙丙"), max_size=7))
@few
def test_every_copy_of_a_plan_is_its_own_partner(texts):
    none = [[] for _ in texts]
    assert verbatim_partners(texts, texts, none, none).tolist() == list(range(len(texts)))


def test_copies_in_unequal_number_are_bound_to_none():
    none = [[], [], []]
    assert verbatim_partners(["甲", "乙"], ["甲", "甲", "乙"], none, none).tolist() == [-1, 2]


def test_empty_texts_are_no_copies():
    assert verbatim_partners([""], [""], [[]], [[]]).tolist() == [-1]


def test_only_a_pair_of_two_bound_items_is_bound_elsewhere():
    partner = np.array([1, 0, -1])
    first, second = np.array([0, 0, 0, 2, 2]), np.array([0, 1, 2, 0, 2])
    expected = [True, False, False, False, False]
    assert bound_elsewhere(first, second, partner, 3).tolist() == expected
