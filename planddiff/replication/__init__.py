"""Running a replication bundle again and checking every value."""

from planddiff.replication.rebuilding import rebuild
from planddiff.replication.verifying import Verification, verify

__all__ = ["Verification", "rebuild", "verify"]
