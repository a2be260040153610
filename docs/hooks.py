"""What the build adds to the pages: outputs of code blocks, executed notebooks, formulas, links."""

from __future__ import annotations

import base64
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from latex2mathml.converter import convert
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

sys.path.insert(0, str(Path(__file__).parent))

from blocks import ROOT, Output, desk, run

ROLE = re.compile(r":(?:func|class|meth|mod|data|attr):<code>~?([\w.]+)</code>")
FORMULA = re.compile(r"^\$\$\n(.*?)\n\$\$$|(?<!\$)\$([^$\n]+)\$(?!\$)", re.M | re.S)
CHINESE_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n *(?=[\u3000-\u9fff\uff00-\uffef])")
_kept: dict[str, str] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List the notebooks under the tutorial."""
    for entry in config.nav or []:
        if "Tutorial" in entry:
            entry["Tutorial"] = [f"tutorial/{path.stem}.md" for path in _notebooks()]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the notebooks as pages."""
    for path in _notebooks():
        name = f"tutorial/{path.stem}.md"
        text = _notebook_page(json.loads(path.read_text("utf-8")), path.stem, files, config)
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Run the code blocks of a page and put what they return behind them."""
    path = page.file.src_uri
    markdown = CHINESE_BREAK.sub("", markdown)
    if not path.startswith("tutorial/") and config.extra["run"]:
        markdown = _executed(markdown, path)
    return FORMULA.sub(_formula, markdown)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put kept HTML in its place, and turn the roles of docstrings into links."""
    html = re.sub(r"<p>(kept-[\w-]+)</p>", lambda match: _kept[match[1]], html)
    return ROLE.sub(_reference, html)


def _notebooks() -> list[Path]:
    return sorted((ROOT / "notebooks").glob("*.ipynb"))


def _executed(markdown: str, path: str) -> str:
    parts, done = [], 0
    with tempfile.TemporaryDirectory() as folder, desk(Path(folder)):
        for number, (block, output) in enumerate(run(markdown, path)):
            name = f"{Path(path).with_suffix('')}-{number}".replace("/", "-")
            parts += [markdown[done : block.end], _shown(output, name)]
            done = block.end
    return "".join([*parts, markdown[done:]])


def _shown(output: Output, name: str) -> str:
    value, shown = output.value, ""
    if output.printed:
        shown += _text(output.printed)
    if type(value).__name__ == "Axes":
        from planddiff import charts

        return shown + _keep(charts.svg(value).text, name)
    if hasattr(value, "_repr_html_"):
        return shown + _keep(value._repr_html_(), name)
    return shown + (_text(repr(value)) if value is not None else "")


def _text(text: str) -> str:
    return f"\n\n```text\n{text.rstrip()}\n```\n"


def _keep(html: str, name: str) -> str:
    _kept[f"kept-{name}"] = f'<div class="output">{html}</div>'
    return f"\n\nkept-{name}\n\n"


def _picture(content: bytes, name: str, files: Files, config: MkDocsConfig) -> str:
    files.append(File.generated(config, f"pictures/{name}.png", content=content))
    return _keep(f'<img alt="chart" src="../pictures/{name}.png">', name)


def _notebook_page(notebook: dict[str, Any], stem: str, files: Files, config: MkDocsConfig) -> str:
    parts = []
    for number, cell in enumerate(notebook["cells"]):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(source)
            continue
        parts.append(f"```python\n{source}\n```")
        for place, output in enumerate(cell["outputs"]):
            data = output.get("data", {})
            name = f"{stem}-{number}-{place}"
            if "text/html" in data:
                parts.append(_keep("".join(data["text/html"]), name))
            elif "image/png" in data:
                parts.append(_picture(base64.b64decode(data["image/png"]), name, files, config))
            else:
                parts.append(_text("".join(data.get("text/plain", output.get("text", "")))))
    return "\n\n".join(parts)


def _formula(match: re.Match[str]) -> str:
    block, inline = match[1], match[2]
    return convert(block or inline, display="block" if block else "inline")


def _reference(match: re.Match[str]) -> str:
    name = match[1]
    return f'<autoref optional identifier="{name}"><code>{name}</code></autoref>'
