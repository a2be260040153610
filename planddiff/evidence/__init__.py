"""Evidence on pairs of items."""

from planddiff.evidence.candidates import candidates_and_decoys
from planddiff.evidence.pieces import PIECES, gather, weigh_chosen, weigh_sides
from planddiff.evidence.sides import lead_sentence, prepare

__all__ = [
    "PIECES",
    "candidates_and_decoys",
    "gather",
    "lead_sentence",
    "prepare",
    "weigh_chosen",
    "weigh_sides",
]
