"""Responsible bodies: every notation, roles by word, exact spans, and what is no body.

Texts are constructed in the genre, except those read from the shipped plan of 2016.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planddiff.fields.agencies import assign_roles, document_convention, read_agencies
from planddiff.fields.agency_grammar import actor_kind

REGION = "浙江省"


def roles(text: str, **kwargs: object) -> list[str]:
    """``name/role`` of every mention."""
    reading = read_agencies(text, region=REGION, **kwargs)  # type: ignore[arg-type]
    return [f"{m.name}/{m.role}" for m in reading.mentions]


LEAD_AND_SUPPORT = ["省大数据局/lead", "省财政厅/support", "省统计局/support"]


@pytest.mark.parametrize(
    "tail",
    [
        "。(省大数据局牵头,省财政厅、省统计局配合)",
        "(省大数据局牵头、省财政厅和省统计局参与)。",
        ",由省大数据局牵头,省财政厅、省统计局参与。",
        "。省大数据局牵头,省财政厅、省统计局配合。",
        "。由省大数据局会同省财政厅、省统计局负责。",
        "。(省大数据局会同省财政厅、省统计局组织实施)",
        "。(省大数据局负责;省财政厅、省统计局协助)",
        "。(省大数据局牵头负责,省财政厅、省统计局按职责分工负责)",
        "。【牵头单位:省大数据局;配合单位:省财政厅、省统计局】",
        "。[牵头部门:省大数据局,参加单位:省财政厅、省统计局]",
        "。〔牵头单位:省大数据局 责任单位:省财政厅 省统计局〕",
        "。〈主办:省大数据局;协办:省财政厅、省统计局〉",
        "。（牵头单位：省大数据局；参与部门：省财政厅，省统计局）",
        "。(牵头单位省大数据局,配合单位省财政厅、省统计局)",
        "。(省大数据局(牵头)、省财政厅、省统计局)",
        "。\n牵头单位:省大数据局\n配合单位:省财政厅、省统计局",
        "。【牵头单位】省大数据局【配合单位】省财政厅、省统计局",
        "。牵头单位为省大数据局,配合单位为省财政厅、省统计局。",
        "。——省大数据局牵头,省财政厅、省统计局配合",
        "。(省大数据局为牵头单位,省财政厅、省统计局为配合单位)",
        "。(省大数据局负总责,省财政厅、省统计局配合做好)",
        "。(省大数据局、省财政厅、省统计局,列首位的为牵头单位,下同)",
    ],
)
def test_lead_and_support_by_word(tail: str) -> None:
    assert roles("建成数据平台" + tail) == LEAD_AND_SUPPORT


@pytest.mark.parametrize(
    "tail",
    [
        "。(省大数据局、省财政厅)",
        "(省大数据局,省财政厅)",
        "。(省大数据局 省财政厅)",
        "。（省大数据局/省财政厅）",
        "。(省大数据局、省财政厅按职责分工负责)",
        "。(责任单位:省大数据局、省财政厅)",
        "。(责任部门：省大数据局；省财政厅)",
        "。【完成单位:省大数据局、省财政厅】",
        "。【责任单位】省大数据局、省财政厅",
        "。\n责任单位:省大数据局、省财政厅\n完成时限:2019年12月底",
        "。责任单位:省大数据局、省财政厅。",
        "。\n省大数据局、省财政厅",
        "\t省大数据局\t省财政厅\t12月底前",
        " | 省大数据局 | 省财政厅 |",
        "。(责任单位:省大数据局、省财政厅;完成时限:2019年底)",
        "。(2019年12月底前完成,省大数据局、省财政厅负责)",
        "。(责任领导:王某某,责任单位:省大数据局、省财政厅)",
        "(省大数据局)。办好门户网站(省财政厅)。",
        "(省大数据局、省财政厅),办好门户网站。",
        "。——责任单位:省大数据局、省财政厅",
        "。(此项工作由省大数据局、省财政厅负责)",
        "。(省大数据局、省财政厅6月底前完成)",
        "。(★省大数据局、省财政厅)",
    ],
)
def test_listed_where_no_word_says_who_leads(tail: str) -> None:
    assert roles("建成数据平台" + tail) == ["省大数据局/listed", "省财政厅/listed"]


def test_label_of_responsibility_leads_beside_a_label_of_support() -> None:
    assert roles("建库。(责任单位:省教育厅;配合单位:省财政厅)") == [
        "省教育厅/lead",
        "省财政厅/support",
    ]


def test_support_does_not_reach_back_over_a_comma() -> None:
    assert roles("建库。(省教育厅、省科技厅,省财政厅、各市政府配合)") == [
        "省教育厅/lead",
        "省科技厅/lead",
        "省财政厅/support",
        "各市政府/support",
    ]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("(杭州、嘉兴、金华市政府)", ["杭州市政府", "嘉兴市政府", "金华市政府"]),
        ("(湖州市、舟山市政府)", ["湖州市政府", "舟山市政府"]),
        ("(西湖、滨江区政府和钱塘区管委会)", ["西湖区政府", "滨江区政府", "钱塘区管委会"]),
        ("(杭州、温州等市政府)", ["杭州市政府", "温州市政府"]),
        ("(省科技、教育、财政厅)", ["省科技厅", "省教育厅", "省财政厅"]),
        ("(交通运输部及各地区负责)", ["交通运输部", "各地区"]),
        ("(省工业和信息化厅和省文化和旅游厅)", ["省工业和信息化厅", "省文化和旅游厅"]),
        ("(市交通委(市道运局)、市公安局)", ["市交通委", "市公安局"]),
        ("(各市、县(市、区)政府,省直有关部门)", ["各市、县(市、区)政府", "省直有关部门"]),
        ("(各市及县市区政府)", ["各市及县市区政府"]),
        ("(责任单位:各区、市政府)", ["各区、市政府"]),
        ("(各省、自治区、直辖市人民政府)", ["各省、自治区、直辖市人民政府"]),
        ("(各地级以上市政府)", ["各地级以上市政府"]),
        ("(市委办、市政协办)", ["市委办", "市政协办"]),
        ("(规划财务司、科技司)", ["规划财务司", "科技司"]),
        ("(发改、经信、财政等部门负责)", ["发改、经信、财政等部门"]),
    ],
)
def test_one_mention_per_body(clause: str, expected: list[str]) -> None:
    reading = read_agencies("做好试点。" + clause)
    assert [m.name for m in reading.mentions] == expected


def test_shared_ending_keeps_each_piece_its_own_span() -> None:
    text = "做好试点。(省经信委,杭州、嘉兴、金华市政府)"
    reading = read_agencies(text, region=REGION)
    assert [m.as_written for m in reading.mentions] == ["省经信委", "杭州", "嘉兴", "金华市政府"]
    assert [text[m.start : m.end] for m in reading.mentions] == [
        m.as_written for m in reading.mentions
    ]


def test_nested_bracket_is_part_of_the_mention() -> None:
    (mention,) = read_agencies("疏堵。(市交通委(市道运局))").mentions
    assert (mention.as_written, mention.name) == ("市交通委(市道运局)", "市交通委")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("(省经信委、人民银行)", ["department", "department"]),
        ("(省经信委、杭州市政府、钱塘区管委会)", ["department", "government", "government"]),
        ("(省电力公司、省交通集团)", ["enterprise", "enterprise"]),
        ("(省经信委、三大通信运营商、有关部门)", ["department", "class", "class"]),
        ("(相关市及县市区政府)", ["class"]),
        ("(省经信委、各试点项目省级指导组组长单位)", ["department", "class"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [m.kind for m in read_agencies("做好试点。" + text).mentions] == kinds


@pytest.mark.parametrize(
    ("clause", "open_names"),
    [
        ("(省经信委、省科技厅等)", ["省科技厅"]),
        ("(省经信委、省科技厅等部门负责)", ["省科技厅"]),
        ("(省经信委、省科技厅等,有关市政府)", ["省科技厅"]),
        ("(省经信委、省科技厅)", []),
    ],
)
def test_open_lists(clause: str, open_names: list[str]) -> None:
    mentions = read_agencies("试点。" + clause).mentions
    assert [m.name for m in mentions if m.open_ended] == open_names
    assert not any("等" in m.as_written for m in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "覆盖5个县(市、区)。",
        "推广智能装备(数字工厂)。",
        "落实意见(浙政发【2012】41号)。",
        "推进公路(高速)建设。",
        "印发方案(以下简称方案)。",
        "应用物联网(IoT)和人工智能(AI)。",
        "全面完成(2019年12月底前完成)。",
        "由企业牵头、院校参与组建联盟。",
        "支持龙头企业牵头组建创新联合体。",
        "扩大政府投资,鼓励社会参与。",
        "各部门要密切配合。",
        "本办法由省大数据局负责解释。",
        "推动市中医院和省农科院共建中心。",
        "支持示范企业(西子某某有限公司)。",
        "召开推进大会(博览会)。",
        "联系装备工业司(重大装备办公室)。",
        "组建两个部门(市数据局、市医保局)。",
        "开展区域试点(杭州市、宁波市)。",
        "支持综合医院建设(省人民医院)。",
        "申报单位填写(牵头单位填写,盖公章)。",
        "责任单位:",
        "",
    ],
)
def test_no_agencies(text: str) -> None:
    reading = read_agencies(text)
    assert reading.mentions == ()
    assert reading.clauses == ()


def test_clauses_are_whole() -> None:
    text = "建库(省经信委牵头),设站,由省科技厅负责。办展。\n责任单位:省商务厅"
    reading = read_agencies(text)
    assert [text[a:b] for a, b in reading.clauses] == [
        "(省经信委牵头)",
        "由省科技厅负责",
        "责任单位:省商务厅",
    ]


def test_clause_in_running_text_leaves_what_follows_to_the_body() -> None:
    text = "由省能源局牵头,省电力公司等参与,建立三级联动机制。"
    reading = read_agencies(text)
    assert [text[a:b] for a, b in reading.clauses] == ["由省能源局牵头,省电力公司等参与"]


def test_full_and_half_width_read_alike() -> None:
    half = "试点。(牵头单位:省经信委;配合单位:省财政厅,各市政府)"
    full = half.translate(str.maketrans("(),:;", "（），：；"))
    assert roles(half) == roles(full) != []


def test_agency_is_the_name_at_the_time() -> None:
    reading = read_agencies("试点。(浙江省通管局、省卫计委、旅游局)", region=REGION)
    assert [m.name for m in reading.mentions] == ["浙江省通管局", "省卫计委", "旅游局"]
    assert [m.agency for m in reading.mentions] == ["省通信管理局", "省卫生计生委", "省旅游局"]


class TestAssignRoles:
    def test_word_decides(self) -> None:
        found = read_agencies("试点。(省经信委、省科技厅牵头,省财政厅配合)").mentions
        assert assign_roles(found) == (["省经信委", "省科技厅"], ["省财政厅"], False)

    def test_first_listed_leads_and_it_is_said(self) -> None:
        found = read_agencies("试点。(省经信委、省科技厅,省财政厅)").mentions
        assert assign_roles(found) == (["省经信委"], ["省科技厅", "省财政厅"], True)

    def test_names_once_also_over_several_brackets(self) -> None:
        found = read_agencies("建库(省经信委牵头)。设站(省科技厅、省经信委)。").mentions
        assert assign_roles(found) == (["省经信委"], ["省科技厅"], False)

    def test_nobody(self) -> None:
        assert assign_roles(()) == ([], [], False)


class TestConvention:
    @pytest.mark.parametrize(
        "note",
        [
            "责任单位中列第一位的为牵头单位。",
            "各项任务后所列单位,第一个为牵头单位。",
            "(注:排在首位的部门为牵头部门,其他为配合部门)",
            "各任务第一责任单位为牵头单位。",
            "由排在第一位的单位牵头,其余单位配合。",
        ],
    )
    def test_first_leads(self, note: str) -> None:
        convention = document_convention(note)
        assert convention.first_leads
        assert roles("试点。(省经信委、省科技厅)", convention=convention) == [
            "省经信委/lead",
            "省科技厅/support",
        ]

    def test_words_go_before_the_convention(self) -> None:
        convention = document_convention("列第一位的为牵头单位。")
        assert roles("试点。(省科技厅配合,省经信委牵头)", convention=convention) == [
            "省科技厅/support",
            "省经信委/lead",
        ]

    def test_said_in_the_bracket_itself(self) -> None:
        assert roles("试点。(省教育厅、团省委负责,列第一位者为牵头部门,下同)") == [
            "省教育厅/lead",
            "团省委/support",
        ]

    @pytest.mark.parametrize(
        ("note", "expected"),
        [
            ("以下任务均需各部门落实,不再一一列出。", ["各部门/listed"]),
            ("上述各项工作均需各市、县(市、区)政府配合。", ["各市、县(市、区)政府/support"]),
            (
                "各区县政府、市级各部门为各项任务的责任单位,不再一一列出。",
                ["各区县政府/listed", "市级各部门/listed"],
            ),
            ("涉及各市政府的,以下不再逐一列出。", ["各市政府/listed"]),
        ],
    )
    def test_standing_bodies(self, note: str, expected: list[str]) -> None:
        text = "关于印发要点的通知\n" + note
        standing = document_convention(text).standing
        assert [f"{m.name}/{m.role}" for m in standing] == expected
        assert all(text[m.start : m.end] == m.as_written for m in standing)

    @pytest.mark.parametrize(
        "text",
        [
            "总量居全省首位,牵头制定标准3项。",
            "驻村第一书记牵头,首批试点单位牵头。",
            "以下任务均需按期完成。",
            "",
        ],
    )
    def test_nothing_said(self, text: str) -> None:
        convention = document_convention(text)
        assert not convention.first_leads
        assert convention.standing == ()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("省经信委", "department"),
        ("全社会", ""),
        ("总体布局", ""),
        ("推动市中医院", ""),
        ("杭州", "government"),
        ("各处室", "class"),
        ("局", ""),
    ],
)
def test_actor_kind(name: str, kind: str) -> None:
    assert actor_kind(name) == kind


@pytest.mark.parametrize(
    "text",
    [
        "(" + "省厅和" * 100 + "负责)",
        "牵头单位:" * 2000,
        "由各部门负责," * 500,
        "(" * 9000,
        "(" + "()" * 4000,
        "各市、" * 5000 + "(",
        "共同" * 9000 + "负责",
    ],
    ids=["joined", "labels", "sentences", "open", "pairs", "classes", "adverbs"],
)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    # Each of these would run for minutes if a pattern or the splitting were exponential.
    reading = read_agencies(text)
    assert all(text[m.start : m.end] == m.as_written for m in reading.mentions)


WORDS = (
    "省经信委 杭州 金华市政府 各市、县(市、区)政府 牵头 配合 负责 等 由 会同 、 , ; 。 : ( ) 【 】"
    " 责任单位: 牵头单位 建设 2019年 和 及 市交通委(市道运局) 完成时限: 有关部门"
)
PIECES = st.sampled_from([*WORDS.split(), "\n", "\t"])


@given(st.lists(PIECES, max_size=25).map("".join))
def test_spans_are_exact_ordered_and_apart(text: str) -> None:
    reading = read_agencies(text, region=REGION)
    ends = 0
    for start, end in reading.clauses:
        assert ends <= start < end <= len(text)
        ends = end
    ends = 0
    for mention in reading.mentions:
        assert ends <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.as_written
        assert any(a <= mention.start and mention.end <= b for a, b in reading.clauses)
        assert mention.role in ("lead", "support", "listed")
        assert mention.kind in ("department", "government", "enterprise", "class")
        ends = mention.end
