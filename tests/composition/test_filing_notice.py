"""The notice that opens a quarter: days in words, what to file, who files what."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from app.composition.facts import DocumentFacts, MeasureFacts, PartFacts
from app.composition.kinds.filing_notice import compose, title_lines
from app.composition.particulars import Particulars
from app.composition.rules import DocumentForm
from app.composition.scope import DocumentScope
from app.periods.calendar import WorkCalendar
from app.periods.due_dates import DueDates
from app.periods.rules import Quarter
from reports.lint import check_document
from reports.model import DocumentError, LetterMasthead, Masthead, OfficialDocument, Paragraph, Table
from tests.drafting.sample_documents import quarter_facts, texts

DUE = DueDates(date(2026, 9, 21), date(2026, 10, 14), date(2026, 10, 19), date(2026, 10, 21), grace_days=2)
PARTICULARS = Particulars(
    ("示例街道办事处",),
    "各部门、各居民区",
    (),
    date(2026, 9, 18),
    word="示街",
    note="联系人：周示例；联系电话：62520000",
)


@pytest.fixture(scope="module")
def facts() -> DocumentFacts:
    return replace(quarter_facts(), due=DUE)


@pytest.fixture(scope="module")
def notice(facts: DocumentFacts) -> OfficialDocument:
    return compose(facts, PARTICULARS)


def paragraph(document: OfficialDocument, head: str) -> str:
    """Return the text under a run-in head."""
    found = (one for one in document.body if isinstance(one, Paragraph) and one.head)
    return next(one.text for one in found if one.head and one.head.text == head)


def table_of(document: OfficialDocument) -> Table:
    (annex,) = document.annexes
    (table,) = annex.blocks
    assert isinstance(table, Table)
    return table


def test_a_day_to_come_up_to_which_others_count_is_no_slip(notice: OfficialDocument) -> None:
    assert [one.quote for one in check_document(notice) if one.rule.id == "future-date"] == []


def test_it_goes_to_the_departments_and_names_its_quarter(notice: OfficialDocument) -> None:
    assert notice.title == "关于做好《示例街道2026年工作计划》\n第三季度推进情况填报工作的通知"
    assert notice.addressee == "各部门、各居民区"
    assert isinstance(notice.masthead, Masthead)
    assert notice.masthead.signatories == ()
    assert notice.body[-1] == Paragraph("特此通知。")
    assert notice.note == "联系人：周示例；联系电话：62520000"


def test_days_are_written_with_their_weekdays(notice: OfficialDocument) -> None:
    assert paragraph(notice, "部门填报。") == (
        "2026年9月21日（星期一）起开始填报。各部门、各居民区须在2026年10月14日（星期三）前（含当日）"
        "完成填报，经部门负责人审签后报送。逾期至2026年10月16日（星期五）仍未报送的，在通报中列名。"
    )
    assert paragraph(notice, "审核采用。").startswith("街道党政办公室在2026年10月19日（星期一）前完成审核。")
    assert paragraph(notice, "领导审阅。") == "2026年10月21日（星期三）前，呈街道领导审阅。"


def test_once_filing_has_begun_it_begins_at_once(facts: DocumentFacts) -> None:
    begun = compose(facts, replace(PARTICULARS, dated=date(2026, 9, 21)))
    assert paragraph(begun, "部门填报。").startswith("即日起开始填报。")


def test_a_notice_after_its_own_last_day_is_refused(facts: DocumentFacts) -> None:
    assert compose(facts, replace(PARTICULARS, dated=DUE.department_due)).body
    with pytest.raises(
        DocumentError, match="部门报送截止日（2026年10月14日（周三））早于成文日期（2026年10月15日"
    ):
        compose(facts, replace(PARTICULARS, dated=date(2026, 10, 15)))


def test_grace_counts_the_offices_own_working_days(facts: DocumentFacts) -> None:
    calendar = WorkCalendar({date(2026, 10, 15): False})
    sentence = paragraph(compose(replace(facts, calendar=calendar), PARTICULARS), "部门填报。")
    assert sentence.endswith("逾期至2026年10月19日（星期一）仍未报送的，在通报中列名。")


def test_without_grace_it_is_not_mentioned(facts: DocumentFacts) -> None:
    strict = compose(replace(facts, due=replace(DUE, grace_days=0)), PARTICULARS)
    assert paragraph(strict, "部门填报。").endswith("报送。逾期仍未报送的，在通报中列名。")


def test_it_says_up_to_which_day_and_against_what_share_of_the_year(notice: OfficialDocument) -> None:
    assert paragraph(notice, "进展情况。").startswith("对照年度目标和本季度节点，写明截至2026年9月30日已经")
    assert paragraph(notice, "完成进度。").endswith("本季度末的序时进度为75%。")
    assert paragraph(notice, "下一步计划。") == "下一季度的工作安排和完成时限。"


def test_the_last_quarter_looks_to_the_next_year(facts: DocumentFacts) -> None:
    last = replace(facts, scope=DocumentScope(Quarter(2026, 4)))
    notice = compose(last, PARTICULARS)
    assert paragraph(notice, "下一步计划。").startswith("下一年度的")
    assert not re.search("进度滞后|如期完成|序时|年底预计", "".join(texts(notice)))


def test_the_annex_lists_what_each_department_leads_and_supports(facts: DocumentFacts) -> None:
    measures = (
        MeasureFacts(1, "甲", "经发办", ("城管办", "各居民区"), "", None),
        MeasureFacts(2, "乙", "城管办", ("各居民区",), "", None),
        MeasureFacts(3, "丙", "经发办", (), "", None),
        MeasureFacts(4, "丁", "", (), "", None),
    )
    notice = compose(replace(facts, parts=(PartFacts("部分", own_measures=measures),)), PARTICULARS)
    assert table_of(notice).rows == (
        ("1", "经发办", "2项：1.甲；3.丙", "—"),
        ("2", "城管办", "1项：2.乙", "1项：1.甲"),
        ("3", "各居民区", "—", "2项：1.甲；2.乙"),
    )
    assert "其中第4项举措的牵头部门尚未明确，明确后另行通知。" in "".join(texts(notice))


def test_every_measure_of_a_whole_plan_is_somebodys(notice: OfficialDocument) -> None:
    rows = table_of(notice).rows
    assert len(rows) == 46
    assert rows[-1][1] == "各居民区"
    assert rows[-1][3].startswith("45项：1.举措“1”；2.举措“2”")
    assert table_of(notice).note.endswith("共45项。")


def test_a_letter_has_a_letters_head(facts: DocumentFacts) -> None:
    letter = compose(facts, replace(PARTICULARS, form=DocumentForm.LETTER))
    assert isinstance(letter.masthead, LetterMasthead)


def test_nothing_accepted_and_nothing_planned_is_no_obstacle(facts: DocumentFacts) -> None:
    empty = compose(replace(facts, parts=()), PARTICULARS)
    assert table_of(empty).rows == ()
    assert title_lines(facts) == ("关于做好《示例街道2026年工作计划》", "第三季度推进情况填报工作的通知")


def test_a_quarter_that_was_not_opened_has_no_days_to_name() -> None:
    with pytest.raises(DocumentError, match="2026年第三季度还没有开启填报"):
        compose(quarter_facts(), PARTICULARS)


def test_at_the_years_end_it_says_what_for_without_repeating_a_word(facts: DocumentFacts) -> None:
    last = replace(facts, scope=DocumentScope(Quarter(2026, 4)))
    opening = next(text for text in texts(compose(last, PARTICULARS)) if "现就" in text)
    assert opening.count("做好") == 1
    assert opening.startswith("为全面掌握《示例街道2026年工作计划》全年完成情况、总结年度工作，现就做好")
