"""A document's own date, and the days that it sets: proposed, kept with it, refused where they make no sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from app.base.errors import FieldProblems
from app.composition.deadlines import (
    DocumentDeadlines,
    date_problem,
    deadline_problems,
    distance_words,
    early_document_caution,
    late_notice_caution,
    usual_deadlines,
    usual_notice_day,
)
from app.composition.kinds import compose_document, spec_of
from app.composition.rules import DocumentKind
from app.composition.scope import DocumentScope, ScopeSpan
from app.drafting.assembling.operations import assemble_document
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.models import Document
from app.drafting.editing import operations as editing
from app.drafting.jobs.gathering import gather_facts
from app.periods.calendar import CHINA, WorkCalendar
from app.periods.due_dates import DueDates
from app.periods.models import CalendarException
from app.periods.rules import Quarter
from tests.clients import log_in
from tests.composition.contents import DOWNWARD, entry, table_in
from tests.drafting.draft_pages import page
from tests.drafting.drafts import fresh
from tests.issuing.issued_documents import print_now
from tests.world import THRESHOLDS, World

THURSDAY = date(2026, 10, 22)
DUE = DueDates(date(2026, 9, 21), date(2026, 10, 14), date(2026, 10, 19), date(2026, 10, 21), grace_days=2)
SET = DocumentDeadlines(date(2026, 10, 28), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("calendar", "day", "expected"),
    [
        (CHINA, THURSDAY, DocumentDeadlines(date(2026, 10, 27), date(2026, 11, 5))),
        (
            WorkCalendar({date(2026, 10, 23): False}),
            THURSDAY,
            DocumentDeadlines(date(2026, 10, 28), date(2026, 11, 6)),
        ),
        (CHINA, date(2026, 9, 28), DocumentDeadlines(date(2026, 10, 16), date(2026, 10, 16))),
    ],
)
def test_days_are_proposed_by_the_offices_calendar(
    calendar: WorkCalendar, day: date, expected: DocumentDeadlines
) -> None:
    """Nobody is asked for a filing before its own last day: that of the third case is on 16 October."""
    assert usual_deadlines(day, calendar, DUE) == expected


def test_a_notice_is_proposed_for_a_day_before_its_own_last_one() -> None:
    assert usual_notice_day(date(2026, 10, 14), DUE) == date(2026, 10, 14)
    assert usual_notice_day(date(2026, 10, 15), DUE) == DUE.opens_on
    assert late_notice_caution(date(2026, 10, 14), Quarter(2026, 3), DUE) is None
    late = late_notice_caution(date(2026, 10, 15), Quarter(2026, 3), DUE)
    assert late is not None
    assert "部门报送截止日是2026年10月14日（周三）。" in late.text


def test_a_document_made_while_filings_may_come_in_is_cautioned_of() -> None:
    early = early_document_caution(date(2026, 10, 16), Quarter(2026, 3), DUE, CHINA)
    assert early is not None
    assert early.text.startswith("2026年第三季度填报截至2026年10月16日（周五）。")
    assert early_document_caution(date(2026, 10, 17), Quarter(2026, 3), DUE, CHINA) is None


def test_days_that_make_no_sense_are_reported_by_field() -> None:
    assert deadline_problems(SET, THURSDAY, CHINA, DUE) == {}
    assert deadline_problems(DocumentDeadlines(date(2026, 10, 24), THURSDAY), THURSDAY, CHINA, None) == {
        "file_by": "2026年10月24日（周六）不是工作日，可改为2026年10月26日（周一）。",
        "mend_by": "整改时限应晚于成文日期（2026年10月22日（周四））。",
    }


@pytest.mark.parametrize(
    ("kind", "scope", "first"),
    [
        (DocumentKind.QUARTERLY, DocumentScope(Quarter(2026, 3)), date(2026, 7, 1)),
        (DocumentKind.CIRCULAR, DocumentScope(Quarter(2026, 2), ScopeSpan.HALF_YEAR), date(2026, 4, 1)),
        (DocumentKind.YEARLY, DocumentScope(Quarter(2026, 4), ScopeSpan.YEAR), date(2026, 10, 1)),
        (DocumentKind.FILING_NOTICE, DocumentScope(Quarter(2026, 1)), date(2025, 1, 1)),
        (DocumentKind.PLAN, DocumentScope(Quarter(2026, 4), ScopeSpan.YEAR), date(2025, 1, 1)),
    ],
)
def test_a_document_bears_a_date_that_can_be_meant(
    kind: DocumentKind, scope: DocumentScope, first: date
) -> None:
    """From the first day of the quarter that it tells of to the end of the next year, or today's."""
    last, old = date(2027, 12, 31), date(1900, 1, 1)
    for day in (first, THURSDAY, last):
        assert date_problem(day, spec_of(kind), scope, THURSDAY) == ""
    for day in (old, first - timedelta(1), last + timedelta(1), date(2099, 1, 1)):
        assert "请核对年份和月份。" in date_problem(day, spec_of(kind), scope, THURSDAY)
        assert date_problem(day, spec_of(kind), scope, day) == ""


def test_a_date_far_from_today_looks_like_a_slip() -> None:
    near = (THURSDAY - timedelta(30), THURSDAY, THURSDAY + timedelta(30))
    assert {distance_words(day, THURSDAY) for day in near} == {""}
    assert distance_words(THURSDAY - timedelta(31), THURSDAY) == "比今天早31天"
    assert distance_words(date(2027, 10, 22), THURSDAY) == "比今天晚365天"


def test_the_days_that_the_office_set_stay_in_text_and_annex(reported: World, in_app: None) -> None:
    office, scope = reported.users["office"], DocumentScope(reported.period.quarter)
    order = AssemblyRequest(DocumentKind.SUPERVISION, reported.plan, scope)
    draft = assemble_document(order, replace(DOWNWARD, deadlines=SET), by=office)
    later = replace(DOWNWARD, dated=date(2026, 10, 26))
    editing.change_description(draft, draft.title, later, by=office, read=draft.frame_digest)
    kept = Document.get_by_id(draft.id).particulars
    assert (kept.dated, kept.deadlines) == (date(2026, 10, 26), SET)
    document = compose_document(order.kind, gather_facts(order.plan, scope, thresholds=THRESHOLDS), kept)
    assert "于2026年11月20日前书面报送" in entry(document, "督查要求", "加快补齐进度差距。").text
    assert "2026年10月28日" in {row[-1] for row in table_in(document.annexes[0].blocks).rows}
    too_late = replace(DOWNWARD, dated=date(2026, 11, 23))
    with pytest.raises(FieldProblems) as refusal:
        editing.change_description(
            draft, draft.title, too_late, by=office, read=Document.get_by_id(draft.id).frame_digest
        )
    assert refusal.value.fields == {
        "dated": "成文日期应早于正文所定的补报时限（2026年10月28日（周三））、整改时限（2026年11月20日（周五））；"
        "需要另定时限的，请重新汇编。"
    }


def test_days_that_fit_no_more_are_reported_and_keep_nobody_from_a_better_title(
    app: Flask, reported: World, in_app: None
) -> None:
    office = reported.users["office"]
    order = AssemblyRequest(DocumentKind.CIRCULAR, reported.plan, DocumentScope(reported.period.quarter))
    draft = assemble_document(order, replace(DOWNWARD, deadlines=SET), by=office)
    print_now(draft)
    browser, path = log_in(app, reported, "office"), f"/documents/{draft.id}"
    assert "<li>时限：" not in page(browser, path)
    CalendarException.create(day=SET.file_by, is_working_day=False)
    notice = "<li>时限：<strong>2026年10月28日（周三）不是工作日，可改为2026年10月29日（周四）。</strong>"
    assert notice in page(browser, path)
    draft = fresh(draft)
    better = replace(draft.particulars, dated=date(2026, 10, 26), note="联系人：周示例")
    editing.change_description(draft, "更好的标题", better, by=office, read=draft.frame_digest)
    kept = fresh(draft)
    assert (kept.title, kept.particulars) == ("更好的标题", better)
    assert better.deadlines == SET
