"""Constructed plans of a province, its cities and their neighbours, in which one thing spreads."""

from pathlib import Path

import pandas as pd

MARK = "【示例构造文本，并非官方文件】"
OWN = "推行错时停车共享。发动沿街单位夜间开放内部车位，建立泊位收益返还机制，由居民自治小组评议定价"
ABOVE = "实施诊疗影像互认。统一检查报告云存储格式，建成跨院调阅授权中枢，对重复拍片实行费用倒扣公示"
FORMULA = "加强组织领导和统筹协调，明确责任分工，强化督查考核，确保各项目标任务落到实处见到成效"
PLANS = {
    ("浙江省", 2014): [ABOVE],
    ("浙江省", 2015): [],
    ("杭州市", 2014): [],
    ("杭州市", 2015): [OWN],
    ("宁波市", 2014): [],
    ("宁波市", 2016): [OWN.replace("沿街", "临街")],
    ("南京市", 2015): [],
    ("南京市", 2017): ["我市" + OWN + "，公布名单"],
    ("温州市", 2014): [],
    ("温州市", 2015): [ABOVE.replace("建成", "搭建")],
    ("绍兴市", 2015): [],
    ("绍兴市", 2016): [ABOVE.replace("统一", "规范")],
    ("嘉兴市", 2016): ["建设智慧城市。开展城市大脑应用，接入交通信号"],
    ("湖州市", 2014): [],
    ("湖州市", 2016): ["深化智慧城市建设。布设井盖传感装置，汇聚管网水位"],
    ("金华市", 2014): [],
}
_OWN_TASKS = ["茶园", "船闸", "竹编", "盐田", "蚕桑", "灯塔", "瓷窑", "马场", "梅林"]


def write_issuers(folder: Path) -> pd.DataFrame:
    """Write the plans; a table of sources with ``source``, ``issuer``, ``region``, ``year``."""
    regions = sorted({region for region, _ in PLANS})
    rows = []
    for (region, year), tasks in PLANS.items():
        craft = _OWN_TASKS[regions.index(region)]
        tasks = [*tasks, f"整修{craft}旧址，第{year - 2010}期开工", FORMULA]
        lines = [MARK, f"{year}年{region}信息化工作要点", "一、主要任务"]
        lines += [f"{number}.{task}。" for number, task in enumerate(tasks, start=1)]
        file = folder / f"{region}{year}.txt"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        rows.append((str(file), f"{region}人民政府", region, year))
    return pd.DataFrame(rows, columns=["source", "issuer", "region", "year"])
