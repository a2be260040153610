"""Who checked the links: review in the notebook, blind coding, agreement, quality."""

from planddiff.review.agreement import cohen_kappa, krippendorff_alpha, link_f1
from planddiff.review.coding import Coding, Gold, read_coding
from planddiff.review.reviewing import Reviewing

__all__ = [
    "Coding",
    "Gold",
    "Reviewing",
    "cohen_kappa",
    "krippendorff_alpha",
    "link_f1",
    "read_coding",
]
