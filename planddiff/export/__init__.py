"""Results as files: Excel, LaTeX, CSV, Parquet, JSON, and a paragraph for the methods section."""

from planddiff.export.excel import write_workbook
from planddiff.export.exporting import Exporting
from planddiff.export.folder import write_folder
from planddiff.export.json_text import json_text
from planddiff.export.latex import latex_document, latex_table

__all__ = [
    "Exporting",
    "json_text",
    "latex_document",
    "latex_table",
    "write_folder",
    "write_workbook",
]
