"""Targets: figures that are promised, and figures that belong to names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planddiff.errors import InvalidInputError
from planddiff.fields.numerals import read_number
from planddiff.fields.targets import find_targets

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.parametrize(
    ("written", "scale", "value"),
    [
        ("18", "", 18),
        ("1.5", "万", 15_000),
        ("1.1", "万", 11_000),
        ("3,000", "", 3000),
        ("2500", "亿", 250_000_000_000),
        ("3", "千万", 30_000_000),
        ("二十", "", 20),
        ("十二", "", 12),
        ("一百零五", "", 105),
        ("两千", "", 2000),
        ("一万五千", "", 15_000),
        ("一亿二千万", "", 120_000_000),
        ("八十五点五", "", 85.5),
    ],
)
def test_figures_are_read_as_numbers(written: str, scale: str, value: float) -> None:
    assert read_number(written, scale) == value


def test_a_word_is_no_figure() -> None:
    with pytest.raises(InvalidInputError, match="若干"):
        read_number("若干")


@pytest.mark.parametrize(
    ("text", "value", "unit", "comparator", "base", "counted"),
    [
        ("建设20个示范基地。", 20, "个", "=", "absolute", "示范基地"),
        ("培育示范企业20家以上。", 20, "家", ">=", "absolute", "示范企业"),
        ("开通不少于50个部门的数据接口。", 50, "个", ">=", "absolute", "部门的数据接口"),
        ("宽带接入率达到85%以上。", 85, "%", ">=", "share", "宽带接入率"),
        ("服务半径不超过1.5公里。", 1.5, "公里", "<=", "absolute", "服务半径"),
        ("响应时间控制在3秒以内。", 3, "秒", "<=", "absolute", "响应时间"),
        ("产业规模达到2500亿元左右。", 2.5e11, "元", "~", "absolute", "产业规模"),
        ("改造农贸市场近500家。", 500, "家", "~", "absolute", "农贸市场"),
        ("举办对接会300余场。", 300, "场", ">=", "absolute", "对接会"),
        ("软件业务收入增长25%以上。", 25, "%", ">=", "rate", "软件业务收入"),
        ("单位能耗下降3%左右。", 3, "%", "~", "rate", "单位能耗"),
        ("占比提高2个百分点。", 2, "百分点", "=", "rate", "占比"),
        ("普及率提高到95%。", 95, "%", "=", "share", "普及率"),
        ("投资额翻一番。", 2, "倍", "=", "rate", "投资额"),
        ("产值翻两番。", 4, "倍", "=", "rate", "产值"),
        ("百分之八十的行政村设立站点。", 80, "%", "=", "share", "行政村设立站点"),
        ("九成以上行政村设立站点。", 90, "%", ">=", "share", "行政村设立站点"),
        ("1/4以上的县开通服务。", 25, "%", ">=", "share", "县开通服务"),
        ("建设五个数据中心。", 5, "个", "=", "absolute", "数据中心"),
        ("新增终端3万台(套)。", 30_000, "台(套)", "=", "absolute", "终端"),
        ("新增终端3万台（套）。", 30_000, "台(套)", "=", "absolute", "终端"),
        ("办理时限压缩至3个工作日以内。", 3, "工作日", "<=", "absolute", "办理时限"),
        ("城市宽带接入能力达到100M。", 100, "M", "=", "absolute", "城市宽带接入能力"),
        ("用户数由120万户增加到150万户。", 1_500_000, "户", "=", "absolute", "用户数"),
        ("经济总量进入全国前10位。", 10, "位", "<=", "rank", "经济总量"),
        ("建成全国首个数据交易所。", 1, "个", "=", "rank", "数据交易所"),
        ("浓度不高于28微克/立方米。", 28, "微克/立方米", "<=", "absolute", "浓度"),
        ("改造老旧小区18.45 万户。", 184_500, "户", "=", "absolute", "老旧小区"),
        ("年底前80%以上的试点项目建成。", 80, "%", ">=", "share", "试点项目建成"),
        ("压减审批事项30%以上。", 30, "%", ">=", "rate", "审批事项"),
        ("每县至少建成1个平台。", 1, "个", ">=", "absolute", "每县平台"),
        ("事故死亡率控制在0.6人/百亿元以下。", 0.6, "人/百亿元", "<=", "absolute", "事故死亡率"),
        ("人均预期寿命达到81.5岁。", 81.5, "岁", "=", "absolute", "人均预期寿命"),
        ("居民收入年均增长5.4%。", 5.4, "%", "=", "rate", "居民收入"),
        ("浓度较上年改善16.5%。", 16.5, "%", "=", "rate", "浓度"),
        ("建成５０个示范点。", 50, "个", "=", "absolute", "示范点"),
        (
            "打造3个具有区域影响力、引领发展的产业集群。",
            3,
            "个",
            "=",
            "absolute",
            "具有区域影响力、引领发展的产业集群",
        ),
        ("打造具有推广效应的100个算法产品。", 100, "个", "=", "absolute", "具有推广效应的算法产品"),
        ("选择30家企业先行开展贯标试点。", 30, "家", "=", "absolute", "企业先行开展贯标试点"),
        ("建设100M以上光纤端口500万个。", 5_000_000, "个", "=", "absolute", "100M以上光纤端口"),
        ("培育国内领先的工业互联网平台5家。", 5, "家", "=", "absolute", "国内领先的工业互联网平台"),
        ("推进垃圾分类和224个老旧小区改造。", 224, "个", "=", "absolute", "老旧小区改造"),
        ("人均产值从2020年的10万元提高到14万元。", 140_000, "元", "=", "absolute", "人均产值"),
        ("新建开发区20个。", 20, "个", "=", "absolute", "开发区"),
    ],
)
def test_one_target_is_read_whole(
    text: str, value: float, unit: str, comparator: str, base: str, counted: str
) -> None:
    [target] = find_targets(text)
    assert (target.value, target.unit, target.comparator) == (value, unit, comparator)
    assert (target.base, target.object) == (base, counted)
    assert text[target.start : target.end] == target.as_written


@pytest.mark.parametrize(
    ("text", "value", "upper"),
    [
        ("产业规模增长6%-6.5%。", 6, 6.5),
        ("建设2—3个创新中心。", 2, 3),
        ("培育10至15家企业。", 10, 15),
        ("新增产能5万至8万吨。", 50_000, 80_000),
        ("新增产能5-8万吨。", 50_000, 80_000),
    ],
)
def test_a_range_keeps_both_ends(text: str, value: float, upper: float) -> None:
    [target] = find_targets(text)
    assert (target.value, target.upper) == (value, upper)


def test_members_of_a_list_have_their_own_objects() -> None:
    text = "提升软件产业6个示范基地、4个特色基地和3个创业基地建设水平。"
    found = [(t.value, t.object) for t in find_targets(text)]
    assert found == [(6, "软件产业示范基地"), (4, "软件产业特色基地"), (3, "软件产业创业基地")]
    after = find_targets("培育智慧物流示范园区10个、示范企业50家。")
    assert [(t.value, t.object) for t in after] == [(10, "智慧物流示范园区"), (50, "示范企业")]


def test_a_short_clause_speaks_of_what_was_named_before() -> None:
    city, country = find_targets("城市家庭宽带接入能力普遍达到200M以上,农村达到100M。")
    assert city.object == "城市家庭宽带接入能力"
    assert country.object == "农村家庭宽带接入能力"
    scale, growth = find_targets("力争信息消费规模达到2500亿元,增长20%以上。")
    assert growth.object == scale.object == "信息消费规模"
    assert growth.base == "rate"


def test_places_and_lists_go_on_with_the_indicator() -> None:
    whole, part = find_targets("网上可办率达到85%以上,其中省级达到95%。")
    assert part.object == "省级网上可办率"
    assert whole.object == "网上可办率"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "工业投资和商贸投资分别增长8%、10%以上。",
            [("工业投资", 8, "rate", "="), ("商贸投资", 10, "rate", ">=")],
        ),
        (
            "林木覆盖率、湿地保护率分别达24.1%和50.2%。",
            [("林木覆盖率", 24.1, "share", "="), ("湿地保护率", 50.2, "share", "=")],
        ),
        (
            "城市、农村宽带接入能力分别达到100M和30M。",
            [
                ("城市宽带接入能力", 100, "absolute", "="),
                ("农村宽带接入能力", 30, "absolute", "="),
            ],
        ),
        (
            "城乡居民收入分别增长7%左右和8%左右。",
            [("城乡居民收入", 7, "rate", "~"), ("城乡居民收入", 8, "rate", "~")],
        ),
    ],
)
def test_respective_figures_take_their_own_part(
    text: str, found: list[tuple[str, float, str, str]]
) -> None:
    assert [(t.object, t.value, t.base, t.comparator) for t in find_targets(text)] == found


def test_figures_by_year_go_on_with_comparator_and_object() -> None:
    growth, first, second = find_targets(
        "产业营收年均增长10%以上,2024年、2025年分别突破2.2万亿元、2.4万亿元。"
    )
    assert first.object == second.object == growth.object == "产业营收"
    assert (first.comparator, second.comparator) == (">=", ">=")


def test_a_total_goes_on_with_what_was_counted() -> None:
    added, total = find_targets("力争新认定高新企业50家以上、总量突破300家。")
    assert (added.object, added.flow) == ("高新企业", "flow")
    assert (total.object, total.flow) == ("高新企业", "stock")


def test_scope_is_the_place_the_clause_speaks_of() -> None:
    scopes = [t.scope for t in find_targets("全省高新企业达到5万家。建设示范城市5个。")]
    assert scopes == ["全省", ""]


def test_the_real_plan_of_2016_promises_these_figures() -> None:
    items = (SEEDS / "zhejiang-2016.txt").read_text(encoding="utf-8").splitlines()
    found = [(t.value, t.unit, t.comparator) for line in items for t in find_targets(line)]
    assert found == [
        (18, "个", "="), (7, "个", "="), (82, "家", "="), (2000, "家", "="), (20, "家", ">="),
        (20, "个", "="), (5, "个", "="), (9, "个", "="), (100, "M", ">="), (30, "M", "="),
        (40_000_000, "户", "="), (80, "%", "="), (1_500_000, "户", ">="), (12, "个", "="),
        (6, "个", "="), (6, "个", "="), (5, "个", "="), (5, "个", "="), (5, "个", "="),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "推进4G网络、5G试验和3D展示,服务G20峰会。",
        "结合“工业4.0”、“中国制造2025”和数字浙江2.0。",
        "建成一批110及220千伏变电站。",
        "落实文件(浙政发【2012】41号)要求。",
        "编制“十三五”规划,办好第三届大会,2016年4月6日印发。",
        "推进三网融合和两化融合,落实十大专项行动。",
        "实施“十万企业上云”和“百名专家进千企”。",
        "建设省、市、县三级平台,二级以上医院,4A级景区。",
        "深化公益、培训、电商等四类服务,完善三大体系。",
        "形成一批成果,首批启动,实现全覆盖。",
        "抓好三个方面工作,实现四个转变,交通、医疗等五个领域。",
        "打造15分钟生活圈,提供7×24小时服务。",
        "支持亿元以上项目和500万元以上的项目。",
        "按照《三年行动计划(2018-2020年)》部署,整合12316服务热线。",
        "1.组织申报。",
        "重点抓好三个方面9项工作,共4项任务,以下三个问题。",
        "如图7所示,按照第3、8项规定办理。",
        "对入选企业给予最高100万元奖励,按投入的30%给予补助。",
        "应在7个工作日内上报。",
        "在7个项目投产基础上推进改造。",
        "营业收入5000万元以上的规上企业优先申报。",
        "三台县、五家渠和“三位一体”体系。",
        "坚持三位一体推进。",
    ],
)
def test_names_and_ordinals_promise_nothing(text: str) -> None:
    assert find_targets(text) == []


@pytest.mark.parametrize("number", ["3.", "3．", "(三)", "（三）", "三、", "第三条"])
def test_the_printed_number_of_the_item_is_no_figure(number: str) -> None:
    [target] = find_targets(f"{number}18个示范区建设。")
    assert (target.value, target.object) == (18, "示范区")


def test_ignored_spans_hold_no_targets() -> None:
    text = "建设5个平台。(责任单位:省厅等20个部门)"
    assert [t.value for t in find_targets(text, ignore=[(7, len(text))])] == [5]


def test_deadline_flow_scope_and_report() -> None:
    done, planned = find_targets("去年建成基站100个,今年力争新增基站200个。", year=2018)
    assert done.reported
    assert not planned.reported
    assert (planned.flow, planned.deadline) == ("flow", "今年")
    [stock] = find_targets("到2020年,每万人累计拥有专利30件。")
    assert (stock.flow, stock.scope, stock.deadline) == ("stock", "每万人", "到2020年")


@given(
    st.text(
        alphabet="建设个家万亿%百分之二十0123456789.-到至以上的、,。(（“”）)由从前第", max_size=60
    )
)
def test_spans_are_exact_on_any_text(text: str) -> None:
    for target in find_targets(text, year=2020):
        assert text[target.start : target.end] == target.as_written
        assert target.comparator in ("=", ">=", "<=", "~")
        assert target.upper is None or target.upper > target.value


@pytest.mark.parametrize(
    ("text", "value", "flow"),
    [
        ("居民医保补助标准再增加35元。", 35, "increase"),
        ("赤字规模比去年增加2万亿元。", 2e12, "increase"),
        ("提高护理补贴标准100元。", 100, "increase"),
        ("上调电价5元。", 5, "increase"),
        ("财政赤字比上年减少1200亿元。", 1.2e11, "decrease"),
        ("办理时限压减了3天。", 3, "decrease"),
        ("减少贫困人口800万人。", 8e6, "decrease"),
        ("居民医保补助标准提高到410元。", 410, ""),
        ("补助标准由380元提高至410元。", 410, ""),
        ("居民医保补助标准下调至300元。", 300, ""),
        ("粮食产量达到1000万吨。", 1e7, ""),
        ("城镇新增就业90万人。", 9e5, "flow"),
        ("新建充电站50座。", 50, "flow"),
        ("增加停车位500个。", 500, "flow"),
        ("新增加岗位300个。", 300, "flow"),
        ("工业产值增长6%。", 6, ""),
        ("覆盖率提高3个百分点。", 3, ""),
    ],
)
def test_a_figure_that_says_a_change_is_told_from_a_level(
    text: str, value: float, flow: str
) -> None:
    [target] = find_targets(text)
    assert (target.value, target.flow) == (value, flow)


def test_a_change_and_the_level_it_leads_to_are_two_figures() -> None:
    change, level = find_targets("护理补贴提高30元,达到380元。")
    assert [(t.value, t.flow) for t in (change, level)] == [(30, "increase"), (380, "")]


def test_figures_that_go_on_share_the_direction() -> None:
    found = find_targets("城乡低保标准分别提高20元和10元。")
    assert [(t.value, t.flow) for t in found] == [(20, "increase"), (10, "increase")]


@pytest.mark.parametrize("text", ["门诊补助标准再增加40元。", "门诊补助标准提高到人均40元。"])
def test_objects_end_before_the_words_of_the_change(text: str) -> None:
    assert [t.object for t in find_targets(text)] == ["门诊补助标准"]
