"""督查事项清单: what is to be mended, by whom, and by when; one row for each thing that a department owes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.composition.chapters.demands import deadlines, owed, unanswered
from app.composition.chapters.outlook import gap, risky
from app.composition.chapters.submissions import NOBODY, OVERDUE, word_for
from app.composition.deadlines import Deadlines
from app.composition.facts import (
    DirectiveFacts,
    Facts,
    MeasureFacts,
    Report,
)
from app.composition.particulars import Particulars
from app.composition.rules import MISSING_WORDS
from app.composition.wording import written_day
from app.filing.core.rules import FilingState, Forecast, Status
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
MENDING = {
    Status.PAUSED: "说明暂停原因、恢复条件和预计恢复时间，书面报送党政办公室。",
    Status.CANCELLED: "说明取消的依据和后续安排，书面报送党政办公室。",
}
DOUBTFUL = "分析不能完成的原因，提出补救措施，书面报送党政办公室。"
CATCHING_UP = "查明原因，明确追赶措施、责任人和完成时限，书面报送党政办公室。"
FILING = {
    OVERDUE: "立即补报。",
    MISSING_WORDS[FilingState.DRAFT]: "按要求报送。",
    MISSING_WORDS[FilingState.RETURNED]: "按退回意见补充完善后重新报送。",
    MISSING_WORDS[FilingState.SUBMITTED]: "部门负责人审签后报送。",
}
ANSWERING = "按要求办理并书面回复。"
ANSWERING_LATE = "立即办理回复，并说明逾期原因。"


@dataclass(frozen=True)
class Matter:
    """One thing to be mended."""

    measure: str
    departments: str
    leader: str
    problem: str
    demand: str
    due: date


def checklist(facts: Facts, particulars: Particulars, title: str) -> tuple[Annex, ...]:
    """Return the annex; none where there is nothing to be mended."""
    found = tuple(matters(facts, deadlines(facts, particulars)))
    if not found:
        return ()
    rows = tuple(row(number, one) for number, one in enumerate(found, start=1))
    table = Table(COLUMNS, rows, note="注：办结情况书面报送党政办公室，经核实后予以销号。")
    return (Annex(title, (table,), landscape=True),)


def matters(facts: Facts, last_days: Deadlines) -> Iterator[Matter]:
    """Yield what is behind, what is missing, what is unanswered."""
    for measure, report in risky(facts):
        behind = gap(report.percent, facts.scope.elapsed_percent)
        problem = f"{report.status.label}，{report.light.label}，完成率{report.percent}%，{behind}。"
        yield matter(measure, problem, mending(report), last_days.mend_by)
    for measure in owed(facts):
        word = word_for(measure)
        yield matter(measure, f"{facts.scope.quarter.words}填报{word}。", FILING[word], last_days.file_by)
    by_title = {measure.title: measure for measure in facts.measures}
    for directive in unanswered(facts):
        yield errand(directive, by_title.get(directive.measure), last_days)


def matter(measure: MeasureFacts, problem: str, demand: str, due: date) -> Matter:
    """Return what its lead department owes on a measure."""
    return Matter(measure.title, measure.lead or NOBODY, measure.leader or DASH, problem, demand, due)


def mending(report: Report) -> str:
    """Return what is asked of a measure that is behind or in doubt."""
    if report.status in MENDING:
        return MENDING[report.status]
    return DOUBTFUL if report.forecast is Forecast.CANNOT_FINISH else CATCHING_UP


def errand(directive: DirectiveFacts, measure: MeasureFacts | None, last_days: Deadlines) -> Matter:
    """Return what a directive's addressees owe: by its own day, or soon where that has gone by or there is none."""
    given = f"{directive.author}{written_day(directive.given_on)}{directive.kind.label}"
    late = directive.is_overdue or directive.due_on is None
    return Matter(
        directive.measure or DASH,
        "、".join(directive.departments) or NOBODY,
        measure.leader if measure and measure.leader else DASH,
        f"{given}{'逾期' if directive.is_overdue else '尚'}未回复。",
        ANSWERING_LATE if directive.is_overdue else ANSWERING,
        last_days.file_by if late or directive.due_on is None else directive.due_on,
    )


def row(number: int, one: Matter) -> tuple[str, ...]:
    """Return a matter's cells."""
    return (
        str(number),
        one.measure,
        one.departments,
        one.leader,
        one.problem,
        one.demand,
        written_day(one.due),
    )
