"""Replication bundles: one folder with all that a run was made from and all that came of it."""

from planddiff.bundle.bundling import Bundling
from planddiff.bundle.digests import check_files
from planddiff.bundle.inputs import restore_plan

__all__ = ["Bundling", "check_files", "restore_plan"]
