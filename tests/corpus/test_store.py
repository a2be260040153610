"""The store: whole results or none, whatever happens, under keys that say what they come from."""

import logging
import os
import pickle
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import planddiff
from planddiff.corpus import store as stores
from planddiff.corpus.store import Store, key_of
from planddiff.errors import SourceNotFoundError

ROOT = Path(planddiff.__file__).parents[1]
KEY = key_of("a document")


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "cache")


@pytest.fixture
def fresh(monkeypatch):
    """The fingerprint is taken anew in the test and afterwards."""
    stores.fingerprint.cache_clear()
    yield monkeypatch
    stores.fingerprint.cache_clear()


def file_of(store, key=KEY):
    (found,) = (path for path in store.folder.rglob("*") if path.parent.name + path.name == key)
    return found


def test_what_was_put_is_got(store):
    assert store.get(KEY, "nothing") == "nothing"
    store.put(KEY, {"a": [1, "计划"]})
    assert store.get(KEY) == {"a": [1, "计划"]}
    assert KEY in store
    assert key_of("another") not in store


def test_a_store_goes_to_a_worker(store):
    store.put(KEY, 1)
    assert pickle.loads(pickle.dumps(store)).get(KEY) == 1


@pytest.mark.parametrize("length", [0, 10, 19, 40, 51, 60, -1])
def test_a_file_that_is_cut_off_counts_as_absent(store, length, caplog):
    store.put(KEY, "a result of some length " * 10)
    path = file_of(store)
    path.write_bytes(path.read_bytes()[:length])
    with caplog.at_level(logging.WARNING, "planddiff"):
        assert store.get(KEY) is None
    assert "damaged" in caplog.text
    store.put(KEY, 2)
    assert store.get(KEY) == 2


def test_no_changed_byte_goes_unseen(store):
    store.put(KEY, "a result")
    path = file_of(store)
    whole = path.read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        path.write_bytes(changed)
        assert store.get(KEY) is None, f"byte {place}"


def test_a_put_that_fails_leaves_what_was_there(store, monkeypatch):
    store.put(KEY, "before")

    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        store.put(KEY, "after")
    assert store.get(KEY) == "before"
    assert list(store.folder.rglob("*.part")) == []


def test_a_machine_that_does_not_share_the_folder_is_told(tmp_path):
    with pytest.raises(SourceNotFoundError, match="that all workers and this program share"):
        Store(tmp_path / "elsewhere").put(KEY, 1)


def test_leftovers_of_killed_runs_are_swept_out_after_a_day(store):
    store.put(KEY, 1)
    old, new = (file_of(store).with_name(f"{name}.part") for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    Store.open(store.folder)
    assert (old.exists(), new.exists()) == (False, True)
    assert store.get(KEY) == 1


def test_many_writers_and_readers_see_whole_results_only(store):
    values = [str(number) * 50_000 for number in range(4)]
    store.put(KEY, values[0])
    seen = []

    def write(value):
        for _ in range(10):
            store.put(KEY, value)
            seen.append(store.get(KEY))

    threads = [threading.Thread(target=write, args=[value]) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 40
    assert set(seen) <= set(values)
    assert [path.name for path in store.folder.rglob("*.part")] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_the_folder_is_its_owners_alone(store):
    store.put(KEY, 1)
    for path in (store.folder, file_of(store).parent, file_of(store)):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_the_default_folder_is_the_users(tmp_path, monkeypatch):
    import platformdirs

    def folder(name, appauthor):
        assert appauthor is False
        return tmp_path / name

    monkeypatch.setattr(platformdirs, "user_cache_path", folder)
    assert Store.open().folder == tmp_path / "planddiff"


def test_keys_differ_where_what_they_stand_for_does():
    keys = [
        key_of("a", 1),
        key_of("a", "1"),
        key_of("a", [1]),
        key_of("a", {"unit": "auto"}),
        key_of("a", {"unit": "clause"}),
        key_of("a", {"unit": "auto", "year": None}),
        key_of(["a", 1]),
    ]
    assert len(set(keys)) == len(keys)
    assert key_of({"a": 1, "b": {"c": 2, "d": 3}}) == key_of({"b": {"d": 3, "c": 2}, "a": 1})


def test_a_key_is_the_same_in_every_process():
    code = "from planddiff.corpus.store import key_of; print(key_of('a', {'b': 1, 'c': 2}))"
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert run.stdout.strip() == key_of("a", {"b": 1, "c": 2})


@pytest.mark.parametrize("name", ["regions.csv", "plan.py", "readers/page.py"])
def test_a_changed_lexicon_or_source_gives_other_keys(name, fresh):
    before = key_of("a")
    changed = list(stores._own_files(stores.files("planddiff"), ""))
    place = next(n for n, (path, _) in enumerate(changed) if path.endswith(f"/{name}"))
    changed[place] = (changed[place][0], changed[place][1] + b"\n")
    fresh.setattr(stores, "_own_files", lambda *_: changed)
    stores.fingerprint.cache_clear()
    assert key_of("a") != before


def test_another_version_of_planddiff_or_of_a_library_gives_other_keys(fresh):
    keys = {key_of("a")}
    fresh.setattr(stores, "__version__", "99")
    stores.fingerprint.cache_clear()
    keys.add(key_of("a"))
    fresh.setattr(stores.metadata, "version", lambda name: "99")
    stores.fingerprint.cache_clear()
    keys.add(key_of("a"))
    assert len(keys) == 3
    assert "pandas 99" in set(stores._libraries())
