"""The example series: whole, in one copy, and honest about what is constructed."""

import hashlib
from pathlib import Path

import planddiff as pdd
from planddiff.examples import example_folder

ROOT = Path(__file__).parents[1]


def test_the_texts_are_in_one_copy():
    assert example_folder() == ROOT / "seeds"
    assert list((ROOT / "planddiff").rglob("zhejiang-*.txt")) == []


def test_2016_is_the_real_document_byte_for_byte():
    digest = hashlib.sha256((ROOT / "seeds" / "zhejiang-2016.txt").read_bytes()).hexdigest()
    assert digest == "279cd6a5f34a4e4c4db3cd54830fe56bcf1d88c91651fa4254fa09e582934d53"


def test_the_other_years_say_that_they_are_constructed():
    for path in sorted(example_folder().glob("zhejiang-*.txt")):
        first = path.read_text("utf-8").splitlines()[0]
        assert (first == "【示例构造文本,并非官方文件】") == (path.name != "zhejiang-2016.txt")


def test_load_example_gives_one_plan_a_year():
    plans = pdd.load_example()
    assert [plan.year for plan in plans] == [2014, 2015, 2016, 2017, 2018]
    assert [len(plan.items) for plan in plans] == [37, 39, 37, 39, 39]
    assert [plan.constructed for plan in plans] == [True, True, False, True, True]


def test_load_example_reads_the_same_as_the_files():
    shipped = pdd.load_example()
    read = pdd.read_plans(str(ROOT / "seeds" / "*.txt"))
    assert [plan.sha256 for plan in shipped] == [plan.sha256 for plan in read]
