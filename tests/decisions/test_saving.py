"""Saving: no crash and no second writer loses a row."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import planddiff
from planddiff.decisions import read_decisions, update_decisions
from planddiff.decisions.saving import replace_file
from tests.decisions.test_table import NEW, row


def name(number):
    return f"{number:016x}"


def test_rows_are_added_and_taken_out(tmp_path):
    path = tmp_path / "d.csv"
    rows = [row("confirm", "2026-03-09", old=name(k)) for k in range(3)]
    update_decisions(path, rows)
    left = update_decisions(path, removed=[read_decisions(path).table.iloc[1].to_dict()])
    assert left.table["old_fingerprint"].tolist() == [name(0), name(2)]
    assert read_decisions(path).table.equals(left.table)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfold_fingerprint,new_fingerprint,decision,")


def test_many_writers_at_once_lose_nothing(tmp_path):
    path = tmp_path / "d.csv"

    def write(number):
        update_decisions(path, [row("confirm", "2026-03-09", old=name(number))])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))
    assert set(read_decisions(path).table["old_fingerprint"]) == {name(k) for k in range(24)}
    assert set(read_decisions(path).table["new_fingerprint"]) == {NEW}


def test_a_crash_while_saving_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "d.csv"
    update_decisions(path, [row("confirm", "2026-03-09")])
    before = path.read_bytes()

    def crash(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(OSError, match="disk full"):
        update_decisions(path, [row("reject", "2026-03-10")])
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.name.endswith(".part")] == []


def test_a_saved_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "d.csv"
    path.write_bytes(b"")
    path.chmod(0o664)
    replace_file(path, b"x")
    assert path.stat().st_mode & 0o777 == 0o664
    assert path.read_bytes() == b"x"


WRITER = """
import sys
from planddiff.decisions import update_decisions
path, coder = sys.argv[1:]
for number in range(40):
    update_decisions(path, [{
        "old_fingerprint": f"{number:016x}", "new_fingerprint": "0" * 16,
        "decision": "confirm", "coder": coder, "date": "2026-03-09",
    }])
"""


def test_a_killed_writer_harms_neither_the_file_nor_the_other_writer(tmp_path):
    path = tmp_path / "d.csv"
    environment = {**os.environ, "PYTHONPATH": str(Path(planddiff.__file__).parents[1])}
    staying, leaving = (
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), coder], env=environment)
        for coder in ("stays", "killed")
    )
    try:
        while not path.is_file() or b"killed" not in path.read_bytes():
            assert leaving.poll() is None
            time.sleep(0.002)
        leaving.kill()
        leaving.wait(60)
        assert staying.wait(60) == 0
    finally:
        for each in (staying, leaving):
            each.kill()
    rows = read_decisions(path).table.groupby("coder").size()
    assert rows["stays"] == 40
    assert 0 < rows["killed"] <= 40
    update_decisions(path, [row("reject", "2026-03-10")])
    assert len(read_decisions(path)) == rows.sum() + 1
