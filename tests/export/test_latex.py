"""LaTeX tables."""

import re
import shutil
import subprocess

import pandas as pd
import pytest

from planddiff.errors import InvalidInputError
from planddiff.export import latex_document, latex_table
from planddiff.export.latex import escape

NASTY = r"50%_以上 & $x$ #1 {a} ~b^c \input{y} <z> |[q]--`"


def test_special_characters_are_printed_not_obeyed():
    text = escape(NASTY)
    assert r"\input" not in text
    assert re.findall(r"(?<!\\)[%&$#_]", text) == []
    assert escape("第一行\n第二行\x07") == "第一行 第二行"


def test_a_short_table_is_a_float_with_booktabs(comparison):
    text = comparison.to_latex(caption="状态", label="tab:status")
    assert text.startswith(
        "\\begin{table}[htbp]\n\\centering\n\\caption{状态}\\label{tab:status}\n"
    )
    assert re.findall(r"\\(toprule|midrule|bottomrule)", text) == [
        "toprule",
        "midrule",
        "bottomrule",
    ]
    rows = [line for line in text.splitlines() if line.endswith(r"\\")]
    assert len(rows) == len(comparison.summary()) + 1
    assert {line.count("&") for line in rows} == {4}
    assert r"\begin{tabular}{lrrrr}" in text


def test_a_long_table_breaks_over_pages(comparison):
    text = comparison.to_latex("items", columns=["title", "status"], caption="条目")
    assert text.startswith("\\begin{longtable}")
    assert text.index("\\caption") < text.index("\\endfirsthead") < text.index("\\endhead")


def test_numbers_have_the_decimals_asked_for():
    table = pd.DataFrame({"share": [0.1234, 2.0, None], "n": [1, 2, 3]})
    body = latex_table(table, decimals=3).splitlines()
    assert [line for line in body if line.endswith(r"\\")][1:] == [
        r"0.123 & 1 \\", r"2 & 2 \\", r" & 3 \\",
    ]  # fmt: skip


def test_what_does_not_exist_is_named(comparison):
    with pytest.raises(InvalidInputError, match="table='link': give one of summary, documents"):
        comparison.to_latex("link")
    with pytest.raises(InvalidInputError, match=r"columns \['titel'\] are not in the table"):
        comparison.to_latex("items", columns=["titel"])
    with pytest.raises(InvalidInputError, match="label='状态': use letters"):
        comparison.to_latex(label="状态")


@pytest.mark.skipif(shutil.which("xelatex") is None, reason="xelatex is not installed")
def test_tables_compile_with_xelatex_and_ctex(comparison, tmp_path):
    nasty = latex_table(pd.DataFrame({"text": [NASTY, "[可选]"], "n": [1, 2]}), caption=NASTY)
    columns = ["old_title", "new_title", "relation", "confidence"]
    document = latex_document(nasty, comparison.to_latex("links", columns=columns, label="tab:l"))
    (tmp_path / "t.tex").write_text(document, encoding="utf-8")
    run = subprocess.run(
        ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout[-800:]
    assert (tmp_path / "t.pdf").stat().st_size > 5_000
