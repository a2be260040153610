"""Constructed plans: items written for the tests in the genre, no document behind them."""

from __future__ import annotations

from collections.abc import Sequence

from planddiff.plan import Plan, parse_plan

FERRY = (
    "开行水上巴士航线。在三条内河航道开行水上巴士,改造沿线旧码头,配齐候船亭和无障碍通道,"
    "票价与地面公交一致"
)
ORCHARD = (
    "建设柑橘冷藏仓库。支持合作社在产地建设柑橘冷藏仓库,推广分级包装设备,对接批发市场,减少果品损耗"
)
LIBRARY = (
    "延长图书馆夜间开放时间。县级图书馆夜间开放到晚上九点,设立儿童绘本阅览区,组织志愿者轮值,"
    "开展流动书车下乡"
)
BRIDGE = "加固山区危旧桥梁。对山区危旧桥梁逐座检测,分批加固桥墩,更换老化支座,设置限载标志"
HERBS = "规范中药材种植。编制贝母、白术种植技术规程,建立种苗繁育圃,推行农药使用登记,开展产地检测"
SPORT = "修建社区足球场。利用高架桥下空地修建社区足球场,错时开放学校操场,举办少年五人制联赛"
WELLS = "清理废弃机井。普查乡村废弃机井,逐口封填回灌,保护深层地下水,公布水位监测结果"
CLINIC = "开设海岛流动诊所。用医疗船在偏远海岛巡诊,配备远程心电设备,培训乡村接生员,储备常用药品"
ALL = (FERRY, ORCHARD, LIBRARY, BRIDGE, HERBS, SPORT, WELLS, CLINIC)
SECTIONS = ("改善交通设施", "发展特色农业", "丰富群众文化")


def plan_text(items: Sequence[str], per_section: int = 3) -> str:
    """Items as a numbered plan text with section headings."""
    lines = ["【示例构造文本,并非官方文件】"]
    for place, item in enumerate(items):
        if place % per_section == 0:
            section = place // per_section
            lines.append(f"{'一二三四五六七八九'[section]}、{SECTIONS[section % 3]}")
        lines.append(f"{place + 1}.{item}。")
    return "\n".join(lines)


def plan_of(items: Sequence[str], year: int, per_section: int = 3) -> Plan:
    """A constructed plan with one item per text; a text ends without its full stop."""
    plan = parse_plan(plan_text(items, per_section), year=year, issuer="示例县")
    assert len(plan.items) == len(items)
    return plan
