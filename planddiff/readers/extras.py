"""Optional libraries: imported when a format needs them, with the pip command when missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from planddiff.errors import MissingExtraError


def require(module: str, purpose: str) -> Any:
    """Import a library of the ``documents`` extra.

    Raises
    ------
    MissingExtraError
        The library is not installed; the message names the pip command.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"{purpose} needs the library {module.partition('.')[0]!r}, which is not installed; "
            'run: pip install "planddiff[documents]"'
        ) from error
