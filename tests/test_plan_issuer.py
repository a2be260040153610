"""Who issued a plan: signatures of one body, of several, and names that are wrapped."""

import pytest

from planddiff.plan_issuer import find_issuer, joint, report_issuer

DATE = "2020年3月1日"


@pytest.mark.parametrize(
    ("tail", "issuer"),
    [
        (["请认真执行。", "云州市人民政府", DATE], "云州市人民政府"),
        (
            ["请认真执行。", "云州市科学技术局", "云州市财政局", DATE],
            "云州市科学技术局、云州市财政局",
        ),
        (["云州市工业和", "信息化局", "云州市公安局", DATE], "云州市工业和信息化局、云州市公安局"),
        (["云州市公安局 云州市城乡交通", "运输局", DATE], "云州市公安局、云州市城乡交通运输局"),
        (["云 州 市 财 政 局", DATE], "云州市财政局"),
        (["组织保障", "云州市人民政府", DATE], "云州市人民政府"),
        (["各区人民政府", "云州市人民政府", DATE], "云州市人民政府"),
        (["云州市人民政府"], ""),
    ],
)
def test_signatures(tail, issuer):
    assert find_issuer([], tail, "") == issuer


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        ("中共中央 国务院", "中共中央、国务院"),
        ("中共中央国务院", "中共中央、国务院"),
        ("科技部办公厅财政部办公厅", "科技部办公厅、财政部办公厅"),
        ("云州市委云州市人民政府", "云州市委、云州市人民政府"),
        ("浙江省人民政府国有资产监督管理委员会", "浙江省人民政府国有资产监督管理委员会"),
        ("国家发展和改革委员会", "国家发展和改革委员会"),
        ("国务院办公厅", "国务院办公厅"),
        ("", ""),
    ],
)
def test_several_bodies_have_a_mark_between_and_one_has_none(printed, bodies):
    assert joint(printed) == bodies


@pytest.mark.parametrize(
    ("opening", "place", "issuer"),
    [
        ("现在,我代表国务院,向大会报告工作", "", "国务院"),
        ("——2020年3月5日在第十三届全国人民代表大会第三次会议上", "", "国务院"),
        ("我代表市人民政府,向大会报告工作", "云州市", "云州市人民政府"),
        ("我代表行署作工作报告", "云山盟", "云山盟行政公署"),
        ("我代表市人民政府,向大会报告工作", "", ""),
    ],
)
def test_the_government_that_reports(opening, place, issuer):
    assert report_issuer("政府工作报告", [opening], place) == issuer
    assert report_issuer("2020年工作要点", [opening], place) == ""
