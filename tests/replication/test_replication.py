"""Bundles: written, run again in another process, and found broken after any change."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import planddiff
from planddiff import Matcher, compare, load_example, rebuild, track, verify
from planddiff.bundle.digests import DIGESTS, write_digests
from planddiff.errors import InvalidInputError, SourceNotFoundError
from planddiff.matching import encoder_evidence


@pytest.fixture(scope="module")
def plans():
    return load_example()


@pytest.fixture(scope="module")
def comparison(plans):
    """A run with dials and decisions of its own."""
    plain = compare(plans[1], plans[2])
    rows = plain.candidates.iloc[[0, 5]].assign(
        decision=["confirm", "reject"], date="2026-03-09", coder="甲"
    )
    return compare(
        plans[1], plans[2], matcher=Matcher(threshold=0.6), decisions=rows, context=[plans[3]]
    )


@pytest.fixture(scope="module")
def bundle(comparison, tmp_path_factory):
    return comparison.replication(tmp_path_factory.mktemp("bundles") / "b")


@pytest.fixture
def copy(bundle, tmp_path):
    shutil.copytree(bundle, tmp_path / "copy")
    return tmp_path / "copy"


def test_a_bundle_holds_all_that_the_run_was_made_from(bundle, comparison):
    names = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    assert {
        "manifest.json", "calibration.csv", "decisions.csv", "rebuild.py", DIGESTS,
        "inputs/00-2015.txt", "inputs/01-2016.txt", "inputs/02-2017.txt", "tables/links.csv",
        "tables/dictionary.csv", "lexicons/themes.csv", "figures/status.png", "figures/flow.png",
    } <= names  # fmt: skip
    manifest = json.loads((bundle / "manifest.json").read_text("utf-8"))
    assert manifest["matcher"]["threshold"] == 0.6
    assert manifest["plans"][1]["sha256"] == comparison.new.sha256
    assert manifest["libraries"]["pandas"] == pd.__version__
    assert (bundle / "figures" / "flow.png").read_bytes().startswith(b"\x89PNG")


def test_an_untouched_bundle_is_verified(bundle, comparison):
    found = verify(bundle)
    assert found.ok
    assert found.report() == ""
    assert repr(found).startswith("<Verification: verified;")
    assert {"file", "table", "version", "lexicon"} <= set(found.checks["check"])
    pd.testing.assert_frame_equal(rebuild(bundle).links, comparison.links)


def test_tracks_are_verified_too(plans, tmp_path):
    tracks = track(plans[:3], agencies="as_written")
    folder = tracks.replication(tmp_path / "t", figures=["trend"])
    assert verify(folder).ok
    assert rebuild(folder).settings["agencies"] == "as_written"


def test_the_script_runs_in_a_process_of_its_own(copy):
    run = subprocess.run(
        [sys.executable, str(copy / "rebuild.py")],
        capture_output=True,
        text=True,
        cwd=copy.parent,
        env={"PYTHONPATH": str(Path(planddiff.__file__).parents[1]), "PATH": ""},
    )
    assert run.returncode == 0, run.stderr
    rebuilt = copy.parent / "copy-rebuilt" / "links.csv"
    assert rebuilt.read_bytes() == (copy / "tables" / "links.csv").read_bytes()


def test_one_changed_byte_in_any_file_is_found(copy):
    files = sorted(path for path in copy.rglob("*") if path.is_file())
    for path in files:
        before = path.read_bytes()
        place = len(before) // 2
        path.write_bytes(before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :])
        found = verify(copy, rerun=False)
        assert not found.ok, path
        assert path.relative_to(copy).as_posix() in found.report() or path.name == DIGESTS
        path.write_bytes(before)
    assert verify(copy, rerun=False).ok


def test_a_changed_end_of_the_list_of_digests_is_found(copy):
    with (copy / DIGESTS).open("a") as stream:
        stream.write("x")
    assert not verify(copy, rerun=False).ok


def test_lost_and_added_files_are_found(copy):
    (copy / "tables" / "links.csv").unlink()
    (copy / "extra.txt").write_text("")
    report = verify(copy, rerun=False).report()
    assert "file tables/links.csv: the file is missing" in report
    assert "file extra.txt: the file was not there" in report


def test_a_forged_table_with_new_digests_is_found_by_running_again(copy):
    path = copy / "tables" / "links.csv"
    links = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    old = links.loc[3, "relation"]
    links.loc[3, "relation"] = "returned"
    links.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")
    write_digests(copy)
    found = verify(copy)
    wrong = found.checks[found.checks["result"] == "differs"]
    assert wrong[["check", "subject", "detail"]].values.tolist() == [
        ["value", "links, row 3, relation", f"'returned' was, {old!r} is now"]
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("manifest.json", '"threshold": 0.6', '"threshold": 0.999'),
        ("decisions.csv", "confirm", "reject"),
        ("calibration.csv", r"emphasis,\d", "emphasis,9"),
        ("inputs/01-2016.txt", "推进智慧物流", "推进全省智慧物流"),
    ],
)
def test_a_forged_input_with_new_digests_is_found_by_running_again(copy, name, old, new):
    path = copy / name
    text = path.read_text("utf-8")
    assert re.search(old, text)
    path.write_text(re.sub(old, new, text, count=1), "utf-8")
    write_digests(copy)
    assert not verify(copy).ok


def test_a_damaged_manifest_is_reported_not_raised(copy):
    (copy / "manifest.json").write_text("{}")
    write_digests(copy)
    assert "manifest.json of copy is damaged" in verify(copy).report()


def test_another_lexicon_or_version_is_a_note(copy):
    path = copy / "lexicons" / "themes.csv"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    manifest = (copy / "manifest.json").read_text("utf-8")
    (copy / "manifest.json").write_text(manifest.replace('"jieba": "', '"jieba": "9'), "utf-8")
    write_digests(copy)
    found = verify(copy, rerun=False)
    notes = found.checks[found.checks["result"] == "note"]
    assert found.ok
    assert set(notes["subject"]) == {"themes.csv", "jieba"}


def test_without_texts_no_sentence_is_passed_on(plans, tmp_path):
    folder = compare(plans[1], plans[2]).replication(tmp_path / "b", texts=False)
    body = plans[2].items["body"].iloc[4]
    for path in folder.rglob("*"):
        if path.is_file() and path.parent.name != "lexicons" and path.suffix != ".png":
            assert body not in path.read_text("utf-8-sig"), path
    assert not (folder / "inputs").exists()
    assert "holds no texts; read zhejiang-2015.txt" in verify(folder).report()
    assert "lacks the documents of zhejiang-2016.txt" in verify(folder, plans[:2]).report()
    assert verify(folder, plans).ok


def test_plans_that_no_text_gives_back_are_stored_as_tables(plans, tmp_path):
    part = plans[2].select(plans[2].items["ordinal"] < 12)
    other = replace(plans[1], encoding="gb18030")
    comparison = compare(other, part)
    folder = comparison.replication(tmp_path / "b", figures=[])
    assert {path.suffix for path in (folder / "inputs").iterdir()} == {".json"}
    assert verify(folder).ok
    again = rebuild(folder)
    for name in ("items", "targets", "agencies", "layout"):
        pd.testing.assert_frame_equal(getattr(again.new, name), getattr(part, name))
    assert again.new.date == part.date


def test_what_cannot_be_stored_is_refused(plans, comparison, bundle, tmp_path):
    own = encoder_evidence(lambda texts: [[len(text), 1.0] for text in texts])
    run = compare(plans[1], plans[2], matcher=Matcher(evidence=(own,)))
    with pytest.raises(InvalidInputError, match="code of your own and cannot be stored"):
        run.replication(tmp_path / "b")
    with pytest.raises(InvalidInputError, match="is not an empty folder"):
        comparison.replication(bundle)
    with pytest.raises(InvalidInputError, match=r"figures=\['pie'\]: no such charts"):
        comparison.replication(tmp_path / "b", figures=["pie"])
    with pytest.raises(SourceNotFoundError, match="no replication bundle"):
        verify(tmp_path)


def test_a_failure_leaves_no_half_of_a_bundle(comparison, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("planddiff.bundle.bundling.write_digests", fail)
    with pytest.raises(OSError, match="disk full"):
        comparison.replication(tmp_path / "b", figures=[])
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    (tmp_path / "b").mkdir()
    assert verify(comparison.replication(tmp_path / "b", figures=[]), rerun=False).ok
