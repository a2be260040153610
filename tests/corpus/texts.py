"""Constructed plans of invented cities, short ones."""

from pathlib import Path

TASKS = [
    "建设智慧园区，新建3个园区。",
    "培育数字企业，扶持20家企业。",
    "开放公共数据。",
    "推进两化融合。",
]


def plan_text(city="云州市", year=2020, kind="工作要点", tasks=TASKS, signed="人民政府"):
    """A plan of one section; ``signed`` is what the signature has behind the city, if anything."""
    lines = [f"{year}年{city}信息化{kind}", "一、主要任务"]
    lines += [f"{number}.{task}" for number, task in enumerate(tasks, start=1)]
    if signed:
        lines += [f"{city}{signed}", f"{year}年3月1日"]
    return "\n".join(lines) + "\n"


def write_plans(folder: Path, cities=("云州市", "海宁市"), years=(2019, 2020)):
    """One file a city and year; the folder."""
    for city in cities:
        for year in years:
            text = plan_text(city, year, tasks=TASKS[: 2 + year % 3])
            (folder / f"{city}{year}.txt").write_text(text, encoding="utf-8")
    return folder
