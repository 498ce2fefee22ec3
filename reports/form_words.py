"""Words that the form puts around a document's own: the same in every renderer."""

from datetime import date

from reports.model import Attendance, Imprint, OfficialDocument, Table

COPIES_LABEL = "抄送："


def written_date(day: date | None) -> str:
    """A date as 7.3.5.4 wants it, without leading zeros; a draft's stays open."""
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"


def attendance_lines(attendance: Attendance) -> list[tuple[str, str]]:
    """Label and names of 出席, 请假 and 列席 (10.3), as far as there are any."""
    groups = (("出席", attendance.present), ("请假", attendance.excused), ("列席", attendance.observers))
    return [(f"{label}：", "，".join(names)) for label, names in groups if names]


def written_copies(imprint: Imprint) -> str:
    """Who receives a copy (7.4.2): names set apart by commas, with a full stop behind the last."""
    return "，".join(imprint.copies_to) + "。"


def written_issue(imprint: Imprint) -> str:
    """The day of issue in the imprint (7.4.3), with 印发 behind it."""
    return f"{written_date(imprint.issued_on)}印发"


def has_imprint(document: OfficialDocument) -> bool:
    """Whether an imprint is printed: a letter's consists of nothing but the copies (10.1)."""
    imprint = document.imprint
    return imprint is not None and bool(imprint.copies_to or document.has_full_imprint)


def unit_line(table: Table) -> str:
    """What stands at the upper right of a table: what it counts; nothing where it counts nothing in particular."""
    return f"单位：{table.unit}" if table.unit else ""
