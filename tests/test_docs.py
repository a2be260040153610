"""The documentation: every code block runs, every page is in the menu, the site builds."""

import ast
import logging
import re
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import planddiff as pdd
from planddiff import charts

DOCS = Path(__file__).resolve().parents[1] / "docs"
sys.path.insert(0, str(DOCS))

from blocks import Block, blocks_of, desk, run  # noqa: E402

PAGES = sorted((DOCS / "pages").rglob("*.md"))
WITH_CODE = [page for page in PAGES if blocks_of(page.read_text("utf-8"))]


def name_of(page):
    return page.relative_to(DOCS / "pages").as_posix()


@pytest.mark.parametrize("page", WITH_CODE, ids=name_of)
def test_code_blocks_run_in_order(page, tmp_path):
    text = page.read_text("utf-8")
    with desk(tmp_path):
        done = [block for block, _ in run(text, name_of(page))]
    assert done == blocks_of(text)


def test_blocks_share_names_and_give_back_the_last_value():
    text = "```python\nx = 2\nprint(x)\n```\n\n```python\nx + 1\n```\n\n```python\ny = x\n```\n"
    found = list(run(text, "page"))
    assert [block.line for block, _ in found] == [2, 7, 11]
    assert [(output.printed, output.value) for _, output in found] == [
        ("2\n", None),
        ("", 3),
        ("", None),
    ]


def test_a_page_leaves_no_trace(tmp_path):
    before = Path.cwd(), pd.get_option("display.max_colwidth")
    code = 'import pandas as pd\npd.set_option("display.max_colwidth", 7)\n'
    code += "import matplotlib.pyplot as plt\nplt.figure();"
    with desk(tmp_path):
        list(run(f"```python\n{code}\n```\n", "page"))
        assert Path("seeds/zhejiang-2016.txt").is_file()
    assert (Path.cwd(), pd.get_option("display.max_colwidth")) == before
    assert plt.get_fignums() == []


def test_a_failing_block_names_page_and_line():
    with pytest.raises(ZeroDivisionError) as caught:
        list(run("# Title\n\n```python\n1 / 0\n```\n", "page.md"))
    frame = caught.traceback[-1]
    assert (str(frame.path), frame.lineno + 1) == ("page.md", 4)


def test_only_python_fences_are_code():
    assert blocks_of("```sh\nls\n```\n```python\n1\n```\n") == [Block("1\n", 5, 28)]


def test_every_page_is_in_the_menu():
    menu = (DOCS / "mkdocs.yml").read_text("utf-8")
    assert [page for page in map(name_of, PAGES) if page not in menu] == []


def test_gallery_shows_every_chart():
    shown = (DOCS / "pages" / "gallery.md").read_text("utf-8")
    plots = {"ComparisonPlots", "TracksPlots", "DiffusionPlots"}
    kinds = set(charts.__all__) - plots - {"set_font", "svg", "save"}
    called = set(re.findall(r"plot\.(\w+)\(", shown.replace("plot.regions(", "plot.region_strip(")))
    called |= {"agency_ranks"} if 'agencies("ranks"' in shown else set()
    assert called == kinds


def test_reference_names_every_public_object():
    reference = "".join(page.read_text("utf-8") for page in PAGES if "reference" in page.parts)
    public = set(pdd.__all__) - {"__version__"}
    told = set(re.findall(r"::: (?:[\w.]+\.)?(\w+)$", reference, re.M))
    errors = {name for name in public if name.endswith(("Error", "Warning"))}
    assert "planddiff.errors" in reference
    assert public - errors - told == set()


def test_a_newcomer_reaches_a_trend_chart_in_four_cells():
    for page in ("index.md", "quickstart-zh.md"):
        blocks = blocks_of((DOCS / "pages" / page).read_text("utf-8"))
        calls = [ast.unparse(ast.parse(block.code)) for block in blocks]
        assert next(n for n, code in enumerate(calls, 1) if "plot.trend" in code) <= 4


def test_site_builds_without_a_warning(tmp_path, caplog):
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    config = load_config(
        str(DOCS / "mkdocs.yml"), strict=True, site_dir=str(tmp_path), extra={"run": False}
    )
    with caplog.at_level(logging.WARNING):
        build(config)
    assert [record.message for record in caplog.records if "mkdocs" in record.name] == []
    built = {page.relative_to(tmp_path).as_posix() for page in tmp_path.rglob("*.html")}
    assert {re.sub(r"\.md$", ".html", name_of(page)) for page in PAGES} <= built
    formulas = (tmp_path / "explain" / "links.html").read_text("utf-8")
    assert "<math" in formulas
    assert "$$" not in formulas
    chinese = (tmp_path / "quickstart-zh.html").read_text("utf-8")
    assert re.findall(r"[一-鿿]\n[一-鿿]", chinese) == []
    reference = (tmp_path / "reference" / "comparison.html").read_text("utf-8")
    assert ":class:" not in reference
    assert ":func:" not in reference
    notebook = (tmp_path / "tutorial" / "01_track_initiatives.html").read_text("utf-8")
    assert "kept-" not in notebook
    assert notebook.count("<table") >= 5
