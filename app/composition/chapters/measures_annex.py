"""The annex: every measure in one row, missing ones too."""

from __future__ import annotations

from app.base.days import written_day
from app.composition.audience import Audience
from app.composition.chapters.progress import accepted_texts
from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.scope import DocumentScope
from app.composition.wording import own_words
from app.periods.rules import QUARTER_WORDS
from reports.model import Align, Annex, Column, Table

MEASURE = (Column("序号", align=Align.CENTER), Column("举措"))
REPORTED = (
    Column("年度目标"),
    Column("进展情况"),
    Column("完成率", align=Align.CENTER),
    Column("亮灯", align=Align.CENTER),
    Column("存在问题"),
    Column("下一步计划"),
)
COLUMNS = (*MEASURE, Column("牵头部门"), Column("配合部门"), *REPORTED)
# Those that repeat what a department reported.
REPEATING = ("进展情况", "完成率", "存在问题", "下一步计划")
DASH = "—"


def measures_annex(facts: DocumentFacts, title: str, audience: Audience) -> Annex:
    """Return the annex table of all measures; the text says by name what those without a report wait for."""
    rows = tuple(measure_row(measure, facts.scope) for measure in facts.measures)
    return Annex(title, (Table(COLUMNS, rows, note=annex_note(facts, audience)),), landscape=True)


def annex_note(facts: DocumentFacts, audience: Audience) -> str:
    """Say what the table's figures rest on."""
    quarter = QUARTER_WORDS[facts.scope.quarter.number]
    latest = (
        f"完成率、亮灯、存在问题、下一步计划为{quarter}填报内容；" if len(facts.scope.quarters) > 1 else ""
    )
    return (
        f"注：{latest}完成率为牵头部门填报的年度目标完成比例；截至{written_day(facts.scope.last_day)}，"
        f"序时进度为{facts.scope.elapsed_percent}%。{row_count_words(facts, audience)}"
    )


def row_count_words(facts: DocumentFacts, audience: Audience) -> str:
    """Count the rows; those without a report have a dash for it."""
    waiting = len(facts.missing)
    dashes = f"，{audience.awaited}{waiting}项，有关栏目以“{DASH}”表示" if waiting else ""
    return f"共{len(facts.measures)}项，其中{audience.counted}{len(facts.reported)}项{dashes}。"


def measure_row(measure: MeasureFacts, scope: DocumentScope) -> tuple[str, ...]:
    """Return a measure's cells."""
    return (
        str(measure.number),
        measure.title,
        measure.lead or DASH,
        "、".join(measure.supports) or DASH,
        *reported_cells(measure, scope),
    )


def reported_cells(measure: MeasureFacts, scope: DocumentScope) -> tuple[str, ...]:
    """Return the yearly target with what was reported on it."""
    target, report = measure.target or DASH, measure.report
    done = "\n".join(accepted_texts(measure, scope))
    if report is None:
        return (target, done or DASH, DASH, DASH, DASH, DASH)
    words = (report.problems, report.next_steps)
    problems, next_steps = (own_words(text) if text.strip() else DASH for text in words)
    return (target, done or DASH, f"{report.percent}%", report.light.label, problems, next_steps)
