"""What holds for every plan: the tree comes back, offsets are exact, printing does not matter."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import planddiff as pdd
from tests.outline.made import plans, sentences

QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
LONG = sentences(5, 8)


def parse(text, **options):
    return pdd.parse_plan(text, year=2020, issuer="云州市", **options)


def fingerprints(plan):
    return plan.items["fingerprint"].tolist()


def wrapped(lines, width):
    for line in lines:
        yield from (line[at : at + width] for at in range(0, len(line), width))


@QUICK
@given(plans())
def test_a_rendered_tree_is_parsed_back(made):
    plan = parse("\n".join(made.lines()))
    found = plan.items[["number", "section", "title"]].values.tolist()
    assert found == [[item.number, item.section, item.title] for item in made.items]
    assert plan.items["body"].str.endswith(tuple(i.body for i in made.items)).all()


@QUICK
@given(st.text("一二三、（）()1.2．。，；：—是\n\r\t 　\u200b建设“”", max_size=400))
@pytest.mark.filterwarnings("ignore::planddiff.errors.PlanDiffWarning")
def test_offsets_are_exact_and_every_character_is_accounted_for_in_any_text(text):
    plan = parse(text)
    for item in plan.items.itertuples():
        assert plan.source_text[item.start : item.end] == item.body
    for table in (plan.agencies, plan.targets, plan.citations, plan.theme_hits):
        for row in table.itertuples():
            assert plan.source_text[row.start : row.end] == row.as_written
    for row in plan.log.itertuples():
        assert 0 <= row.start <= row.end <= len(text)
    layout = plan.layout
    assert layout["start"].tolist() == ([0, *layout["end"].tolist()[:-1]] if text else [])
    assert not text or layout["end"].iloc[-1] == len(text)
    assert not text or plan.shares().sum() == pytest.approx(1)


@QUICK
@given(plans())
def test_items_do_not_overlap_and_stand_in_order(made):
    items = parse("\n".join(made.lines())).items
    assert (items["start"].iloc[1:].values >= items["end"].iloc[:-1].values).all()


@QUICK
@given(plans(), st.sampled_from(["paragraph", "clause"]))
def test_the_other_units_lose_no_text_of_the_items(made, unit):
    text = "\n".join(made.lines())
    whole = "".join(parse(text, unit="numbered").items["body"])
    parts = "".join(parse(text, unit=unit).items["body"])
    assert parts.replace("\n", "") == whole.replace("\n", "")


@QUICK
@given(plans())
def test_reading_the_canonical_text_again_changes_nothing(made):
    once = parse("\n".join(made.lines()))
    twice = parse(once.text)
    assert twice.text == once.text
    assert fingerprints(twice) == fingerprints(once)


@QUICK
@given(plans())
def test_line_ends_marks_of_order_and_indents_do_not_matter(made):
    lines = list(made.lines())
    plain = fingerprints(parse("\n".join(lines)))
    assert fingerprints(parse("\ufeff" + "\r\n".join(lines))) == plain
    assert fingerprints(parse("\n\n".join("　　" + line for line in lines))) == plain
    assert fingerprints(parse("\u200b\n".join(lines))) == plain


@QUICK
@given(plans())
def test_widths_do_not_matter(made):
    wide = "\n".join(made.lines())
    half = wide.replace("，", ",").replace("（", "(").replace("）", ")").replace("．", ".")
    assert fingerprints(parse(half)) == fingerprints(parse(wide))


@QUICK
@given(plans(bodies=LONG), st.integers(22, 44))
def test_hard_wraps_do_not_matter(made, width):
    lines = list(made.lines())
    plain = parse("\n".join(lines))
    broken = parse("\n".join(wrapped(lines, width)))
    assume(len(list(wrapped(lines, width))) >= 4 + 2 * len(lines))
    assert fingerprints(broken) == fingerprints(plain)


@QUICK
@given(plans())
def test_renumbering_leaves_the_fingerprints(made):
    lines = list(made.lines())
    renumbered = "\n".join(lines).replace("1.", "1．").replace("2.", "2．")
    assert fingerprints(parse(renumbered)) == fingerprints(parse("\n".join(lines)))
