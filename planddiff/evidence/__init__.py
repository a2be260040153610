"""Evidence on pairs of items."""

from planddiff.evidence.pieces import PIECES, gather, weigh_sides
from planddiff.evidence.sides import lead_sentence, prepare

__all__ = ["PIECES", "gather", "lead_sentence", "prepare", "weigh_sides"]
