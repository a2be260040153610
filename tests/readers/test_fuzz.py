"""Mutated bytes of every format: whatever comes in, only planddiff's own errors come out.

The suite runs a few hundred mutations. For a longer run, of which a failure prints the seed::

    python -m tests.readers.test_fuzz --rounds 20000 --seed 7
"""

import argparse
import io
import os
import random
import time
import warnings

import openpyxl
import pytest

from planddiff.errors import PlanDiffError
from planddiff.readers import SourceDocument, iter_sources, read_source
from tests.readers.made import (
    LINES,
    TITLE,
    WordFile,
    ofd,
    page,
    paragraphs,
    pdf,
    unzipped,
    zipped,
)

SECONDS = 5.0
"""More than any mutated file of these sizes may take."""


def samples() -> dict[str, bytes]:
    word = WordFile([("chineseCounting", "%1、"), ("decimal", "%2.")])
    for text, level in ((TITLE, None), (LINES[0], 0), (LINES[1], 1), (LINES[2], 0)):
        word.add(text, level)
    table = word.document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 1)).text = "任务"
    book = openpyxl.Workbook()
    book.active.append(["序号", "任务"])
    book.active.append([1, LINES[0]])
    book.active.merge_cells("A1:B1")
    buffer = io.BytesIO()
    book.save(buffer)
    text = "\n".join([TITLE, *LINES])
    rows = "<table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>"
    made = page(f"<div id=zoom>{paragraphs()}{rows}<ol><li>丁</li></ol></div>")
    return {
        "a.txt": text.encode(),
        "b.txt": text.encode("gb18030"),
        "c.txt": text.encode("utf-16"),
        "a.html": made.encode(),
        "b.html": made.encode("gb18030"),
        "a.docx": word.save(),
        "a.xlsx": buffer.getvalue(),
        "a.csv": "序号,任务\n1,推进\n".encode(),
        "a.pdf": pdf([LINES, LINES]),
        "a.ofd": ofd([LINES, LINES]),
        "a.zip": zipped({"a.txt": text, "b.html": made}),
        "a.mhtml": b'MIME-Version: 1.0\r\nContent-Type: text/html; charset="gbk"\r\n\r\n'
        + made.encode("gb18030"),
        "a.rtf": b"{\\rtf1 x}",
    }


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A copy with a few bytes changed, cut, doubled or swapped."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 2, 4, 16, 64])):
        at = chance.randrange(len(changed) or 1)
        size = chance.choice([1, 2, 8, 100])
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + size]
            case 2:
                changed[at:at] = changed[at : at + size] * chance.choice([1, 3, 50])
            case 3:
                changed[at:at] = chance.randbytes(size)
            case 4:
                changed = changed[: max(at, 1)] if chance.random() < 0.1 else changed
    return bytes(changed)


def mutated_inside(data: bytes, chance: random.Random) -> bytes:
    """A zip one of whose members is mutated: the container stays sound."""
    members = unzipped(data)
    name = chance.choice(sorted(members))
    return zipped(members | {name: mutated(members[name], chance)})


def assert_sound(document: SourceDocument) -> None:
    """Blocks are in order and hold all text; cells lie in their row, log rows in the text."""
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text)
        assert not document.text[at : block.start].strip()
        assert all(block.start <= start <= end <= block.end for start, end in block.cells)
        at = block.end
    assert not document.text[at:].strip()
    for entry in document.log:
        assert 0 <= entry.start <= entry.end <= len(document.text)


def attempt(name: str, data: bytes) -> float:
    """Read once; the seconds it took. Anything but a document or a PlanDiffError is raised."""
    started = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _, found in iter_sources([data]):
            assert isinstance(found, (SourceDocument, PlanDiffError))
        document, said = None, ""
        try:
            document = read_source(data, name=name, script="simplified", timeout=1)
        except PlanDiffError as error:
            said = str(error)
    if document is None:
        assert said.strip()
    else:
        assert_sound(document)
    return time.perf_counter() - started


def run(rounds: int, seed: int) -> float:
    """Mutate every sample in turn; the longest time of one reading."""
    originals = samples()
    slowest = 0.0
    for number in range(rounds):
        chance = random.Random(f"{seed}-{number}")
        name = sorted(originals)[number % len(originals)]
        data = originals[name]
        inside = data[:2] == b"PK" and chance.random() < 0.6
        broken = mutated_inside(data, chance) if inside else mutated(data, chance)
        try:
            seconds = attempt(name, broken)
        except Exception as error:
            raise AssertionError(f"round {number} of seed {seed}: {name}: {error!r}") from error
        assert seconds < SECONDS, f"round {number} of seed {seed}: {name} took {seconds:.1f} s"
        slowest = max(slowest, seconds)
    return slowest


@pytest.mark.parametrize("name", sorted(samples()))
def test_sound_samples_read(name, monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert attempt(name, samples()[name]) < SECONDS


def test_mutations(monkeypatch):
    monkeypatch.setenv("PATH", "")
    run(rounds=260, seed=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ["PATH"] = ""  # without LibreOffice, whose time is not planddiff's
    longest = run(options.rounds, options.seed)
    print(f"{options.rounds} mutations, seed {options.seed}: slowest {longest:.2f} s")  # noqa: T201
