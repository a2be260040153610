"""How long planddiff takes beside the libraries it stands on: ``python -m benchmarks.speed``.

Medians of several runs in one process, so that the ratios last longer than the seconds. Large
plans are variations on the example series, drawn with a fixed seed. The links do not depend on a
segmenter (the evidence reads character pairs), so F1 on gold is the same with either.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

import planddiff as pdd
from benchmarks.gold import MATERIAL, load_pairs
from planddiff.comparison import axes
from planddiff.evidence import prepare
from planddiff.evidence.candidates import candidate_pairs
from planddiff.examples import example_folder
from planddiff.matching import Matcher
from planddiff.segment import tokens

CLAUSES_PER_ITEM = 6
ITEMS_PER_CHAPTER = 100
SHARE_REPLACED = 0.3
MEASURED_WHOLE = 2000


def main() -> None:
    """Print one table per question."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000], help="items per large plan")
    parser.add_argument("--runs", type=int, default=5, help="runs per figure (large plans: one)")
    options = parser.parse_args()
    logging.disable(logging.INFO)
    _print("Import, seconds in a fresh process", import_times(options.runs))
    _print("Reading one plan of the example series", reading_times(options.runs))
    _print("Cutting the example series into words", segmentation_times(options.runs))
    print(f"boundaries that jieba and rjieba share: F1 {boundary_agreement():.4f}")
    _print("Comparing one pair of the example series", pair_times(options.runs))
    for size in options.sizes:
        old, new, partner = generated_plans(size)
        title = f"Comparing {size:,} x {size:,} generated items"
        _print(title, _link_times(old, new, runs=1))
        found = candidates(old.items["core"].tolist(), new.items["core"].tolist())
        recall = len(found & set(enumerate(partner))) / size
        print(f"{len(found):,} candidate pairs; true partner among them: {recall:.4f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory of the whole run: {peak:,.0f} MB")
    if MATERIAL.is_dir():
        print(f"gold links among the candidate pairs: {gold_recall():.4f}")


def _print(title: str, times: dict[str, float]) -> None:
    table = pd.DataFrame({"seconds": times})
    table["ratio"] = table["seconds"] / table["seconds"].iloc[0]
    print(f"\n{title} (ratio to the first row)")
    print(table.to_string(float_format="{:.4f}".format))


def _medians(calls: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Median of several runs after one to warm up; a single run is taken as it is.

    The calls alternate, so that a busy machine slows all of them.
    """
    if runs > 1:
        for call in calls.values():
            call()
    rounds = [{name: _once(call) for name, call in calls.items()} for _ in range(runs)]
    return {name: statistics.median(each[name] for each in rounds) for name in calls}


def _once(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def import_times(runs: int) -> dict[str, float]:
    """Fresh processes, alternating, so that a busy machine slows both."""
    times: dict[str, list[float]] = {"pandas": [], "planddiff": []}
    for _ in range(runs):
        for name, seconds in times.items():
            code = f"import time; t = time.perf_counter(); import {name}; "
            code += "print(time.perf_counter() - t)"
            run = subprocess.run(
                [sys.executable, "-c", code], capture_output=True, text=True, check=True
            )
            seconds.append(float(run.stdout))
    return {f"import {name}": statistics.median(seconds) for name, seconds in times.items()}


def reading_times(runs: int) -> dict[str, float]:
    """Reading against cutting the same text into words, with either segmenter."""
    import jieba
    import rjieba

    path = example_folder() / "zhejiang-2016.txt"
    text = path.read_text("utf-8")
    jieba.setLogLevel(logging.WARNING)
    calls: dict[str, Callable[[], object]] = {
        "jieba.lcut of the text": lambda: jieba.lcut(text),
        "rjieba.cut of the text": lambda: rjieba.cut(text),
        "read_plan": lambda: pdd.read_plan(path),
    }
    return _medians(calls, runs)


def pair_times(runs: int) -> dict[str, float]:
    """One pair of 40-item plans, already read, warm; it takes milliseconds, so more runs."""
    old, new = pdd.load_example()[1:3]
    return _link_times(old, new, 5 * runs)


def segmentation_times(runs: int) -> dict[str, float]:
    """All five texts, by the library alone and with domain terms and figures kept whole."""
    import jieba
    import rjieba

    text = "\n".join(plan.text for plan in pdd.load_example())
    calls: dict[str, Callable[[], object]] = {
        "jieba.lcut": lambda: jieba.lcut(text),
        "rjieba.cut": lambda: rjieba.cut(text),
        "planddiff tokens, jieba": lambda: tokens(text, "jieba"),
        "planddiff tokens, rjieba": lambda: tokens(text, "rjieba"),
    }
    return _medians(calls, runs)


def boundary_agreement() -> float:
    text = "\n".join(plan.text for plan in pdd.load_example())
    ends = [
        set(np.cumsum([len(each) for each in tokens(text, segmenter)]).tolist())
        for segmenter in ("jieba", "rjieba")
    ]
    return 2 * len(ends[0] & ends[1]) / (len(ends[0]) + len(ends[1]))


def candidates(old: list[str], new: list[str]) -> set[tuple[int, int]]:
    sides = prepare(old, new)
    pairs = candidate_pairs(sides[0].even, sides[1].even)
    return set(zip(*(side.tolist() for side in pairs), strict=True))


def gold_recall() -> float:
    """Share of the strong gold links that are among the pairs looked at."""
    kept = total = 0
    for pair in load_pairs():
        strong = pair.links[pair.links["strength"] == "strong"]
        links = set(zip(strong["old"], strong["new"], strict=True))
        found = candidates(pair.old_items["text"].tolist(), pair.new_items["text"].tolist())
        kept, total = kept + len(links & found), total + len(links)
    return kept / total


def generated_plans(size: int) -> tuple[pdd.Plan, pdd.Plan, list[int]]:
    """Two generated plans whose items carry over, mixed and reworded; the partner of each item."""
    old_text, new_text, partner = generated_texts(size)
    old = pdd.parse_plan(old_text, year=2020, issuer="示例")
    new = pdd.parse_plan(new_text, year=2021, issuer="示例")
    assert len(old.items) == len(new.items) == size
    return old, new, partner


def _link_times(old: pdd.Plan, new: pdd.Plan, runs: int) -> dict[str, float]:
    """The ratio of the whole, or of one corner: its cells are independent of each other."""
    bodies = [list(plan.items["core"]) for plan in (old, new)]
    part = [side[:MEASURED_WHOLE] for side in bodies]
    scale = len(bodies[0]) * len(bodies[1]) / (len(part[0]) * len(part[1]))
    ratio = "cdist(ratio) of the bodies" + (f", one {scale:.0f}th measured" if scale > 1 else "")
    calls: dict[str, Callable[[], object]] = {
        ratio: lambda: process.cdist(part[0], part[1], scorer=fuzz.ratio),
        "string_grouper": lambda: _string_grouper(bodies[0], bodies[1]),
        "planddiff Matcher.weigh": lambda: Matcher().weigh(old, new),
        "planddiff.compare": lambda: _compared(old, new),
        "planddiff.compare, items seen before": lambda: _tables(old, new),
    }
    if importlib.util.find_spec("string_grouper") is None:
        del calls["string_grouper"]
    times = _medians(calls, runs)
    return {**times, ratio: scale * times[ratio]}


def _compared(old: pdd.Plan, new: pdd.Plan) -> None:
    """Two plans never compared before: nothing that was read of an item is kept."""
    for reading in (axes._plain, axes._last_day, axes._item_strength, axes._reach):
        reading.cache_clear()
    _tables(old, new)


def _tables(old: pdd.Plan, new: pdd.Plan) -> tuple[pd.DataFrame, ...]:
    found = pdd.compare(old, new)
    return found.links, found.items, found.summary()


def _string_grouper(old: list[str], new: list[str]) -> pd.DataFrame:
    from string_grouper import match_strings

    return match_strings(
        pd.Series(old), pd.Series(new), ngram_size=2, normalize_to_ascii=False, regex=r"\s"
    )


def generated_texts(size: int, seed: int = 0) -> tuple[str, str, list[int]]:
    """Two constructed plans: items of clauses drawn from the example series, words exchanged.

    In the second plan every item keeps about two thirds of its clauses, in another order, and
    stands elsewhere; the third value is the position of each old item there.
    """
    draw = np.random.default_rng(seed)
    text = "".join(plan.text for plan in pdd.load_example())
    parts = re.split(r"[。;；,，\n]", text)
    clauses = [
        part for part in parts if re.fullmatch(r"[\u4e00-\u9fff][^()（）【】:：]{7,39}", part)
    ]
    words = sorted(set(re.findall(r"[\u4e00-\u9fff]{2}", text)))

    def clause() -> str:
        chosen = clauses[draw.integers(len(clauses))]
        return re.sub(
            r"[\u4e00-\u9fff]{2}",
            lambda m: words[draw.integers(len(words))] if draw.random() < SHARE_REPLACED else m[0],
            chosen,
        )

    old = [[clause() for _ in range(CLAUSES_PER_ITEM)] for _ in range(size)]
    new = []
    order = draw.permutation(size)
    for place in order:
        kept = [part if draw.random() > SHARE_REPLACED else clause() for part in old[place]]
        new.append([kept[i] for i in draw.permutation(len(kept))])
    texts = ("【示例构造文本,并非官方文件】\n" + "\n".join(_lines(plan)) for plan in (old, new))
    return next(texts), next(texts), np.argsort(order).tolist()


def _lines(items: list[list[str]]) -> Iterator[str]:
    for place, parts in enumerate(items):
        if place % ITEMS_PER_CHAPTER == 0:
            yield f"第{place // ITEMS_PER_CHAPTER + 1}章 示例任务"
        yield f"{place % ITEMS_PER_CHAPTER + 1}.{parts[0]}。{','.join(parts[1:])}。"


if __name__ == "__main__":
    main()
