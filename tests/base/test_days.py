"""Every date that people give has a range and is refused outside of it; one in the database that has none is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import DateField, DateTimeField, DateTimeLocalField, Form
from wtforms.fields.core import UnboundField

from app.access.grants import grant_role
from app.authority.actor import SAMPLE_LOADER
from app.authority.roles import Role
from app.base.clock import today
from app.base.days import DayRange, day_with_weekday, moment_with_weekday, written_day, written_moment
from app.base.errors import BadInput
from app.composition.deadlines import DocumentDeadlines, deadline_problems
from app.directives.core.models import Directive
from app.periods.calendar import CHINA
from app.periods.calendar_exceptions import read_days
from app.periods.models import CalendarException, Period
from app.web.forms import RangedField
from tests.clients import log_in
from tests.directives.writing import written_directive
from tests.filing.pages import seen
from tests.world import World

IMPOSSIBLE = (date(1, 1, 1), date(9999, 12, 31))


def date_fields() -> Iterator[tuple[str, UnboundField]]:
    """Yield every field of a form that takes a date, with its place."""
    found = [FlaskForm]
    for form in found:
        found += form.__subclasses__()
        for name, field in vars(form).items():
            if isinstance(field, UnboundField) and issubclass(field.field_class, DateField | DateTimeField):
                yield f"{form.__module__}.{form.__name__}.{name}", field


def test_every_date_field_declares_its_range_and_refuses_what_lies_outside(app: Flask) -> None:
    found = dict(date_fields())
    assert {
        "app.directives.pages.forms.DirectiveForm.due_on",
        "app.periods.forms.UnlockForm.until",
    } <= found.keys()
    for place, field in found.items():
        assert issubclass(field.field_class, RangedField), place
        for day in IMPOSSIBLE:
            time_of_day = "T12:00" if issubclass(field.field_class, DateTimeLocalField) else ""
            form = type("OneField", (Form,), {"field": field})(MultiDict({"field": f"{day}{time_of_day}"}))
            assert not form.validate(), place
            (sentence,) = form.field.errors
            assert "应在" in sentence, (place, sentence)
            assert sentence.endswith("之间，请核对年份和月份。"), (place, sentence)


@pytest.mark.parametrize("day", IMPOSSIBLE)
def test_dates_that_come_otherwise_are_refused_with_their_range(day: date) -> None:
    with pytest.raises(BadInput) as refusal:
        read_days(f"日期,安排,说明\n{day.isoformat()},放假,\n".encode(), "days.csv")
    assert f"日期应在{today().year - 1}年1月1日至{today().year + 1}年12月31日之间" in "".join(
        refusal.value.problems
    )
    problems = deadline_problems(DocumentDeadlines(day, day), date(2026, 10, 9), CHINA, None)
    assert problems.keys() == {"file_by", "mend_by"}


def test_a_deadline_of_a_document_ends_with_the_year_after_it() -> None:
    days = DocumentDeadlines(date(2028, 1, 3), date(2027, 12, 31))
    assert deadline_problems(days, date(2026, 10, 9), CHINA, None) == {
        "file_by": "补报时限应在2026年1月1日至2027年12月31日之间，请核对年份和月份。"
    }


@pytest.mark.parametrize("until", IMPOSSIBLE)
def test_a_grant_lasts_some_years_at_most(world: World, until: date) -> None:
    account = world.users["filer"].account_id
    with pytest.raises(BadInput, match="授权截止日应在"):
        grant_role(account, Role.AUDITOR, by=SAMPLE_LOADER, until=until)


def test_days_and_moments_are_written_as_official_documents_write_them() -> None:
    moment = datetime(2026, 10, 9, 8, 5)
    assert (written_day(moment.date()), written_day(None)) == ("2026年10月9日", "")
    assert (written_moment(moment), written_moment(None)) == ("2026年10月9日 08:05", "")
    assert day_with_weekday(moment.date()) == "2026年10月9日（周五）"
    assert day_with_weekday(moment.date(), "星期") == "2026年10月9日（星期五）"
    assert moment_with_weekday(moment) == "2026年10月9日（周五）08:05"


def test_a_range_has_both_of_its_ends() -> None:
    within = DayRange.of_years(2026, 2027)
    assert (
        within.problem_of_day(date(2026, 1, 1), "日期")
        == within.problem_of_day(datetime(2027, 12, 31, 23, 59), "日期")
        == ""
    )
    assert (
        within.problem_of_day(date(2028, 1, 1), "日期")
        == "日期应在2026年1月1日至2027年12月31日之间，请核对年份和月份。"
    )


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1), date(9999, 12, 26)])
def test_pages_show_a_stored_day_out_of_range_at_once(app: Flask, world: World, day: date) -> None:
    directive = written_directive(world)
    Directive.update(due_on=day).execute()
    Period.update(department_due=day, office_due=day, leader_due=day, opens_on=day, grace_days=20).execute()
    CalendarException.create(day=day, is_working_day=day.weekday() > 4, note="")
    pages = {
        "leader": ("/", "/directives", f"/directives/{directive.key}", "/overview"),
        "filer": ("/", "/filings", f"/filings/{world.filing(1).id}", "/directives"),
        "office": (
            "/",
            "/review",
            "/periods",
            "/periods/calendar",
            f"/directives/on-measure/{world.measures[0].id}",
        ),
    }
    for role, paths in pages.items():
        browser = log_in(app, world, role)
        for path in paths:
            start = time.process_time()
            page = browser.get(path)
            assert page.status_code in (200, 302, 303), (path, page.status_code)
            assert time.process_time() - start < 2, path
    assert f"{day.year}年{day.month}月{day.day}日" in seen(log_in(app, world, "leader").get("/directives"))
