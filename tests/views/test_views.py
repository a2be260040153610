"""What notebooks show: counts first, every row, everything escaped, redlines folded away."""

import re
from html.parser import HTMLParser

import pandas as pd
import pytest

import planddiff as pdd
from planddiff.views import comparison_view, plan_view
from planddiff.views.parts import Markup, folding_row, heading, joined, markup, short, tag

VOID = {"br", "meta"}


class Balance(HTMLParser):
    """Fails on an element that is not closed, or closed in the wrong order."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.names = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, name, attrs):
        self.names.append(name)
        if name not in VOID:
            self.open.append(name)

    def handle_endtag(self, name):
        assert self.open.pop() == name


def words(view):
    """What a reader sees of a view, its style left out."""
    body = re.sub(r"<style>.*?</style>", "", view, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.fixture(scope="module")
def plans():
    return pdd.load_example()


@pytest.fixture(scope="module")
def comparison(plans):
    return pdd.compare(plans[1], plans[2])


@pytest.fixture(scope="module")
def gappy(plans):
    return pdd.track([plan for plan in plans if plan.year != 2017])


def test_a_part_is_escaped_once_and_markup_never():
    assert tag("b", "<i>", Markup("<hr>")) == "<b>&lt;i&gt;<hr></b>"
    assert joined(["&", markup("&")]) == "&amp;&amp;"
    assert tag("span", "x", css="a b", hint='"q"') == (
        '<span class="pdd-a pdd-b" title="&quot;q&quot;">x</span>'
    )


def test_a_row_folds_only_where_there_is_something_inside():
    assert folding_row(["x"]) == '<div class="pdd-row">x</div>'
    assert folding_row(["x"], "y").startswith('<details><summary class="pdd-row">x</summary>')


def test_a_long_title_is_cut_and_shows_in_full_on_hover():
    assert short("长" * 48) == "长" * 48
    assert short("<" + "长" * 48) == (f'<span title="&lt;{"长" * 48}">&lt;{"长" * 46}…</span>')


def test_heading_adds_the_year_only_where_a_title_lacks_it():
    documents = pd.DataFrame(
        {
            "title": ["2015年工作要点", "政府工作报告", "某计划"],
            "year": pd.array([2015, 2016, None], dtype="Int64"),
            "constructed": [True, False, False],
        }
    )
    seen = words(heading(documents)).strip()
    assert seen == "2015年工作要点 constructed → 政府工作报告 2016 → 某计划"


def test_views_are_whole_html(plans, comparison, gappy):
    for shown in (plans[0], plans[2], comparison, gappy):
        names = Balance(shown._repr_html_()).names
        assert "script" not in names
        assert "details" in names


def test_style_stays_inside_the_view(plans):
    style = re.search(r"<style>(.*?)</style>", plans[2]._repr_html_(), re.S)[1]
    rules = re.findall(r"(?:^|[}{])\s*([^@{}]+)\{", style)
    assert len(rules) > 30
    for rule in rules:
        assert all(each.strip().startswith(".pdd") for each in rule.split(",")), rule


def test_plan_view_counts_and_lists_every_item(plans):
    plan = plans[2]
    seen = words(plan._repr_html_())
    assert "37 items" in seen
    assert f"{len(plan.targets)} targets" in seen
    assert "9 log rows: repair" in seen
    for title, section in plan.items[["title", "section"]].itertuples(index=False):
        assert title in seen
        assert section in seen
    assert "constructed" not in seen
    assert "constructed" in words(plans[0]._repr_html_())


def test_plan_view_says_what_is_doubtful():
    items = pd.DataFrame(columns=["number", "section", "title", "body"])
    log = pd.DataFrame({"kind": ["no_items"], "before": ["<b>"], "message": ["no items & more"]})
    seen = plan_view({"title": "a<b", "constructed": False, "year": None}, items, {}, log)
    assert "doubts (1)" in words(seen)
    assert "no items &amp; more" in seen
    assert "<b>" not in seen.replace("<b>no_items</b>", "")
    assert "None" not in words(seen)


def test_comparison_view_has_a_row_for_every_link_and_every_item_without(comparison):
    view = comparison._repr_html_()
    alone = comparison.items["partners"].map(len) == 0
    rows = len(re.findall(r'class="pdd-row"', view))
    assert rows == len(comparison.links) + int(alone.sum())
    for status, row in comparison.summary().iterrows():
        assert f"{status} {int(max(row['old'], row['new']))}" in words(view) or (
            f"{status} {int(row['old'])} → {int(row['new'])}" in words(view)
        )


def test_a_raised_target_opens_its_redline(comparison):
    view = comparison._repr_html_()
    assert ">1500家</del>" in view
    assert ">2000家</ins>" in view
    assert "targets raised" in words(view)


def test_doubtful_links_are_marked_and_counted(plans):
    wide = pdd.compare(plans[1], plans[2], matcher=pdd.Matcher(band=0.4))
    doubtful = int((~wide.links["stable"] | wide.links["tie"]).sum())
    assert doubtful > 0
    view = wide._repr_html_()
    assert len(re.findall(r">doubtful<", view)) == doubtful
    assert f"{doubtful} of them doubtful" in words(view)


def test_redlines_stop_at_a_hundred_and_say_so(comparison):
    links = pd.concat([comparison.links] * 5, ignore_index=True)
    asked = []
    documents = pd.DataFrame({"title": ["甲", "乙"], "year": [1, 2], "constructed": [False, False]})

    def redline(old, new):
        asked.append((old, new))
        return ""

    view = comparison_view(documents, comparison.items, links, redline)
    assert len(asked) == 100
    assert "first 100 links" in words(view)


def test_document_text_is_escaped_everywhere():
    old = pdd.parse_plan(
        "一、<b>产业</b>\n1.建设<script>园区。新建3个&lt;园区。\n2.培育<i>企业。", year=2019
    )
    new = pdd.parse_plan(
        "一、<b>产业</b>\n1.建设<script>园区。新建5个&lt;园区。\n2.扶持<u>农业。", year=2020
    )
    results = [old, pdd.compare(old, new), pdd.track([old, new])]
    for result in results:
        view = result._repr_html_()
        assert {"script", "i", "u"}.isdisjoint(Balance(view).names)
        assert "建设&lt;script&gt;园区" in view


def test_tracks_view_says_which_years_are_not_known_and_which_are_constructed(gappy):
    seen = words(gappy._repr_html_())
    assert "1 unobserved: 2017" in seen
    assert "3 constructed: 2014, 2015, 2018" in seen
    assert f"{len(gappy.initiatives)} initiatives" in seen
    assert f"{len(gappy.initiatives) - 30} more initiatives" in seen
    assert all(label in seen for label in gappy.initiatives["label"])


def test_tracks_view_shows_the_item_of_every_year(gappy):
    view = gappy._repr_html_()
    marks = re.findall(r'<td class="pdd-mark pdd-\w+" title="[^"]+">([\d, ]+)</td>', view)
    assert sum(len(mark.split(",")) for mark in marks) == len(gappy.members)


def test_views_do_not_change_with_the_order_of_rows(comparison):
    documents = pd.DataFrame({"title": ["甲", "乙"], "year": [1, 2], "constructed": [False, False]})
    views = {
        comparison_view(documents, items, links, lambda old, new: f"{old} {new}")
        for items, links in [
            (comparison.items, comparison.links),
            (comparison.items[::-1], comparison.links[::-1]),
        ]
    }
    assert len(views) == 1


def test_explanation_shows_verdict_evidence_and_rivals(comparison):
    told = comparison.explain(old=7, new=7)
    view = told._repr_html_()
    Balance(view)
    seen = words(view)
    assert f"link confidence {told.confidence:.2f}" in seen.replace("  ", " ")
    assert told.sentence_zh in seen
    assert f"{told.log_odds:+.2f}" in seen
    assert all(name in seen for name in told.evidence["evidence"])
    assert told.rivals["old_title"].iloc[0] in seen
    bars = re.findall(r"▬+", view)
    gains = told.evidence["contribution"].abs()
    assert max(map(len, bars)) == 10
    assert len(bars) == int((gains / gains.max() * 10 >= 0.5).sum())


def test_explanation_of_a_pair_that_was_never_weighed(comparison):
    pairs = comparison.candidates
    never = next(
        (old, new)
        for old in comparison.old.items["ordinal"]
        for new in comparison.new.items["ordinal"]
        if not ((pairs["old_ordinal"] == old) & (pairs["new_ordinal"] == new)).any()
    )
    seen = words(comparison.explain(*never)._repr_html_())
    assert "no link confidence 0.00" in seen.replace("  ", " ")
    assert "share too little" in seen
