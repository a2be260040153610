"""Reading, measured: seconds, items, levels, log rows and layout shares for each folder of files.

Usage::

    python -m benchmarks.reading FOLDER [FOLDER ...]

A folder that does not exist is passed over. Every folder below a folder with files is a row. The
speed ratio sets canonical text, outline and metadata of all plain-text files against jieba's
segmentation of the same texts, both in this run.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from planddiff.errors import PlanDiffError
from planddiff.normalize import canonicalize
from planddiff.outline import read_outline
from planddiff.plan import read_plan
from planddiff.plan_layout import LABELS
from planddiff.readers import document_from_text


def files_of(folders: Sequence[str]) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(
            file
            for file in Path(folder).rglob("*")
            if file.is_file() and file.suffix not in (".json", ".csv", ".py")
        )


def measure(file: Path) -> dict[str, object]:
    begin = time.perf_counter()
    row: dict[str, object] = {"folder": file.parent.name, "file": file.name, "error": ""}
    try:
        plan = read_plan(file)
    except PlanDiffError as error:
        return {**row, "error": str(error)}
    except Exception as error:
        return {**row, "error": f"uncaught {error!r}"}
    row["seconds"] = time.perf_counter() - begin
    row |= {"items": len(plan.items), "levels": len(plan.levels), "unit": plan.unit}
    row |= {"characters": len(plan.source_text), "log": Counter(plan.log["kind"])}
    return row | plan.shares().to_dict()


def table(rows: list[dict[str, object]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame["uncaught"] = frame["error"].str.startswith("uncaught")
    frame["refused"] = (frame["error"] != "") & ~frame["uncaught"]
    frame["without"] = frame["items"] == 0
    groups = frame.groupby("folder")
    summary = groups.agg(
        files=("file", "size"),
        uncaught=("uncaught", "sum"),
        refused=("refused", "sum"),
        without_items=("without", "sum"),
        seconds=("seconds", "sum"),
        characters=("characters", "sum"),
        items=("items", "sum"),
        levels=("levels", "mean"),
    )
    weights = frame[list(LABELS)].mul(frame["characters"], axis=0)
    shares = weights.groupby(frame["folder"]).sum().div(summary["characters"], axis=0)
    return summary.join(shares)


def log_table(rows: list[dict[str, object]]) -> pd.DataFrame:
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        counts.setdefault(str(row["folder"]), Counter()).update(row.get("log", {}))
    return pd.DataFrame(counts).T.fillna(0).astype(int)


def speed(files: Sequence[Path]) -> tuple[int, float, float]:
    """Characters, seconds of reading, seconds of jieba, over the same decoded texts."""
    from planddiff.segment import tokens

    texts = [file.read_text("utf-8", "replace") for file in files if file.suffix in (".txt", ".md")]
    tokens("预热")
    begin = time.perf_counter()
    for text in texts:
        read_outline(canonicalize(document_from_text(text)))
    middle = time.perf_counter()
    for text in texts:
        tokens(text, "jieba")
    return sum(map(len, texts)), middle - begin, time.perf_counter() - middle


def main(folders: Sequence[str]) -> None:
    warnings.simplefilter("ignore")
    pd.set_option("display.width", 250, "display.max_columns", 40)
    files = list(files_of(folders))
    if not files:
        print("no files; give a folder of plans, for example seeds")
        return
    rows = [measure(file) for file in files]
    print(table(rows).round(3).to_string())
    print(log_table(rows).to_string())
    for row in rows:
        if row["error"]:
            print(f"{row['folder']}/{row['file']}: {row['error']}")
    characters, reading, cutting = speed(files)
    print(
        f"{characters} characters: canonical text and outline {reading:.2f} s, "
        f"jieba {cutting:.2f} s, ratio {reading / cutting:.2f}"
    )


if __name__ == "__main__":
    main(sys.argv[1:] or ["seeds"])
