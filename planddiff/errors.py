"""What planddiff raises and warns with.

Every error says what was wrong, shows the value, and says what to do. Each class also subclasses
the builtin that a caller would expect, so ``except FileNotFoundError`` works.
"""

from __future__ import annotations


class PlanDiffError(Exception):
    """Base of all errors that planddiff raises on purpose."""


class SourceNotFoundError(PlanDiffError, FileNotFoundError):
    """A path, folder or pattern that names no document."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class UnreadableSourceError(PlanDiffError, ValueError):
    """A document that is empty, damaged, hostile or of a kind that cannot be read."""


class MissingExtraError(PlanDiffError, ImportError):
    """An optional library is needed; the message names the pip command."""


class InvalidInputError(PlanDiffError, ValueError):
    """An argument or a table that does not fit; the message names the value and the remedy."""


class PlanDiffWarning(UserWarning):
    """A doubt about the result that the researcher should look at."""
