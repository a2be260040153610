"""Places by their names: which is meant, at what level, and in which province."""

import pytest

from planddiff.places import level_of, places_called, province_of, provinces, the_place


def test_the_first_level_is_whole():
    assert len(provinces()) == 35
    assert {place.province for place in provinces()} == {place.name for place in provinces()}


def test_every_place_lies_in_a_province():
    names = {place.name for place in provinces()}
    for word in ("鼓楼区", "和平区", "城关区", "通州区"):
        assert {place.province for place in places_called(word)} <= names


@pytest.mark.parametrize(
    ("called", "ends", "name"),
    [
        ("杭州", "", "杭州市"),
        ("义乌", "", "义乌市"),
        ("吉林", "", "吉林省"),
        ("吉林", "市", "吉林市"),
        ("恩施", "", "恩施土家族苗族自治州"),
        ("恩施", "市", "恩施市"),
        ("黔东南州", "", "黔东南苗族侗族自治州"),
        ("锡林郭勒", "", "锡林郭勒盟"),
        ("广西", "", "广西壮族自治区"),
        ("新疆生产建设兵团", "", "新疆生产建设兵团"),
    ],
)
def test_a_name_means_one_place(called, ends, name):
    assert the_place(called, ends=ends).name == name


@pytest.mark.parametrize("called", ["鼓楼区", "工作", "云州市", ""])
def test_a_name_of_several_places_or_of_none_means_none(called):
    assert the_place(called) is None


def test_the_province_tells_places_of_one_name_apart():
    assert the_place("鼓楼区", province="福建省").parent == "福州市"
    assert province_of("鼓楼区", ["福州市鼓楼区人民政府"]) == "福建省"
    assert province_of("鼓楼区", ["2020年鼓楼区工作要点"]) == ""


@pytest.mark.parametrize(
    ("region", "level", "province"),
    [
        ("全国", "national", ""),
        ("上海市", "province", "上海市"),
        ("浦东新区", "county", "上海市"),
        ("仙桃市", "county", "湖北省"),
        ("莱芜市", "prefecture", "山东省"),
        ("云州市", "prefecture", ""),
        ("清水河区", "county", ""),
    ],
)
def test_levels_and_provinces(region, level, province):
    assert (level_of(region), province_of(region)) == (level, province)
