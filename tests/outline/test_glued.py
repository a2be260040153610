"""One line is as good as many: paragraphs that a copy glued together."""

import planddiff as pdd
from planddiff.normalize import canonicalize
from planddiff.outline import read_outline
from planddiff.readers import document_from_text

TEXT = "加快建设全市统一的公共数据平台，推动部门业务系统整合迁移，完善共享交换机制。"


def parse(text):
    return pdd.parse_plan(text, year=2020, issuer="云州市")


def test_a_document_of_one_line_gives_the_items_of_many():
    tasks = [
        f"（{n}）推进{name}。{TEXT * 3}" for n, name in zip("一二三四", "甲乙丙丁", strict=True)
    ]
    lines = ["各位代表：", "现在，我向大会报告工作，请予审议。", "一、2019年工作回顾", TEXT, *tasks]
    lines += ["各位代表！", "二、2020年工作安排", TEXT, *tasks]
    many, one = parse("\n".join(lines)), parse("".join(lines))
    titles = [title for title in many.items["title"] if title.startswith("推进")]
    assert titles == ["推进甲", "推进乙", "推进丙", "推进丁"] * 2
    assert [title for title in one.items["title"] if title.startswith("推进")] == titles
    assert one.items["section"].unique().tolist() == ["2019年工作回顾", "2020年工作安排"]
    assert pdd.parse_plan("".join(lines)).year == 2020


def test_a_missing_number_is_found_at_the_end_of_a_line():
    plan = parse(f"一、原则\n{TEXT}二、任务\n{TEXT}\n三、保障\n{TEXT}")
    assert plan.items["number"].tolist() == ["一、", "二、", "三、"]


def test_a_first_heading_at_the_end_of_a_line_is_found():
    plan = parse(f"现在向大会报告工作，请予审议。一、总体要求\n{TEXT}\n二、任务\n{TEXT}")
    assert plan.items["section"].tolist() == ["总体要求", "任务"]


def test_enumerations_in_a_sentence_are_not_parted():
    text = f"1.建设平台。主要包括：1.云平台；2.政务网。{TEXT}\n2.整合系统。{TEXT}"
    assert parse(text).items["title"].tolist() == ["建设平台", "整合系统"]


def test_ranks_in_running_text_are_no_numbers():
    text = (
        f"一、回顾\n{TEXT * 20}增速居全省第一、第二位。总量第一、全国第二。{TEXT}\n二、任务\n{TEXT}"
    )
    assert parse(text).items["section_number"].dropna().tolist() in ([1, 2], [])
    assert len(parse(text).items) <= 3


def test_a_gigantic_line_is_outlined():
    document = document_from_text("一、任务。" + TEXT * 10_000)
    assert len(read_outline(canonicalize(document)).items) >= 1
