"""What holds over all files: the direction of imports, lazy loading, whole metadata, clean text."""

import ast
import configparser
import csv
import inspect
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import planddiff

ROOT = Path(planddiff.__file__).parents[1]
PACKAGE = ROOT / "planddiff"
FILES = sorted(PACKAGE.rglob("*.py"))
TEXTS = [".py", ".md", ".cfg", ".toml", ".csv", ".cff", ".ipynb", ".in", ".txt", ""]

# A capability imports from its own folder and from those before it, never from those after it.
# Charts and export take plain tables, so they stand before the objects that offer them.
WAY = [
    "_version errors log",
    "readers",
    "normalize",
    "outline",
    "places",
    "segment",
    "new_words",
    "emerging",
    "charts export decisions views",
    "fields",
    "plan_issuer",
    "plan_metadata",
    "plan_fields",
    "plan_items plan_layout",
    "plan",
    "evidence",
    "calibration",
    "matching",
    "review",
    "bundle",
    "comparison",
    "tracks",
    "replication",
    "evaluation",
    "corpus",
    "examples",
]
# Words that planddiff itself defines; all other tables take theirs from a source.
OWN_WORDS = {"log_kinds.csv", "tracks_codebook.csv"}
RANK = {name: place for place, names in enumerate(WAY) for name in names.split()}


def module_of(file):
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file): file for file in FILES}


def for_types_only(node):
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports_of(file, inside_functions=True):
    """The planddiff modules that a file draws in when it runs."""
    tree = ast.parse(file.read_text("utf-8"))
    typed = {id(child) for node in ast.walk(tree) if for_types_only(node) for child in node.body}
    found = set()
    for node in ast.walk(tree) if inside_functions else tree.body:
        if id(node) in typed:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{file.name}: write {node.module} in full"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in names}
    return {name for name in found if name.split(".")[0] == "planddiff"}


def capability(module):
    return module.split(".")[1] if "." in module else ""


@pytest.mark.parametrize("module", [name for name in MODULES if name != "planddiff"])
def test_imports_follow_the_way_of_the_data(module):
    own = capability(module)
    assert own in RANK, f"name the place of {own} in the way of the data"
    for other in imports_of(MODULES[module]):
        if capability(other) == own or other == "planddiff":
            continue
        assert RANK[capability(other)] < RANK[own], f"{module} imports {other}, which comes later"


def test_no_two_files_need_each_other_to_load():
    graph = {
        name: imports_of(file, inside_functions=False) - {name, "planddiff"}
        for name, file in MODULES.items()
        if name != "planddiff"
    }
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"import cycle: {error.args[1]}")


def test_no_file_is_past_five_hundred_lines():
    long = {
        str(file.relative_to(ROOT)): lines
        for file in [*FILES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
        if (lines := len(file.read_text("utf-8").splitlines())) > 500
    }
    assert long == {}


def test_no_folder_is_a_junk_drawer():
    names = {part for file in FILES for part in file.relative_to(ROOT).with_suffix("").parts}
    assert names.isdisjoint({"utils", "util", "helpers", "common", "misc"})


def test_nothing_prints_or_touches_global_chart_settings():
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id != "print", f"{file.name}:{node.lineno} prints; use logging"
            if isinstance(node, ast.Attribute):
                assert node.attr not in {"rcParams", "show"}, f"{file.name}:{node.lineno}"


def test_public_names_resolve_and_are_documented():
    for name in planddiff.__all__:
        thing = getattr(planddiff, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert inspect.getdoc(thing), f"planddiff.{name} has no docstring"
    assert set(planddiff.__all__) <= set(dir(planddiff))


def test_an_unknown_public_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'compair'"):
        _ = planddiff.compair


def test_importing_planddiff_stays_lazy():
    code = (
        "import pandas, sys; before = set(sys.modules); import planddiff; "
        "new = {name.split('.')[0] for name in set(sys.modules) - before}; "
        "sys.stdout.write(' '.join(sorted(new - set(sys.stdlib_module_names))))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert run.stdout.split() == ["planddiff"]


def test_setup_lists_every_package_once():
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    listed = setup["options"]["packages"].split()
    folders = {module_of(file) for file in FILES if file.name == "__init__.py"}
    assert listed == sorted(folders | {"planddiff.data", "planddiff.seeds"})


def test_setup_extra_all_holds_every_extra_a_user_may_want():
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = setup["options.extras_require"]
    inside = extras["all"].strip().removeprefix("planddiff[").removesuffix("]").split(",")
    assert sorted(inside) == sorted(set(extras) - {"all", "docs", "test"})


def project_files():
    """Files of the project: what git tracks, or all of an unpacked source archive."""
    listed = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT)
    names = listed.stdout.splitlines() if listed.returncode == 0 else []
    files = [ROOT / name for name in names] or FILES
    return [file for file in files if file.suffix in TEXTS and file.is_file()]


def test_no_file_names_a_folder_of_somebodys_machine():
    roots = [f"/{name}/" for name in ("work", "home", "root", "Users")] + ["/" + "tmp/"]
    found = {
        (str(file.relative_to(ROOT)), root)
        for file in project_files()
        for root in roots
        if root in file.read_text("utf-8")
    }
    assert found == set()


@pytest.mark.parametrize("file", sorted((PACKAGE / "data").glob("*.csv")), ids=lambda f: f.name)
def test_every_lexicon_row_is_whole_and_names_its_source(file):
    with file.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    if file.name not in OWN_WORDS:
        source = header.index("source")
        assert all(row[source].strip() for row in rows)
