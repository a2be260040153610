from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from planddiff.errors import InvalidInputError, SourceNotFoundError
from planddiff.fields import themes as finder
from planddiff.fields.theme_lexicon import ThemeLexicon, ThemeTerm
from planddiff.fields.themes import find_themes, tag_item

SEEDS = Path(__file__).parents[2] / "seeds"
CODED = ["智慧城市", "两化融合", "大数据", "互联网+", "网络安全", "农村信息化"]


def item(year, title):
    """The paragraph of a seed that holds the title, brackets and commas as canonical text."""
    text = (SEEDS / f"zhejiang-{year}.txt").read_text(encoding="utf-8")
    text = text.translate(str.maketrans("（），：；", "(),:;"))
    (found,) = [line for line in text.splitlines() if f"{title}。" in line]
    return found[found.index(title) :]


def roles(text, theme, lexicon=None):
    return [
        (mention.as_written, mention.role)
        for mention in find_themes(text, lexicon)
        if mention.theme == theme
    ]


@pytest.mark.parametrize(
    ("year", "title", "themes"),
    [
        (2014, "启动“两化”深度融合国家示范区建设", ["两化融合"]),
        (2014, "推进卫生信息化建设", ["智慧城市"]),
        (2014, "推进人口计生信息化建设", []),
        (2014, "推进三网融合试点扩面", ["网络安全"]),
        (2014, "建设浙江政务服务网和政务数据交换平台", ["大数据"]),
        (2014, "推进权力清单数据库和政务信息资源目录建设", ["大数据"]),
        (2014, "办好中国宁波智慧城市博览会", ["智慧城市"]),
        (2015, "加强信息化人才引进和培养", []),
        (2015, "制定“互联网+”商贸流通行动方案", ["互联网+"]),
        (2015, "推进智慧健康建设", ["智慧城市"]),
        (2015, "推进智慧农业示范试点", ["智慧城市", "农村信息化"]),
        (2016, "强化“两化”深度融合智能制造(数字工厂)示范", ["两化融合", "大数据"]),
        (
            2016,
            "加快推进政府服务、城市管理智慧化",
            ["智慧城市", "互联网+", "网络安全"],
        ),
        (2016, "推进智慧物流", ["智慧城市", "大数据"]),
        (2016, "完善省级政务信息资源目录体系", ["大数据"]),
        (2016, "强化人才引进和培养", []),
        (2016, "积极筹备第三届世界互联网大会", []),
        (2017, "开展“城市大脑”建设试点", ["智慧城市", "大数据"]),
        (2017, "发展农村电子商务", ["农村信息化"]),
        (2018, "拓展大数据创新应用", ["大数据"]),
        (2018, "构建生态环境智慧监测体系", ["智慧城市"]),
        (2018, "落实网络安全责任制", ["网络安全"]),
        (2018, "推广应用电子证照", []),
    ],
)
def test_items_of_the_example_series(year, title, themes):
    assert tag_item(item(year, title), lexicon=ThemeLexicon.default().select(CODED)) == themes


@pytest.mark.parametrize(
    "spelling",
    [
        "“两化”深度融合",
        "两化融合",
        "两化深度融合",
        "信息化与工业化深度融合",
        "信息化和工业化融合",
        "制造业与互联网融合",
    ],
)
def test_spelling_variants_are_one_theme(spelling):
    assert roles(f"推进{spelling}。", "两化融合") == [(spelling, "object")]


@pytest.mark.parametrize("spelling", ["互联网+", "互联网＋", "互联网 +"])
def test_the_plus_in_its_spellings(spelling):
    assert roles(f"发展“{spelling}政务服务”。", "互联网+") == [(spelling, "object")]


def test_a_plus_lost_in_a_web_copy():
    assert roles("制定“互联网 ”制造实施意见。", "互联网+") == [("互联网 ", "object")]
    assert roles("发展互联网产业。", "互联网+") == []


@pytest.mark.parametrize(
    "text",
    [
        "落实改革任务。由省大数据局、省经信厅负责。",
        "落实改革任务(省大数据发展管理局)。",
        "组建省大数据管理局。",
        "由省大数据工作主管部门负责。",
        "完善全员人口三大数据库。",
        "扩大数据开放规模。",
        "录取大数据与会计专业学生。",
    ],
)
def test_word_boundaries(text):
    assert "大数据" not in [mention.term for mention in find_themes(text)]


def test_livelihood_is_not_the_life_of_the_people():
    assert roles("建设便民生活圈,改善人民生活。", "民生保障") == []
    assert roles("办好民生实事。", "民生保障") == [("民生实事", "object")]


@pytest.mark.parametrize(
    "text", ["凝聚群众智慧。", "汲取全社会智慧和力量。", "建设智慧工厂。", "依托某智慧研究院。"]
)
def test_wisdom_and_factories_are_no_smart_cities(text):
    assert roles(text, "智慧城市") == []


def test_latin_terms_do_not_start_or_end_inside_a_word():
    assert roles("发展5G应用,建设5GHz频段基站。", "移动通信与5G") == [
        ("5G", "object"),
        ("基站", "object"),
    ]
    assert roles("部署WiFi,研究DataWiFi6。", "信息基础设施") == [("WiFi", "object")]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("培育大数据企业。", "object"),
        ("引导企业利用云计算、大数据等技术。", "means"),
        ("支持杭州运用云计算、大数据、人工智能技术建设治理平台。", "means"),
        ("利用互联网推动大数据应用。", "object"),
        ("推广基于云网融合的大数据平台。", "object"),
        ("以大数据为支撑,完善治理机制。", "means"),
        ("以大数据为重点,完善治理机制。", "object"),
        ("发展云计算、大数据、物联网、区块链等产业。", "listed"),
        ("发展云计算、物联网、区块链和大数据。", "listed"),
        ("发展云计算、大数据、物联网产业。", "object"),
        ("发展大数据、公共数据、政务数据、人工智能。", "object"),
        ("推进大数据在交通、医疗、教育、环保领域应用。", "object"),
        ("完善采集、存储、分析、交易等大数据服务。", "object"),
        ("完善采集、存储、分析、交易等大数据服务的功能、性能。", "object"),
        ("构建结构合理、界面清晰、重点突出、协调配套的大数据体系。", "object"),
        ("建成3个开放平台、4家大数据企业、5个云平台、6个示范区。", "object"),
        ("坚持军民结合、平战结合,发展大数据。", "object"),
        ("服务军民结合、大数据一体的平台。", "object"),
        ("通过大数据平台建设,完善治理机制。", "object"),
        ("通过大数据分析,完善治理机制。", "means"),
        ("新增开放平台3个、大数据企业4家、云平台5个、示范区6个。", "object"),
        ("建设国家、省、市、县四级大数据平台。", "object"),
        ("通过国家大数据示范区认定。", "object"),
        ("办好大数据博览会。", "object"),
        ("做好会务工作。举办大数据创新大赛。", "topic"),
        ("做好会务工作。组织企业展示大数据成果。", "topic"),
        ("做好会务工作。发展大数据产业。", "object"),
    ],
)
def test_roles(text, role):
    assert roles(text, "大数据")[0] == ("大数据", role)


def test_what_is_protected_is_not_the_theme():
    text = "健全防护体系。强化工业互联网平台、公共数据安全防护。"
    assert tag_item(text, lexicon=ThemeLexicon.default().select(CODED)) == ["网络安全"]


def test_basis_mention_counts_every_role():
    text = "举办高研班。利用大数据等技术。"
    assert tag_item(text) == []
    assert tag_item(text, basis="mention") == ["大数据"]
    with pytest.raises(InvalidInputError, match="'object' or 'mention'"):
        tag_item(text, basis="section")


def test_a_heading_of_one_thing_passes_its_theme_on():
    text = "推进教育管理平台建设。"
    assert "智慧城市" not in tag_item(text)
    assert "智慧城市" in tag_item(text, "推进智慧城市建设")
    assert "网络安全" not in tag_item(text, "强化网络安全和综合保障")
    assert "两化融合" in tag_item(text, "推动信息化与工业化深度融合")


def test_spans_are_exact_and_ordered_and_ignored_spans_left_out():
    text = item(2016, "推进智慧旅游建设")
    found = find_themes(text)
    assert all(text[mention.start : mention.end] == mention.as_written for mention in found)
    assert [mention.start for mention in found] == sorted(mention.start for mention in found)
    clause = (text.index("。"), len(text))
    assert all(mention.end <= clause[0] for mention in find_themes(text, ignore=[clause]))


def test_a_number_prefix_does_not_matter():
    text = item(2018, "拓展大数据创新应用")
    assert tag_item(f"(五){text}") == tag_item(text)


def test_the_shipped_lexicon_names_a_source_in_every_row():
    frame = ThemeLexicon.default().frame()
    assert list(frame.columns) == ["theme", "term", "kind", "note", "source"]
    assert (frame["source"] != "").all()
    assert not frame.duplicated(["theme", "term", "kind"]).any()
    assert frame["theme"].nunique() >= 20


def test_every_cue_has_a_role_and_a_source():
    path = files("planddiff") / "data" / "theme_cues.csv"
    with path.open(encoding="utf-8") as lines:
        cues = pd.read_csv(lines)
    assert set(cues["role"]) == {"means", "action", "event", "event_verb"}
    assert cues.notna().all().all()
    assert not cues.duplicated(["cue", "role"]).any()


ROWS = [
    {"theme": "绿色发展", "term": "绿色低碳", "kind": "term"},
    {"theme": "绿色发展", "term": "碳(?:达峰|中和)", "kind": "pattern"},
    {"theme": "绿色发展", "term": "碳中和学院", "kind": "exclusion"},
]
PARTS = {
    "绿色发展": {
        "terms": ["绿色低碳"],
        "patterns": ["碳(?:达峰|中和)"],
        "exclusions": ["碳中和学院"],
    }
}


def test_custom_themes_from_everything(tmp_path):
    table = tmp_path / "themes.csv"
    pd.DataFrame(ROWS).to_csv(table, index=False, encoding="utf-8-sig")
    toml = tmp_path / "themes.toml"
    toml.write_text(
        '["绿色发展"]\nterms = ["绿色低碳"]\npatterns = ["碳(?:达峰|中和)"]\n'
        'exclusions = ["碳中和学院"]\n',
        encoding="utf-8",
    )
    expected = ThemeLexicon(tuple(ThemeTerm(**row) for row in ROWS))
    for given in (PARTS, pd.DataFrame(ROWS), table, str(table), toml, expected):
        assert ThemeLexicon.from_any(given) == expected
    text = "推进碳达峰。筹建碳中和学院,发展绿色低碳产业。"
    assert roles(text, "绿色发展", expected) == [("碳达峰", "object"), ("绿色低碳", "object")]


def test_a_table_with_empty_cells_and_a_short_mapping():
    frame = pd.DataFrame([{"theme": "水", "term": "五水共治", "kind": None, "note": None}])
    assert ThemeLexicon.from_any(frame) == ThemeLexicon.from_any({"水": ["五水共治"]})


def test_a_hit_names_the_first_row_that_fits():
    rows = [
        ThemeTerm("桥", "桥梁", source="one"),
        ThemeTerm("桥", "桥梁", source="another"),
        ThemeTerm("桥", "桥(?=隧)", "pattern"),
    ]
    found = list(ThemeLexicon(tuple(rows)).hits("修建桥梁和桥隧。"))
    assert [(row.kind, row.source, start) for row, start, _ in found] == [
        ("term", "one", 2),
        ("pattern", "", 5),
    ]


def test_lexicons_merge_and_narrow():
    own = ThemeLexicon.from_any({"大数据": ["数据湖"], "水": ["五水共治"]})
    both = ThemeLexicon.default().merged(own)
    assert both.themes == (*ThemeLexicon.default().themes, "水")
    assert both.merged(own) == both
    assert tag_item("建设数据湖。", lexicon=both) == ["大数据"]
    assert both.select(["水"]) == own.select(["水"])
    with pytest.raises(InvalidInputError, match=r"no such theme: \['火'\]"):
        both.select(["火"])


@pytest.mark.parametrize(
    ("themes", "message"),
    [
        (7, "themes=7"),
        ({}, "no term or pattern"),
        ({"水": []}, "no term or pattern"),
        ({"水": {"exclusions": ["水分"]}}, r"no term or pattern for \['水'\]"),
        ({"水": "五水共治"}, "give a list"),
        ({"水": {"words": ["五水共治"]}}, "words"),
        ({"水": [""]}, "term=''"),
        ({"水": {"patterns": ["(水"]}}, "no regular expression"),
        ({"水": {"patterns": ["水*"]}}, "fits the empty text"),
        (pd.DataFrame([{"theme": "水", "word": "水"}]), r"no column \['term'\]"),
        (pd.DataFrame([{"theme": "水", "term": "水", "kind": "regex"}]), "kind='regex'"),
    ],
)
def test_bad_lexicons_say_what_is_wrong(themes, message):
    with pytest.raises(InvalidInputError, match=message):
        ThemeLexicon.from_any(themes)


def test_bad_lexicon_files_say_what_is_wrong(tmp_path):
    with pytest.raises(SourceNotFoundError, match="does not exist"):
        ThemeLexicon.from_any(tmp_path / "missing.csv")
    broken = tmp_path / "broken.toml"
    broken.write_text('[智慧城市]\nterms = ["智慧城市"]\n', encoding="utf-8")
    with pytest.raises(InvalidInputError, match="quotation marks"):
        ThemeLexicon.from_any(broken)
    other = tmp_path / "themes.json"
    other.write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidInputError, match=r"save it as \.csv or \.toml"):
        ThemeLexicon.from_any(other)


@pytest.mark.parametrize("mark", ["，", ""])
def test_the_cost_of_a_text_grows_with_its_length(mark, monkeypatch):
    read = []
    clause = finder._clause

    def counted(ends, start, end):
        low, high = clause(ends, start, end)
        read.append(high - low)
        return low, high

    monkeypatch.setattr(finder, "_clause", counted)
    find_themes(f"推进大数据{mark}" * 2000)
    assert len(read) >= 2000
    assert max(read) < 1000
