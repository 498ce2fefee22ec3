"""Fixed words of the form around a document's own text (附件1, 抄送：, 印发), the same in every renderer."""

from datetime import date

from reports.model import Attendance, Imprint, OfficialDocument, Table

COPIES_LABEL = "抄送："


def written_date(day: date | None) -> str:
    """A date without leading zeros (7.3.5.4); blanks to be filled in for a draft without one."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"


def annex_mark(document: OfficialDocument, number: int) -> str:
    """The mark above an annex (7.3.7): 附件2, or 附件 where it is the only one."""
    return f"附件{number}" if len(document.annexes) > 1 else "附件"


def attendance_lines(attendance: Attendance) -> list[tuple[str, str]]:
    """Label and names of 出席, 请假 and 列席 (10.3), without empty ones."""
    groups = (("出席", attendance.present), ("请假", attendance.excused), ("列席", attendance.observers))
    return [(f"{label}：", "，".join(names)) for label, names in groups if names]


def written_copies(imprint: Imprint) -> str:
    """The receivers of copies (7.4.2), separated by commas and ended by a full stop."""
    return "，".join(imprint.copies_to) + "。"


def written_issue(imprint: Imprint) -> str:
    """The day of issue in the imprint (7.4.3), followed by 印发."""
    return f"{written_date(imprint.issued_on)}印发"


def has_imprint(document: OfficialDocument) -> bool:
    """Whether an imprint is printed: a letter has one only for its copies (10.1)."""
    imprint = document.imprint
    return imprint is not None and bool(imprint.copies_to or document.has_full_imprint)


def unit_line(table: Table) -> str:
    """The unit at the upper right of a table; "" if it has none."""
    return f"单位：{table.unit}" if table.unit else ""
