"""The formats that documents are printed in."""

from __future__ import annotations

from app.base.labels import LabelledEnum


class FileFormat(LabelledEnum):
    """The formats that a document is kept in."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel 附表"
    ARCHIVE = "archive", "归档 PDF"
    ACCESSIBLE = "accessible", "无障碍 PDF"

    @property
    def name_ending(self) -> str:
        """Return the ending of a file name that tells this format from the document's others, with its suffix."""
        additions = {
            FileFormat.XLSX: "（附表）",
            FileFormat.ARCHIVE: "（归档）",
            FileFormat.ACCESSIBLE: "（无障碍）",
        }
        return f"{additions.get(self, '')}.{self.suffix}"

    @property
    def suffix(self) -> str:
        """Return the suffix of a file name."""
        return self.value if self in (FileFormat.DOCX, FileFormat.XLSX) else "pdf"


# A draft is printed after every change, to be looked at; what else is wanted of it is made for who asks. What is issued
# is frozen in every format.
DRAFT_FORMATS = (FileFormat.PDF,)
DEMAND_FORMATS = (FileFormat.DOCX,)
FROZEN_FORMATS = tuple(FileFormat)
