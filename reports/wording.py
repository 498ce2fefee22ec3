"""Words that the form puts around a document's own: the same in every renderer."""

from datetime import date

from reports.model import AnyMasthead, Attendance, Imprint, LetterMasthead, MinutesMasthead, OfficialDocument


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


def has_imprint(document: OfficialDocument) -> bool:
    """Whether an imprint is printed: a letter's consists of nothing but the copies (10.1)."""
    imprint = document.imprint
    return imprint is not None and bool(imprint.copies_to or form_of(document.masthead) != "letter")


def form_of(masthead: AnyMasthead | None) -> str:
    """Which form a document has, by the name of its templates; empty for a paper without a red head."""
    match masthead:
        case None:
            return ""
        case LetterMasthead():
            return "letter"
        case MinutesMasthead():
            return "minutes"
        case _:
            return "file"
