"""The notebooks run from a checkout, leave tables and charts, and are committed with outputs."""

from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import planddiff

ROOT = Path(planddiff.__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
LEAVES = {
    "01_track_initiatives": {
        "initiatives.csv",
        "items.csv",
        "links.csv",
        "members.csv",
        "status.png",
        "trend.csv",
        "trend.png",
    },
    "04_many_issuers": {
        "adoption.png",
        "edges.csv",
        "many_adoptions.csv",
        "many_documents.csv",
        "regions.png",
        "theme_shares.csv",
    },
}


def outputs(notebook):
    return [
        output
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.get("outputs", [])
    ]


def executed(path, folder):
    """Run a copy of the notebook in a folder laid out as the checkout is."""
    (folder / "notebooks").mkdir()
    (folder / "seeds").symlink_to(ROOT / "seeds")
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(folder / "notebooks")}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
    return notebook


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_without_a_warning_and_leaves_its_files(path, tmp_path):
    notebook = executed(path, tmp_path)
    complaints = [out.text for out in outputs(notebook) if out.get("name") == "stderr"]
    assert complaints == []
    left = {file.name for file in (tmp_path / "out").iterdir()}
    assert left >= LEAVES.get(path.stem, set())
    for file in sorted((tmp_path / "out").iterdir()):
        if file.suffix == ".csv":
            assert len(pd.read_csv(file))
        if file.suffix == ".png":
            assert file.read_bytes().startswith(b"\x89PNG")
            assert file.stat().st_size > 10_000


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_committed_with_outputs_in_order(path):
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    kinds = {out.output_type for out in outputs(notebook)}
    assert {"execute_result", "display_data"} <= kinds
    assert "error" not in kinds


def test_the_first_notebook_answers_for_the_three_themes():
    notebook = nbformat.read(NOTEBOOKS[0], as_version=4)
    shown = "".join(str(out.get("data", {}).get("text/plain", "")) for out in outputs(notebook))
    for theme in ("智慧城市", "两化融合", "大数据"):
        assert theme in shown
