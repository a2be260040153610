"""The heading grammar: from canonical lines to sections and items."""

from __future__ import annotations

from planddiff.outline.item import OutlineItem
from planddiff.outline.outline import Outline, Stretch, read_outline

__all__ = ["Outline", "OutlineItem", "Stretch", "read_outline"]
