"""The office enters exceptions to the calendar, by hand or by a table; opening a quarter follows them."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER
from app.base.errors import BadInput, FieldProblems, NotAllowed
from app.base.tables.sheet_parsing import UNPACKED_BYTES
from app.periods import calendar_exceptions, queries
from app.periods.calendar_exceptions import DayArrangement
from app.periods.models import CalendarException
from app.periods.operations import open_period
from app.periods.rules import Quarter
from tests.databases import on_both
from tests.world import World

NEW_YEAR = "日期,安排,说明\n2027-01-01,放假,元旦\n2027/1/4,放假,元旦\n2027年1月9日,上班,元旦调休\n"


def bomb() -> bytes:
    """Return a small file that unpacks to far more than a table can need."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(UNPACKED_BYTES + 1))
    return file.getvalue()


def test_days_set_by_hand_move_the_dates_with_which_a_quarter_opens(world: World) -> None:
    days = (date(2027, 1, 4), date(2027, 1, 5))
    assert (
        calendar_exceptions.arrange_days(*days, DayArrangement.OFF, "暴雪停工", by=world.users["office"]) == 2
    )
    assert queries.work_calendar().exceptions == dict.fromkeys(days, False)
    opened = open_period(world.plan, Quarter(2026, 4), by=SAMPLE_LOADER)
    assert opened.department_due == date(2027, 1, 12)
    event = Event.select().where(Event.action == "edit_calendar").get()
    assert event.detail == {"2027-01-04": "放假", "2027-01-05": "放假"}


@on_both
def test_a_table_is_taken_over_and_a_day_set_again_gets_the_new_arrangement(world: World) -> None:
    office = world.users["office"]
    calendar_exceptions.arrange_days(date(2027, 1, 9), date(2027, 1, 9), DayArrangement.OFF, "", by=office)
    assert calendar_exceptions.import_calendar_table(NEW_YEAR.encode("gb18030"), "放假.csv", by=office) == 3
    rows = [(row.day, row.is_working_day, row.note) for row in queries.calendar_exceptions()]
    assert rows == [
        (date(2027, 1, 1), False, "元旦"),
        (date(2027, 1, 4), False, "元旦"),
        (date(2027, 1, 9), True, "元旦调休"),
    ]


def test_a_table_may_be_a_workbook_in_which_days_are_days(world: World) -> None:
    book, file = Workbook(), BytesIO()
    for line in (
        ["日期", "安排", "说明"],
        [date(2027, 1, 4), "放假", "元\u200b旦"],
        ["2027年1月9日", "上班"],
    ):
        book.active.append(line)
    book.save(file)
    assert (
        calendar_exceptions.import_calendar_table(file.getvalue(), "放假.XLSX", by=world.users["office"]) == 2
    )
    rows = [(row.day, row.is_working_day, row.note) for row in queries.calendar_exceptions()]
    assert rows == [(date(2027, 1, 4), False, "元旦"), (date(2027, 1, 9), True, "")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"PK\x03\x04 and nothing more", "不是可读的 Excel 文件"), (bomb(), "展开后太大，没有打开")],
)
def test_what_is_no_workbook_or_a_bomb_is_not_opened(world: World, content: bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        calendar_exceptions.import_calendar_table(content, "放假.xlsx", by=world.users["office"])


@pytest.mark.parametrize(
    ("table", "sentences"),
    [
        ("日期,说明\n2027-01-01,x\n", ["表头缺少：安排"]),
        (
            "日期,安排\n元旦,放假\n2027-02-30,休\n",
            ["第 2 行“日期”", "第 3 行“日期”", "“休”不认识，请填“放假”或“上班”"],
        ),
        ("日期,安排,说明\n2027-01-01,放假," + "长" * 101, ["第 2 行“说明”"]),
        ("日期,安排\n", ["没有内容"]),
    ],
)
def test_every_mistake_of_a_table_is_named_and_nothing_is_taken_over(
    world: World, table: str, sentences: list[str]
) -> None:
    with pytest.raises(BadInput) as refusal:
        calendar_exceptions.import_calendar_table(table.encode(), "放假.csv", by=world.users["office"])
    shown = "".join((refusal.value.sentence, *refusal.value.problems))
    assert all(sentence in shown for sentence in sentences)
    assert queries.calendar_exceptions() == []


@pytest.mark.parametrize(
    ("first", "last", "note", "field"),
    [
        (date(2027, 1, 4), date(2027, 1, 3), "", "last"),
        (date(2027, 1, 4), date(2027, 2, 4), "", "last"),
        (date(2027, 1, 4), date(2027, 1, 4), "长" * 101, "note"),
    ],
)
def test_a_wrong_run_of_days_is_refused(world: World, first: date, last: date, note: str, field: str) -> None:
    with pytest.raises(FieldProblems) as refusal:
        calendar_exceptions.arrange_days(first, last, DayArrangement.OFF, note, by=world.users["office"])
    assert list(refusal.value.fields) == [field]
    assert queries.calendar_exceptions() == []


def test_a_day_can_be_given_back_to_the_calendar(world: World) -> None:
    office = world.users["office"]
    calendar_exceptions.import_calendar_table(NEW_YEAR.encode(), "放假.csv", by=office)
    calendar_exceptions.remove_exception(CalendarException.get(day=date(2027, 1, 4)), by=office)
    assert date(2027, 1, 4) not in queries.work_calendar().exceptions


@pytest.mark.parametrize("who", ["filer", "head", "leader", "system_admin", "security_admin", "auditor"])
def test_nobody_but_the_office_sets_the_calendar(world: World, who: str) -> None:
    calendar_exceptions.import_calendar_table(NEW_YEAR.encode(), "放假.csv", by=world.users["office"])
    by, before = world.users[who], queries.work_calendar()
    with pytest.raises(NotAllowed):
        calendar_exceptions.import_calendar_table(
            NEW_YEAR.replace("放假", "上班").encode(), "放假.csv", by=by
        )
    with pytest.raises(NotAllowed):
        calendar_exceptions.remove_exception(queries.calendar_exceptions()[0], by=by)
    assert queries.work_calendar() == before
