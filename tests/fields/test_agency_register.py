"""The register: names, short forms, successions, and silence where it holds nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from planddiff.errors import InvalidInputError
from planddiff.fields.agency_register import (
    REGISTER_COLUMNS,
    AgencyRegister,
    lead_change,
    load_register,
)

REGISTER = load_register()


@pytest.mark.parametrize(
    ("name", "region", "expected"),
    [
        ("省通管局", "浙江省", "省通信管理局"),
        ("省卫计委", "浙江省", "省卫生计生委"),
        ("省测绘与地理局", "浙江省", "省测绘与地理信息局"),
        ("省海洋渔业局", "浙江省", "省海洋与渔业局"),
        ("浙江省经信委", "浙江省", "省经信委"),
        ("省经济和信息化委员会", "浙江省", "省经信委"),
        ("省发展和改革委员会", "山东省", "省发展改革委"),
        ("省发改委", None, "省发改委"),
        ("国家发展和改革委员会", None, "国家发展改革委"),
        ("发展改革委", "浙江省", "省发改委"),
        ("发展改革委", None, "国家发展改革委"),
        ("教育部", "浙江省", "教育部"),
        ("青岛市人社局", "青岛市", "市人力资源社会保障局"),
        ("杭州市西湖区发改局", None, "杭州市西湖区发展改革局"),
        ("上海市经济信息化委", "上海市", "市经济和信息化委"),
        ("自治区卫健委", "广西壮族自治区", "自治区卫生健康委"),
        ("市场监管局", "浙江省", "省市场监管局"),
        ("华数传媒集团", "浙江省", "华数传媒集团"),
        ("省工业厅", "浙江省", "省工业厅"),
    ],
)
def test_canonical(name: str, region: str | None, expected: str) -> None:
    assert REGISTER.canonical(name, region) == expected


def test_canonical_names_are_fixed_points() -> None:
    for row in REGISTER.rows:
        assert REGISTER.canonical(row.name) == row.name


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("省卫生厅", 2013, "省卫生厅"),
        ("省卫生厅", 2014, "省卫生计生委"),
        ("省卫生厅", 2018, "省卫生健康委"),
        ("卫生部", 2020, "国家卫生健康委"),
        ("信息产业部", 2010, "工业和信息化部"),
        ("中国银监会", 2024, "金融监管总局"),
        ("宁波市环保局", 2019, "宁波市生态环境局"),
        ("省政府办公厅", 2020, "省政府办公厅"),
        ("铁道部", 2020, "铁道部"),
        ("省工业厅", 2020, "省工业厅"),
    ],
)
def test_harmonise(name: str, year: int, expected: str) -> None:
    assert REGISTER.harmonise(name, year) == expected


@pytest.mark.parametrize("region", [None, "浙江省", "山东省"])
def test_harmonise_brings_spellings_together(region: str | None) -> None:
    spellings = ["省发改委", "省发展改革委", "省发展和改革委员会"]
    assert len({REGISTER.harmonise(name, 2016, region) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("省通管局", "省通信管理局", "same"),
        ("省发改委", "省发展和改革委员会", "same"),
        ("省经信委", "省经信厅", "renamed"),
        ("省旅游局", "省文化和旅游厅", "merged"),
        ("省卫生厅", "省卫生健康委", "merged"),
        ("省食药监局", "省市场监管局", "merged"),
        ("省食药监局", "省药监局", "moved"),
        ("省政府办公厅", "省大数据局", "moved"),
        ("铁道部", "国家铁路局", "split"),
        ("杭州市环保局", "杭州市生态环境局", "renamed"),
        ("杭州市环保局", "宁波市生态环境局", "unrelated"),
        ("省经信厅", "省经信委", "unrelated"),
        ("省农业厅", "省工业厅", "unrelated"),
        ("省经信委", "市经信局", "unrelated"),
    ],
)
def test_relation(old: str, new: str, expected: str) -> None:
    assert REGISTER.relation(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["省卫计委"], ["省卫生计生委", "省民政厅"], "no"),
        (["省旅游局"], ["省文化和旅游厅"], "renamed_only"),
        (["省政府办公厅"], ["省大数据局"], "yes"),
        (["省经信委"], ["省科技厅"], "yes"),
        ([], [], "no"),
        ([], ["省科技厅"], "yes"),
    ],
)
def test_lead_change(old: list[str], new: list[str], expected: str) -> None:
    assert lead_change(old, new, region="浙江省") == expected


def test_every_line_has_a_source_and_successors_are_in_the_register() -> None:
    names = {row.name for row in REGISTER.rows}
    for row in REGISTER.rows:
        assert row.source, row.name
        assert set(row.successors) <= names, row.name
        assert bool(row.relation) == bool(row.successors), row.name
        assert not row.valid_to or row.valid_from <= row.valid_to, row.name


@pytest.mark.parametrize("reform", ["2008", "2013", "2018", "2023"])
@pytest.mark.parametrize("level", ["central", "provincial", "municipal"])
def test_every_reform_on_every_level(reform: str, level: str) -> None:
    ended = [r for r in REGISTER.rows if r.level == level and r.reform == reform and r.relation]
    assert ended


def write(path: Path, *lines: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, REGISTER_COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(lines)
    return path


class TestOwnRegister:
    def test_extends_and_replaces(self, tmp_path: Path) -> None:
        own = AgencyRegister.from_csv(
            write(
                tmp_path / "own.csv",
                {"name": "省算力局", "level": "provincial", "aliases": "省算力办", "source": "x"},
                {
                    "name": "省大数据局",
                    "level": "provincial",
                    "valid_to": "2021",
                    "relation": "renamed",
                    "successor": "省算力局",
                    "source": "x",
                },
            )
        )
        register = REGISTER.extended(own)
        assert register.canonical("省算力办") == "省算力局"
        assert register.harmonise("省大数据局", 2022) == "省算力局"
        assert REGISTER.canonical("省算力办") == "省算力办"

    @pytest.mark.parametrize(
        ("line", "message"),
        [
            ({"name": "a", "level": "village"}, "village"),
            ({"name": "a", "level": "central", "relation": "vanished"}, "vanished"),
            ({"name": "a", "level": "central", "valid_to": "18"}, "'18'"),
        ],
    )
    def test_bad_line_is_named(self, tmp_path: Path, line: dict[str, str], message: str) -> None:
        with pytest.raises(InvalidInputError, match=message):
            AgencyRegister.from_csv(write(tmp_path / "own.csv", line))

    def test_alias_of_two_bodies(self, tmp_path: Path) -> None:
        lines = [{"name": n, "level": "central", "aliases": "丙"} for n in ("甲", "乙")]
        with pytest.raises(InvalidInputError, match="丙"):
            AgencyRegister.from_csv(write(tmp_path / "own.csv", *lines))

    def test_missing_column(self, tmp_path: Path) -> None:
        path = tmp_path / "own.csv"
        path.write_text("name,level\n甲,central\n", encoding="utf-8")
        with pytest.raises(InvalidInputError, match="aliases"):
            AgencyRegister.from_csv(path)
