"""What every result can be written to: the methods that comparisons and tracks share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from planddiff._version import __version__
from planddiff.errors import InvalidInputError
from planddiff.export.excel import write_workbook
from planddiff.export.folder import write_folder
from planddiff.export.json_text import json_text
from planddiff.export.latex import latex_document, latex_table
from planddiff.export.methods_text import methods_paragraph


class Exporting(ABC):
    """A result that can be handed in: as Excel, LaTeX, CSV, Parquet, JSON, or in words."""

    @abstractmethod
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables by name, ids beside titles, as they are written to files."""

    @abstractmethod
    def dials(self) -> dict[str, Any]:
        """Everything that was set for this run."""

    def to_excel(self, path: str | Path) -> None:
        """Write all tables into one Excel workbook.

        Parameters
        ----------
        path : str or path
            Ends in ``.xlsx``. See :func:`planddiff.export.write_workbook` for errors and warnings.
        """
        write_workbook(self.tables(), path, footer=self._imprint())

    def to_csv(self, folder: str | Path, format: str = "csv") -> None:
        """Write each table into a folder, with ``dictionary.csv`` on what the columns mean.

        Parameters
        ----------
        folder : str or path
        format : {'csv', 'parquet'}
            See :func:`planddiff.export.write_folder` for errors.
        """
        write_folder(self.tables(), folder, format)

    def to_json(self, path: str | Path | None = None) -> str:
        """All tables as JSON; ``start`` and ``end`` are offsets into the text of the document.

        Parameters
        ----------
        path : str or path, optional
            Also written there.
        """
        text = json_text(self.tables(), {"planddiff": __version__, "dials": self.dials()})
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text

    def to_latex(
        self,
        table: str = "summary",
        path: str | Path | None = None,
        *,
        columns: Sequence[str] | None = None,
        caption: str = "",
        label: str = "",
        standalone: bool = False,
    ) -> str:
        r"""One table as LaTeX with booktabs, for xelatex and ctex.

        Parameters
        ----------
        table : str
            A name of :meth:`tables`.
        path : str or path, optional
            Also written there.
        columns, caption, label
            As in :func:`planddiff.export.latex_table`.
        standalone : bool
            A whole document, not only the table.

        Raises
        ------
        InvalidInputError
            There is no such table or column.
        """
        tables = self.tables()
        if table not in tables:
            raise InvalidInputError(f"table={table!r}: give one of {', '.join(tables)}")
        text = latex_table(tables[table], columns=columns, caption=caption, label=label)
        text = latex_document(text) if standalone else text
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text

    def methods_text(
        self,
        lang: str = "zh",
        *,
        quality: pd.DataFrame | None = None,
        agreement: pd.DataFrame | None = None,
    ) -> str:
        """A paragraph for the methods section: documents, units, dials, quality, citations.

        Parameters
        ----------
        lang : {'zh', 'en'}
        quality : DataFrame, optional
            What ``estimate_quality`` of a coded sample returned.
        agreement : DataFrame, optional
            What ``agreement`` of the coding returned.

        Raises
        ------
        InvalidInputError
            Another language.
        """
        return methods_paragraph(self.tables(), self.dials(), lang, quality, agreement)

    def _imprint(self) -> str:
        constructed = bool(self.tables()["documents"]["constructed"].any())
        mark = "; holds constructed documents, which are not official" if constructed else ""
        return f"planddiff {__version__}{mark}"
