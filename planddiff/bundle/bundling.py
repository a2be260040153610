"""Writing a replication bundle."""

from __future__ import annotations

import json
import platform
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from importlib import metadata
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from planddiff._version import __version__
from planddiff.bundle.digests import write_digests
from planddiff.bundle.inputs import store_plan
from planddiff.decisions import Decisions
from planddiff.decisions.saving import replace_file
from planddiff.errors import InvalidInputError
from planddiff.export import write_folder
from planddiff.matching import Matcher
from planddiff.plan import Plan

MANIFEST = "manifest.json"
LIBRARIES = ("pandas", "numpy", "scipy", "rapidfuzz", "jieba", "matplotlib")
WORDS = {
    "items": ["body"], "targets": ["as_written"], "agencies": ["as_written"],
}  # fmt: skip
"""Columns that hold stretches of a document, left out where its text may not be passed on."""

_REBUILD = '''"""Run the analysis of this bundle again, check every value, and draw the figures.

    pip install planddiff=={version}
    python rebuild.py
"""

from pathlib import Path

import planddiff as pdd

here = Path(__file__).parent
result = pdd.rebuild(here)
result.to_csv(here.parent / (here.name + "-rebuilt"))
raise SystemExit(pdd.verify(here).report() or 0)
'''


class Bundling(ABC):
    """A result that can be packed for replication."""

    @abstractmethod
    def recipe(self) -> dict[str, Any]:
        """``kind``, ``plans``, ``context``, ``matcher``, ``decisions``, ``options`` of this run."""

    @abstractmethod
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name."""

    def replication(
        self, path: str | Path, *, texts: bool = True, figures: Sequence[str] = ("status", "flow")
    ) -> Path:
        """Pack this run into a folder that anyone can check with :func:`planddiff.verify`.

        The folder holds the inputs with their hashes, the versions, dials, weights, lexicons and
        decisions, all tables, the figures, and one script, ``rebuild.py``, that makes all again.

        Parameters
        ----------
        path : str or path
            A new or empty folder.
        texts : bool
            Whether the texts of the plans may be passed on. Without them the bundle holds hashes
            only, and whoever verifies it must have the documents.
        figures : sequence of str
            Charts of ``plot`` to draw.

        Returns
        -------
        Path

        Raises
        ------
        InvalidInputError
            The folder is not empty, a chart is unknown, or the run used something that cannot be
            stored: evidence of one's own or an agency register of one's own.
        """
        folder = Path(path)
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InvalidInputError(f"{str(path)!r} is not an empty folder; name a new one")
        recipe = self.recipe()
        matcher: Matcher = recipe["matcher"]
        if matcher.evidence:
            names = [each.name for each in matcher.evidence]
            raise InvalidInputError(
                f"the evidence {names} is code of your own and cannot be stored; run without it"
            )
        plot: Any = getattr(self, "plot")  # noqa: B009
        unknown = [name for name in figures if not hasattr(plot, name)]
        if unknown:
            raise InvalidInputError(f"figures={unknown}: no such charts")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.") as place:
            # Put in place as a whole, so that a failure leaves no half of a bundle.
            whole = Path(place) / "bundle"
            whole.mkdir()
            _pack(whole, recipe, shown_tables(self.tables(), texts), texts)
            _draw(plot, figures, whole / "figures")
            write_digests(whole)
            if folder.exists():
                folder.rmdir()
            whole.rename(folder)
        return folder


def _pack(
    folder: Path, recipe: Mapping[str, Any], tables: Mapping[str, pd.DataFrame], texts: bool
) -> None:
    """Write inputs, dials, weights, decisions, lexicons, tables and the script."""
    matcher: Matcher = recipe["matcher"]
    manifest = {
        "planddiff": __version__,
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in LIBRARIES},
        "kind": recipe["kind"],
        "texts": texts,
        "plans": [_input(each, folder, k, texts) for k, each in enumerate(recipe["plans"])],
        "context": recipe["context"],
        "matcher": {**_dials(matcher), "calibration": "calibration.csv"},
        "options": recipe["options"],
    }
    matcher.weights.to_csv(folder / "calibration.csv", exact=True)
    decisions: Decisions = recipe["decisions"]
    replace_file(folder / "decisions.csv", decisions.to_text().encode("utf-8"))
    write_folder(tables, folder / "tables")
    _copy_lexicons(folder / "lexicons")
    script = _REBUILD.format(version=__version__)
    (folder / "rebuild.py").write_text(script, encoding="utf-8")
    content = json.dumps(manifest, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(content, encoding="utf-8")


def shown_tables(tables: Mapping[str, pd.DataFrame], texts: bool) -> dict[str, pd.DataFrame]:
    """The tables, without stretches of the documents unless `texts`."""
    if texts:
        return dict(tables)
    return {name: table.drop(columns=WORDS.get(name, [])) for name, table in tables.items()}


def _input(plan: Plan, folder: Path, place: int, texts: bool) -> dict[str, Any]:
    if texts:
        return store_plan(plan, folder / "inputs", place)
    return {"source": plan.source, "sha256": plan.sha256, "title": plan.title, "file": ""}


def _dials(matcher: Matcher) -> dict[str, Any]:
    dials = matcher.dials()
    return {name: dials[name] for name in ("threshold", "band", "tie", "fdr", "parts")}


def _copy_lexicons(folder: Path) -> None:
    folder.mkdir()
    for entry in files("planddiff.data").iterdir():
        if entry.name.endswith((".csv", ".toml")):
            (folder / entry.name).write_bytes(entry.read_bytes())


def _draw(plot: Any, figures: Sequence[str], folder: Path) -> None:
    from matplotlib import pyplot

    folder.mkdir()
    for name in figures:
        figure = getattr(plot, name)().figure
        figure.savefig(folder / f"{name}.png", dpi=150)
        pyplot.close(figure)
