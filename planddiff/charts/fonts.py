"""Which font file draws Chinese: the user's, an installed one, the extra's, or none and a warning.

A file is named, never a family: matplotlib's list of installed fonts is cached and may not know a
font that was installed after it was written.
"""

from __future__ import annotations

import csv
import sys
import warnings
from functools import cache
from importlib import import_module
from importlib.resources import files
from os import PathLike
from pathlib import Path

from planddiff.errors import InvalidInputError, PlanDiffWarning, SourceNotFoundError

_SAMPLE = "计划条目退出恢复举措"
_PACKAGE = str(Path(__file__).parents[1])
_chosen: list[Path] = []


def set_font(path: str | PathLike[str] | None) -> None:
    """Draw all charts from now on with one font file.

    Parameters
    ----------
    path : str or path, optional
        A ``.ttf``, ``.otf`` or ``.ttc`` file with Chinese characters; None goes back to the search:
        installed fonts, then the extra ``planddiff[fonts]``.

    Raises
    ------
    SourceNotFoundError
        If there is no such file.
    InvalidInputError
        If the file is no font, or a font without Chinese characters.

    Examples
    --------
    >>> set_font(None)
    """
    if path is None:
        _chosen.clear()
        cjk_font.cache_clear()
        return
    file = Path(path).expanduser()
    if not file.is_file():
        raise SourceNotFoundError(f"no font file at {str(path)!r}: give the path of a .ttf or .otf")
    if not writes_chinese(file):
        raise InvalidInputError(
            f"{str(path)!r} holds no font with the characters {_SAMPLE}: name a Chinese font file"
        )
    _chosen[:] = [file]
    cjk_font.cache_clear()


def writes_chinese(file: Path) -> bool:
    """Say whether a font file can be read and has simplified Chinese characters."""
    from matplotlib.font_manager import get_font

    try:
        font = get_font(str(file))
        return all(font.get_char_index(ord(character)) for character in _SAMPLE)
    except (OSError, RuntimeError, ValueError):
        return False


@cache
def cjk_font() -> Path | None:
    """Return the font file for Chinese text, or None after a warning with the command to run.

    The answer is kept for the session, so the warning is given once; ``set_font`` asks anew.
    """
    if _chosen:
        return _chosen[0]
    installed = _installed()
    for file in (*_known(installed), *_from_extra(), *installed):
        if writes_chinese(file):
            return file
    warnings.warn(
        "no font on this machine has Chinese characters, so charts use English words and stand-ins"
        " such as 'initiative 3' for Chinese names; run: pip install 'planddiff[fonts]' (or name a"
        " font file: planddiff.set_font('font.otf'))",
        PlanDiffWarning,
        stacklevel=_levels_to_caller(),
    )
    return None


def _installed() -> list[Path]:
    from matplotlib.font_manager import findSystemFonts

    return sorted(Path(file) for file in findSystemFonts())


def _known(installed: list[Path]) -> list[Path]:
    """Installed fonts that are known to be good for print, best first."""
    table = files("planddiff") / "data" / "cjk_fonts.csv"
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    stems = [row["stem"].lower() for row in rows]
    rank = {stem: place for place, stem in reversed(list(enumerate(stems)))}
    known = [file for file in installed if file.stem.lower() in rank]
    return sorted(known, key=lambda file: (rank[file.stem.lower()], str(file)))


def _from_extra() -> list[Path]:
    try:
        package = import_module("pylopdf_fonts_zh_cn")
    except ImportError:
        return []
    return [Path(package.sans_path())]


def _levels_to_caller() -> int:
    """Count the frames from ``warnings.warn`` in ``cjk_font`` to the first outside planddiff."""
    frame = sys._getframe(1)
    level = 1
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_PACKAGE):
        frame = frame.f_back
        level += 1
    return level
