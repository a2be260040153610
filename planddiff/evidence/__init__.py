"""Evidence on pairs of items."""

from planddiff.evidence.pieces import PIECES, Evidence, gather, lead_sentence

__all__ = ["PIECES", "Evidence", "gather", "lead_sentence"]
