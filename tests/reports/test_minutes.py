"""The form of minutes (纪要, 10.3), and what is marked above a mark (7.2.1-3)."""

from dataclasses import replace
from itertools import pairwise

import pytest

from reports.model import Attendance, LetterMasthead, Marking, Masthead, MinutesMasthead
from tests.reports import samples
from tests.reports.every_form import (
    ALL_MARKINGS,
    DOWNWARD,
    MINUTES,
    NUMBER,
    OFFICE,
)
from tests.reports.ink import Extent, page_texts, sheets

CHARACTER = 5.556
LINE = 10.447


def test_minutes_have_their_mark_number_and_red_line() -> None:
    sheet = sheets(samples.pdf(MINUTES), 1)[0]
    red_line = sheet.red_only.rules(150)[0]
    mark = sheet.red_only.part(bottom=red_line.top - 1).extent()
    number = sheet.part(top=mark.bottom + 1, bottom=red_line.top - 0.3).extent()
    assert mark.top == pytest.approx(37 + 35, abs=1)
    assert mark.middle[0] == pytest.approx(28 + 78, abs=1)
    assert number.middle[0] == pytest.approx(28 + 78, abs=1)
    assert red_line.top - number.bottom == pytest.approx(4, abs=0.5)


def test_without_a_number_the_red_line_follows_the_mark() -> None:
    sheet = sheets(samples.pdf(replace(MINUTES, masthead=MinutesMasthead("主任办公会议纪要"))), 1)[0]
    red_line = sheet.red_only.rules(150)[0]
    mark = sheet.red_only.part(bottom=red_line.top - 1).extent()
    assert red_line.top - mark.bottom == pytest.approx(LINE, abs=0.5)
    assert sheet.without_red.part(bottom=red_line.top).is_blank


def attendance_lines() -> list[Extent]:
    return sheets(samples.pdf(MINUTES), 1)[0].without_red.part(top=34, bottom=263).lines()[-5:]


def test_attendance_stands_one_line_below_the_text_and_wraps_behind_the_colon() -> None:
    body, present, wrapped, excused, observers = attendance_lines()
    assert present.top - body.top == pytest.approx(2 * LINE, abs=1)
    for line in (present, excused, observers):
        assert line.left == pytest.approx(28 + 2 * CHARACTER, abs=1)
    assert wrapped.left == pytest.approx(28 + 5 * CHARACTER, abs=1)
    assert [b.top - a.top for a, b in ((present, wrapped), (excused, observers))] == pytest.approx(
        [LINE] * 2, abs=1
    )


def test_only_those_groups_are_named_that_there_are() -> None:
    document = replace(MINUTES, attendance=Attendance(("王玥", "李喆")))
    text = page_texts(samples.pdf(document))[0]
    assert "出席：王玥，李喆\n" in text
    assert "请假" not in text
    assert "列席" not in text


def test_markings_stand_flush_left_on_the_first_lines_of_the_type_area() -> None:
    sheet = sheets(
        samples.pdf(replace(DOWNWARD, masthead=Masthead((OFFICE,), NUMBER, marking=ALL_MARKINGS))), 1
    )[0]
    lines = sheet.without_red.part(bottom=71).lines()
    assert lines[0].top == pytest.approx(37, abs=1.5)
    assert [line.left for line in lines] == pytest.approx([28] * 3, abs=0.8)
    pitches = [below.middle[1] - above.middle[1] for above, below in pairwise(lines)]
    assert pitches == pytest.approx([LINE] * 2, abs=1)


@pytest.mark.parametrize(
    ("marking", "printed"),
    [
        (Marking(), []),
        (Marking(copy_number=7), ["000007"]),
        (Marking(secrecy="秘密"), ["秘密"]),
        (Marking(urgency="加急"), ["加急"]),
        (ALL_MARKINGS, ["000012", "机密★1年", "特急"]),
    ],
)
@pytest.mark.parametrize("form", ["file", "letter", "minutes"])
def test_only_what_is_given_is_marked(marking: Marking, printed: list[str], form: str) -> None:
    masthead = {
        "file": Masthead((OFFICE,), NUMBER, marking=marking),
        "letter": LetterMasthead(OFFICE, NUMBER, marking),
        "minutes": MinutesMasthead("主任办公会议纪要", NUMBER, marking),
    }[form]
    words = page_texts(samples.pdf(replace(DOWNWARD, masthead=masthead)))[0].split()
    known = ("000007", "000012", "秘密", "加急", "机密★1年", "特急")
    assert [word for word in words if word in known] == printed


def test_a_name_is_never_broken_and_a_long_remark_wraps() -> None:
    people = tuple(f"{'办' * unit}公室 张{'三' if unit % 2 else '四五'}" for unit in range(1, 24))
    remark = "各居民区党组织书记以及相关单位负责同志共计三十余人列席会议并作交流发言"
    document = replace(MINUTES, attendance=Attendance(people, observers=(remark,)))
    text = "\n".join(page_texts(samples.pdf(document)))
    for person in people:
        assert person.split()[1] in text
    assert remark in text.replace("\n", "")
    for sheet in sheets(samples.pdf(document), 1):
        assert sheet.without_red.part(top=34, bottom=263).extent().right <= 184.5
