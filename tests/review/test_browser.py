"""The review driven in a real browser: the widget in JupyterLab, and the page of its own."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

import planddiff
from planddiff import compare, load_example, read_decisions

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

CELL = """\
import planddiff as pdd
plans = pdd.load_example()
pdd.compare(plans[1], plans[2]).review("decisions.csv", coder="甲")
"""


@pytest.fixture(scope="module")
def page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(viewport={"width": 1400, "height": 1200})
        context.set_default_timeout(60_000)
        yield context.new_page()
        browser.close()


@pytest.fixture
def lab(tmp_path):
    """Address of a JupyterLab that serves a folder with one notebook."""
    pytest.importorskip("jupyterlab")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, tmp_path / "review.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "HOME")
    places = {name: str(tmp_path / name.lower()) for name in names}
    environment = {**os.environ, **places, "PYTHONPATH": str(Path(planddiff.__file__).parents[1])}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    with (tmp_path / "lab.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, (tmp_path / "lab.log").read_text()
                time.sleep(0.25)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def run_cell(page, address):
    page.goto(f"{address}/lab/tree/review.ipynb?reset")
    page.locator(".jp-Notebook .cm-content").first.click()
    page.wait_for_selector("[data-status='idle'], .jp-Notebook-ExecutionIndicator")
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector(".pdd-review .pdd-sides")


def decided(page):
    return page.locator(".pdd-progress").text_content()


def press(page, key):
    """Press a key and wait until the widget says that the step is saved."""
    before = page.locator(".pdd-saved").text_content()
    page.keyboard.press(key)
    page.wait_for_function(
        "text => document.querySelector('.pdd-saved').textContent !== text", arg=before
    )


def rows_of(path):
    table = read_decisions(path).table
    return table[["decision", "old_title", "new_title"]].values.tolist()


def titles(page):
    """Heading of both sides of the pair shown."""
    return page.locator(".pdd-sides h4").all_text_contents()


def test_in_jupyterlab_one_confirmed_one_rejected_one_relinked_all_kept(page, lab, tmp_path):
    file = tmp_path / "decisions.csv"
    run_cell(page, lab)
    assert decided(page).startswith("0 decided")
    shown = [titles(page)]
    page.locator(".pdd-review").focus()
    press(page, "c")
    shown.append(titles(page))
    press(page, "r")
    shown.append(titles(page))
    page.keyboard.press("l")
    page.keyboard.type("推进智慧物流")
    press(page, "Enter")
    assert [row[0] for row in rows_of(file)] == ["confirm", "reject", "confirm", "reject"]
    assert "推进智慧物流" in {row[2] for row in rows_of(file)}
    assert len({tuple(each) for each in shown}) == 3
    page.screenshot(path=tmp_path / "jupyterlab.png")

    press(page, "c")
    assert len(rows_of(file)) == 5
    press(page, "u")
    assert len(rows_of(file)) == 4

    kept = rows_of(file)
    page.reload()
    run_cell(page, lab)
    assert decided(page).startswith("3 decided")
    assert rows_of(file) == kept
    plans = load_example()
    replayed = compare(plans[1], plans[2], decisions=file)
    assert replayed.decisions["status"].tolist() == ["applied"] * 4


def test_the_page_of_its_own_gives_the_same_file(page, tmp_path):
    plans = load_example()
    result = compare(plans[1], plans[2])
    path = result.review_html(tmp_path / "review.html", coder="乙", blind=True)
    page.goto(path.as_uri())
    page.wait_for_selector(".pdd-sides")
    assert page.locator(".pdd-machine").count() == 0
    page.keyboard.press("c")
    page.keyboard.press("n")
    page.keyboard.type("口径不同, 待查")
    page.keyboard.press("Enter")
    page.keyboard.press("s")
    page.keyboard.type("推进智慧物流")
    page.keyboard.press("Enter")
    page.reload()
    assert decided(page).startswith("2 decided")
    with page.expect_download() as download:
        page.click("#pdd-download")
    download.value.save_as(tmp_path / "乙.csv")
    table = read_decisions(tmp_path / "乙.csv").table
    assert sorted(table["decision"]) == ["confirm", "confirm", "confirm", "note"]
    assert set(table["coder"]) == {"乙"}
    assert "口径不同, 待查" in set(table["note"])
    report = compare(plans[1], plans[2], decisions=tmp_path / "乙.csv").decisions
    assert set(report["status"]) == {"applied"}
