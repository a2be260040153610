"""Diffusion from documents to tables: one innovation, one order from above, one formula."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import planddiff as pdd
from planddiff.errors import InvalidInputError
from planddiff.export.dictionary import data_dictionary
from tests.corpus.issuers import ABOVE, FORMULA, OWN, write_issuers

TABLES = ["adoptions", "presence", "curve", "lags", "links", "edges", "items", "documents"]
HZ, NB, NJ, WZ, SX = (f"{city}市人民政府" for city in ("杭州", "宁波", "南京", "温州", "绍兴"))
ZJ = "浙江省人民政府"


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    return write_issuers(tmp_path_factory.mktemp("issuers"))


@pytest.fixture(scope="module")
def corpus(sources, tmp_path_factory):
    return pdd.read_corpus(sources, cache=tmp_path_factory.mktemp("kept"), progress=False)


@pytest.fixture(scope="module")
def own(corpus):
    return pdd.diffusion(corpus, OWN, progress=False)


@pytest.fixture(scope="module")
def above(corpus):
    return pdd.diffusion(corpus, ABOVE, progress=False)


def years_of(found):
    table = found.adoptions.dropna(subset="adoption_year")
    return dict(zip(table["issuer"], table["adoption_year"], strict=True))


def test_who_adopted_when(own):
    assert years_of(own) == {HZ: 2015, NB: 2016, NJ: 2017}
    status = own.adoptions.set_index("issuer")["status"]
    assert status.value_counts().to_dict() == {"not_adopted": 6, "adopted": 3}
    assert own.question.kind == "text"


def test_who_wrote_it_first(own):
    edges = own.edges.set_index(["source_issuer", "target_issuer"])
    assert edges.index.tolist() == [(NB, NJ), (HZ, NJ), (HZ, NB)]
    assert edges["lag"].tolist() == [1, 2, 1]
    assert edges["same_province"].tolist() == [False, False, True]
    assert set(edges["direction"]) == {"horizontal"}
    assert not edges["via_upstream"].any()
    assert (edges["confidence"] > 0.9).all()
    assert "夜间开放内部车位" in edges.loc[(HZ, NB), "shared_text"]
    assert edges.loc[(HZ, NB), "shared_by"] == 2


def test_every_adopter_has_its_candidate_source(own, above):
    sources = own.adoptions.set_index("issuer")
    assert sources.loc[[NB, NJ], "source_issuer"].tolist() == [HZ, HZ]
    assert sources.loc[HZ, ["source_issuer", "source_item_id"]].isna().all()
    assert sources.loc[NJ, ["source_year", "source_direction"]].tolist() == [2015, "horizontal"]
    down = above.adoptions.set_index("issuer").loc[[WZ, SX]]
    assert down["source_issuer"].tolist() == [ZJ, ZJ]
    assert set(down["source_direction"]) == {"down"}


def test_what_comes_from_above_is_not_laid_to_the_neighbour(above):
    edges = above.edges.set_index(["source_issuer", "target_issuer"])
    assert edges["via_upstream"].to_dict() == {
        (ZJ, SX): False,
        (ZJ, WZ): False,
        (WZ, SX): True,
    }
    neighbour = edges.loc[(WZ, SX)]
    assert neighbour[["upstream_issuer", "upstream_year"]].tolist() == [ZJ, 2014]
    assert neighbour["upstream_item_id"] == edges.loc[(ZJ, SX), "source_item_id"]
    assert neighbour["remaining"] < 0.05
    assert edges.loc[(ZJ, SX), "upstream_issuer"] is None


def test_a_first_plan_that_has_it_is_left_censored(corpus, above):
    assert above.adoptions.set_index("issuer").loc[ZJ, "status"] == "left_censored"
    theme = pdd.diffusion(corpus, "智慧城市", progress=False)
    assert theme.question.kind == "theme"
    status = theme.adoptions.set_index("issuer")["status"]
    assert status[["嘉兴市人民政府", "湖州市人民政府"]].tolist() == ["left_censored", "adopted"]
    assert years_of(theme) == {"嘉兴市人民政府": 2016, "湖州市人民政府": 2016}
    assert theme.links.empty
    assert theme.edges.empty


REPORT = """【示例构造文本，并非官方文件】
2024年{place}政府工作报告
一、2023年工作回顾
去年{past}，修复了旧校舍，把闲置的院落整理出来交给村里的合唱队和皮影社使用。
二、2024年工作任务
（一）发展特色产业，{ahead}。发挥老工匠的传承作用。
修缮瓷窑旧址。组织老匠人每周授课，向学徒开放窑场和釉料仓库，编写可以带回家的烧制图谱。
疏浚内河船闸。安排两班船工轮流值守，公布过闸时刻，为运送瓷器的小船留出清晨的空档。
"""


def test_the_lead_in_of_a_section_tells_of_adoption_and_the_review_does_not(tmp_path):
    smart, crafts = "加快建设智慧城市", "加快建设匠人之乡"
    for place, past, ahead in [("浙江省", crafts, smart), ("江苏省", smart, crafts)]:
        text = REPORT.format(place=place, past=past, ahead=ahead)
        (tmp_path / f"{place}.txt").write_text(text, encoding="utf-8")
    corpus = pdd.read_corpus(tmp_path, cache=tmp_path / "kept", progress=False)
    for plan in corpus.plans():
        assert plan.items["part"].tolist() == ["review", "framing", "task", "task"]
    for asked, kind in [("智慧城市", "theme"), (smart, "words"), (f"发展特色产业,{smart}", "text")]:
        found = pdd.diffusion(corpus, asked, kind=kind, by="region", progress=False)
        assert years_of(found) == {"浙江省": 2024}, kind
        assert found.items["title"].tolist() == [f"发展特色产业，{smart}"]


def test_a_heading_alone_on_its_line_tells_of_adoption_by_its_first_item(tmp_path):
    text = REPORT.format(place="浙江省", past="修了路", ahead="加快建设“互联网＋”智慧城市")
    text = text.replace("。发挥老工匠的传承作用。", "").replace(
        "疏浚内河", "（二）畅通水路\n疏浚内河"
    )
    (tmp_path / "plan.txt").write_text(text, encoding="utf-8")
    corpus = pdd.read_corpus(tmp_path, unit="paragraph", cache=tmp_path / "kept", progress=False)
    (plan,) = corpus.plans()
    assert plan.items["part"].tolist() == ["review", "task", "task"]
    for asked, kind in [("智慧城市", "theme"), ("“互联网+”智慧城市", "words")]:
        found = pdd.diffusion(corpus, asked, kind=kind, by="region", progress=False)
        assert found.items["title"].tolist() == ["修缮瓷窑旧址"]


def test_what_all_issuers_write_links_nobody(corpus):
    found = pdd.diffusion(corpus, FORMULA, progress=False)
    assert len(found.items) == 16
    assert found.links.empty


def test_a_question_by_words_by_item_and_by_text_means_the_same(corpus, own):
    item = own.items.loc[own.items["year"] == 2015, "item_id"].iloc[0]
    words = pdd.diffusion(corpus, "错时停车", progress=False)
    items = pdd.diffusion(corpus, item, progress=False)
    several = pdd.diffusion(corpus, [item, own.items["item_id"].iloc[-1]], progress=False)
    assert [each.question.kind for each in (words, items, several)] == ["words", "item", "item"]
    for each in (words, items, several):
        for name, said in [("adoptions", "source_on_subject"), ("links", "on_subject")]:
            tables = [getattr(found, name).drop(columns=said) for found in (each, own)]
            pd.testing.assert_frame_equal(*tables)
    assert items.items.set_index("item_id").loc[item, "match"] == 1


def test_the_label_of_an_initiative_means_its_items(corpus, own):
    found = pdd.diffusion(corpus, "推行错时停车共享", progress=False)
    assert (found.question.kind, found.question.asked) == ("item", "推行错时停车共享")
    assert len(found.question.item_ids) == 2
    pd.testing.assert_frame_equal(found.adoptions, own.adoptions)


def test_words_that_no_plan_has_are_taken_as_a_text(corpus):
    found = pdd.diffusion(corpus, "我们推行错时停车，共享泊位收益返还机制", progress=False)
    assert found.question.kind == "text"
    assert set(years_of(found)) == {HZ, NB, NJ}


@pytest.mark.parametrize(("asked", "held"), [("跨院调阅", True), ("诊疗影像", False)])
def test_links_tell_whether_the_shared_wording_is_what_was_asked_for(corpus, above, asked, held):
    own_theme = {"甲": [asked]}
    for question, options in [(asked, {}), ("甲", {"themes": own_theme})]:
        found = pdd.diffusion(corpus, question, progress=False, **options)
        assert found.links["shared_text"].str.contains(asked).tolist() == [held] * 3
        assert found.links["on_subject"].tolist() == [held] * 3
        assert found.edges["n_on_subject"].tolist() == [int(held)] * 3
        sources = found.adoptions["source_on_subject"]
        assert sources.dropna().tolist() == [held] * 2
        assert ("on something else" in found._repr_html_()) is not held
    assert above.links["on_subject"].all()


def test_a_lexicon_of_ones_own(corpus):
    found = pdd.diffusion(corpus, "停车", themes={"停车": ["错时停车", "泊位"]}, progress=False)
    assert found.question.kind == "theme"
    assert set(years_of(found)) == {HZ, NB, NJ}


def test_regions_can_be_the_adopters(corpus, own):
    found = pdd.diffusion(corpus, OWN, by="region", progress=False)
    assert years_of(found) == {"杭州市": 2015, "宁波市": 2016, "南京市": 2017}
    assert found.edges["source_issuer"].tolist() == ["宁波市", "杭州市", "杭州市"]


@pytest.mark.parametrize(
    ("asked", "options", "message"),
    [
        ("", {}, "give a theme, an item_id"),
        ([], {}, "give a theme, an item_id"),
        ("云雾缭绕的山谷", {}, "no item of this corpus fits"),
        ("停车", {"kind": "theme"}, "no theme '停车'; known are"),
        (["2015-000000-001", "x"], {}, r"no items \['2015-000000-001', 'x'\]"),
        (OWN, {"kind": "motif"}, "kind='motif': give one of auto, theme"),
        (OWN, {"by": "city"}, "by='city': documents have the columns"),
        (OWN, {"threshold": 1.5}, "threshold=1.5"),
    ],
)
def test_a_question_that_cannot_be_asked(corpus, asked, options, message):
    with pytest.raises(InvalidInputError, match=message):
        pdd.diffusion(corpus, asked, progress=False, **options)


def test_documents_without_a_year_or_issuer_are_left_out_and_counted(corpus, own):
    documents = corpus.documents.copy()
    documents.loc[0, "issuer"] = ""
    documents.loc[1, "year"] = pd.NA
    changed = type(corpus)(documents, corpus.errors, corpus.doubts, corpus.store)
    found = pdd.diffusion(changed, OWN, progress=False)
    assert found.settings["left_out"] == 2
    said = "2 of 16 documents left out: no year or no issuer"
    assert repr(found).endswith(f"; {said}>")
    assert said in found._repr_html_()
    assert "2份文件未纳入:缺年份1份,“issuer”栏无值1份" in found.methods_text()
    assert "1 without a year, 1 without a value in “issuer”" in found.methods_text("en")
    assert "left out" not in repr(own) + own._repr_html_() + own.methods_text("en").lower()
    assert set(years_of(found)) == {HZ, NB}
    nobody = type(corpus)(documents.assign(issuer=""), corpus.errors, corpus.doubts, corpus.store)
    with pytest.raises(InvalidInputError, match="none of the 16 documents has both"):
        pdd.diffusion(nobody, OWN, progress=False)


def test_order_of_reading_and_workers_change_nothing(sources, corpus, own, tmp_path):
    turned = sources.sample(frac=1, random_state=4)
    again = pdd.read_corpus(turned, cache=tmp_path, progress=False)
    for found in (
        pdd.diffusion(again, OWN, progress=False),
        pdd.diffusion(corpus, OWN, n_jobs=2, progress=False),
    ):
        for name in TABLES:
            pd.testing.assert_frame_equal(getattr(found, name), getattr(own, name))


def test_the_hash_seed_changes_nothing(sources, above, tmp_path):
    sources.to_csv(tmp_path / "sources.csv", index=False)
    code = (
        "import pandas, planddiff as p, sys; table = pandas.read_csv('sources.csv'); "
        "corpus = p.read_corpus(table, cache='kept', progress=False); "
        f"found = p.diffusion(corpus, {ABOVE!r}, progress=False); "
        "sys.stdout.buffer.write(found.to_json().encode())"
    )
    paths = {"PYTHONPATH": str(Path(pdd.__file__).parents[1]), "PYTHONHASHSEED": "7"}
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, **paths},
    )
    assert run.stdout.decode() == above.to_json()


def test_networkx_takes_the_edges(own):
    import networkx

    graph = networkx.from_pandas_edgelist(
        own.edges,
        "source_issuer",
        "target_issuer",
        edge_attr=True,
        create_using=networkx.DiGraph,
    )
    assert sorted(graph.successors(HZ)) == [NJ, NB]
    assert graph.edges[HZ, NB]["lag"] == 1


def test_it_shows_in_a_line_and_in_a_notebook(own):
    assert repr(own) == (
        "<Diffusion of text 推行错时停车共享。发动沿街单位夜间开放… 2014-2017: 3 of 9 issuers "
        "(0 left-censored), 3 items, 3 links, 3 edges>"
    )
    shown = own._repr_html_()
    for text in ("3 of 9 issuers", "16 constructed", "3/9", HZ, "candidate source"):
        assert text in shown


def test_it_is_written_to_files_with_every_column_explained(own, above, tmp_path):
    assert data_dictionary(above.tables()).query("meaning == ''").empty
    own.to_csv(tmp_path / "tables")
    written = pd.read_csv(tmp_path / "tables" / "edges.csv")
    assert written["lag"].tolist() == [1, 2, 1]
    own.to_excel(tmp_path / "own.xlsx")
    assert "左截断" in own.methods_text()
    assert "3 of them ordered in time" in own.methods_text("en")
    with pytest.raises(InvalidInputError, match="lang='fr'"):
        own.methods_text("fr")


def test_charts_name_what_is_adopted_and_what_is_constructed(corpus, own):
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    theme = pdd.diffusion(corpus, "智慧城市", progress=False)
    assert theme.plot.adoption().get_title(loc="left") == "“智慧城市”的累计采纳"
    strip = own.plot.regions(order="first")
    assert [tick.get_text() for tick in strip.get_yticklabels()][:3] == [HZ, NB, NJ]
    (foot,) = [text.get_text() for text in strip.texts if text.get_gid() == "foot"]
    assert "示例构造文本" in foot
    plt.close("all")
