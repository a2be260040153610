"""Code blocks of a page: find them, run them in order in one namespace, keep what they return."""

from __future__ import annotations

import ast
import contextlib
import io
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "pages"
FENCE = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Block:
    """One block: its code, the line it begins at, and where it ends in the page."""

    code: str
    line: int
    end: int


@dataclass(frozen=True)
class Output:
    """What a block printed, and the value of its last line where that is an expression."""

    printed: str
    value: Any


def blocks_of(text: str) -> list[Block]:
    """The Python blocks of a page in order."""
    return [
        Block(match[1], text.count("\n", 0, match.start(1)) + 1, match.end())
        for match in FENCE.finditer(text)
    ]


def run(text: str, name: str) -> Iterator[tuple[Block, Output]]:
    """Run the blocks of a page; an error names the page and the line."""
    import matplotlib as mpl

    mpl.use("agg")
    space: dict[str, Any] = {"__name__": "__main__"}
    for block in blocks_of(text):
        tree = ast.parse("\n" * (block.line - 1) + block.code, name)
        last = tree.body[-1]
        shown = isinstance(last, ast.Expr)
        body = ast.Module(tree.body[:-1] if shown else tree.body, [])
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(body, name, "exec"), space)
            value = (
                eval(compile(ast.Expression(last.value), name, "eval"), space) if shown else None
            )
        yield block, Output(printed.getvalue(), value)


@contextlib.contextmanager
def desk(folder: Path) -> Iterator[None]:
    """Work in a folder that holds the example texts under ``seeds``, and leave no trace."""
    import matplotlib.pyplot as plt
    import pandas as pd

    shutil.copytree(ROOT / "seeds", folder / "seeds", ignore=shutil.ignore_patterns("*.py"))
    before = Path.cwd()
    os.chdir(folder)
    try:
        with pd.option_context("display.max_rows", 60, "display.max_colwidth", 50):
            yield
    finally:
        os.chdir(before)
        plt.close("all")
