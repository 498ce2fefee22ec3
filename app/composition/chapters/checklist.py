"""督查事项清单: what must be corrected, by whom and by when; one row for each thing a department owes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.base.days import written_day
from app.composition.audience import Audience
from app.composition.chapters.demands import deadlines_in_force, filings_owed, unanswered_directives
from app.composition.chapters.risks import gives_reason, measures_to_correct, risk_reasons, stop_words
from app.composition.chapters.submissions import NOBODY, OVERDUE, missing_word
from app.composition.deadlines import DocumentDeadlines
from app.composition.facts import (
    AcceptedReport,
    DirectiveFacts,
    DocumentFacts,
    MeasureFacts,
)
from app.composition.particulars import Particulars
from app.composition.rules import MISSING_WORDS
from app.composition.scope import DocumentScope
from app.filing.core.life_cycle import FilingState
from app.filing.core.measure_risk import is_hopeless
from app.filing.core.measure_status import MeasureStatus
from reports.model import Align, Annex, Column, Table

COLUMNS = (
    Column("序号", 4, Align.CENTER),
    Column("举措", 15),
    Column("牵头部门", 11),
    Column("分管领导", 7, Align.CENTER),
    Column("问题", 22),
    Column("整改要求", 22),
    Column("办结时限", 11, Align.CENTER),
)
DASH = "—"
CORRECTION_DEMANDS = {
    MeasureStatus.PAUSED: "明确恢复条件和预计恢复时间，书面报送党政办公室。",
    MeasureStatus.CANCELLED: "提供取消依据，明确后续安排，书面报送党政办公室。",
}
# Pairs: what is asked only if the department gave no reason, and what is asked in any case.
DOUBTFUL = "分析不能完成的原因，", "提出补救措施，书面报送党政办公室。"
CATCHING_UP = "查明原因，", "明确追赶措施、责任人和完成时限，书面报送党政办公室。"
MAKING_UP = "说明未达到目标的原因，", "提出补救措施或者下一年度安排，书面报送党政办公室。"
FILING = {
    OVERDUE: "立即补报。",
    MISSING_WORDS[FilingState.DRAFT]: "按要求报送。",
    MISSING_WORDS[FilingState.RETURNED]: "按退回意见补充完善后重新报送。",
    MISSING_WORDS[FilingState.SUBMITTED]: "部门负责人审签后报送。",
}
ANSWERING = "按要求办理并书面回复。"
ANSWERING_LATE = "立即办理回复，并说明逾期原因。"


@dataclass(frozen=True)
class ChecklistItem:
    """One thing to be corrected."""

    measure: str
    departments: str
    leader: str
    problem: str
    demand: str
    due: date


def checklist_annex(facts: DocumentFacts, particulars: Particulars, title: str) -> tuple[Annex, ...]:
    """Return the annex; empty if there is nothing to correct."""
    found = tuple(checklist_items(facts, deadlines_in_force(facts, particulars)))
    if not found:
        return ()
    rows = tuple(checklist_row(number, one) for number, one in enumerate(found, start=1))
    table = Table(COLUMNS, rows, note="注：办结情况书面报送党政办公室，经核实后予以销号。")
    return (Annex(title, (table,), landscape=True),)


def checklist_items(facts: DocumentFacts, last_days: DocumentDeadlines) -> Iterator[ChecklistItem]:
    """Yield measures to correct, missing filings and unanswered directives, in this order."""
    for measure, report in measures_to_correct(facts):
        problem = f"完成率{report.percent}%，{risk_reasons(report, facts.scope.pace)}。"
        yield measure_item(measure, problem, correction_demand(report, facts.scope), last_days.mend_by)
    for measure in filings_owed(facts):
        word = missing_word(measure)
        yield measure_item(
            measure, f"{facts.scope.quarter.words}填报{word}。", FILING[word], last_days.file_by
        )
    by_title = {measure.title: measure for measure in facts.measures}
    for directive in unanswered_directives(facts):
        yield directive_item(directive, by_title.get(directive.measure), last_days)


def measure_item(measure: MeasureFacts, problem: str, demand: str, due: date) -> ChecklistItem:
    """Return what the lead department owes for a measure."""
    return ChecklistItem(measure.title, measure.lead or NOBODY, measure.leader or DASH, problem, demand, due)


def correction_demand(report: AcceptedReport, scope: DocumentScope) -> str:
    """Return what is asked for a measure behind or at risk; at the year's end nothing can be caught up."""
    if report.status in CORRECTION_DEMANDS:
        why = "" if stop_words(report) else f"说明{report.status.label}原因，"
        return f"{why}{CORRECTION_DEMANDS[report.status]}"
    why, what = MAKING_UP if scope.ends_the_year else DOUBTFUL if is_hopeless(report) else CATCHING_UP
    return what if gives_reason(report, Audience.DEPARTMENTS) else f"{why}{what}"


def directive_item(
    directive: DirectiveFacts, measure: MeasureFacts | None, last_days: DocumentDeadlines
) -> ChecklistItem:
    """Return what the addressees of a directive owe.

    The deadline is the directive's own; if that has passed or is missing, the deadline for missing filings.
    """
    given = f"{directive.author}{written_day(directive.given_on)}{directive.kind.label}"
    late = directive.is_overdue or directive.due_on is None
    return ChecklistItem(
        directive.measure or DASH,
        "、".join(directive.departments) or NOBODY,
        measure.leader if measure and measure.leader else DASH,
        f"{given}{'逾期' if directive.is_overdue else '尚'}未回复。",
        ANSWERING_LATE if directive.is_overdue else ANSWERING,
        last_days.file_by if late or directive.due_on is None else directive.due_on,
    )


def checklist_row(number: int, one: ChecklistItem) -> tuple[str, ...]:
    """Return the cells of a row."""
    return (
        str(number),
        one.measure,
        one.departments,
        one.leader,
        one.problem,
        one.demand,
        written_day(one.due),
    )
