"""The annex table: one row for every measure, also for those without a report."""

from __future__ import annotations

from collections.abc import Callable

from app.base.days import written_day
from app.base.labels import LabelledEnum
from app.composition.audience import Audience
from app.composition.chapters.progress import accepted_texts
from app.composition.facts import DocumentFacts, MeasureFacts
from app.composition.phrases import own_words
from app.composition.scope import DocumentScope
from app.filing.core.content import LONG_TEXTS
from app.periods.rules import QUARTER_WORDS
from reports.model import Align, Annex, Column, Table


class RepeatingColumn(LabelledEnum):
    """A column that repeats what a department reported; edits of those words in the text must reach it as well."""

    PROGRESS = "progress", LONG_TEXTS["progress"]
    PERCENT = "percent", "完成率"
    PROBLEMS = "problems", LONG_TEXTS["problems"]
    NEXT_STEPS = "next_steps", LONG_TEXTS["next_steps"]

    def as_column(self, align: Align = Align.LEFT) -> Column:
        """Return it as a column that can be found again by its key."""
        return Column(self.label, align=align, key=self)


MEASURE = (Column("序号", align=Align.CENTER), Column("举措"))
REPORTED = (
    Column("年度目标"),
    RepeatingColumn.PROGRESS.as_column(),
    RepeatingColumn.PERCENT.as_column(Align.CENTER),
    Column("亮灯", align=Align.CENTER),
    RepeatingColumn.PROBLEMS.as_column(),
    RepeatingColumn.NEXT_STEPS.as_column(),
)
COLUMNS = (*MEASURE, Column("牵头部门"), Column("配合部门"), *REPORTED)
DASH = "—"
NOTHING_DONE = "无。"
RULE_OF_LIGHTS = "亮灯以完成进度为主，结合推进状态和工作实际确定。"


def measures_annex(facts: DocumentFacts, title: str, audience: Audience) -> Annex:
    """Return the annex table of all measures; the text itself names those without a report."""
    table = table_of_measures(facts, COLUMNS, measure_row, annex_note(facts, audience))
    return Annex(title, (table,), landscape=True)


def table_of_measures(
    facts: DocumentFacts,
    columns: tuple[Column, ...],
    cells_of: Callable[[MeasureFacts, DocumentFacts], tuple[str, ...]],
    note: str,
) -> Table:
    """Return a table with one row per measure; the rows are found again by the measure's number."""
    rows = tuple(cells_of(measure, facts) for measure in facts.measures)
    return Table(columns, rows, note=note, row_keys=tuple(measure.number for measure in facts.measures))


def annex_note(facts: DocumentFacts, audience: Audience) -> str:
    """Return the note below the table: what its figures are based on."""
    quarter = QUARTER_WORDS[facts.scope.quarter.number]
    latest = (
        f"完成率、亮灯、存在问题、下一步计划为{quarter}填报内容；" if len(facts.scope.quarters) > 1 else ""
    )
    return (
        f"注：{latest}完成率为牵头部门填报的年度目标完成比例{elapsed_note(facts)}。{lights_note(facts, audience)}"
        f"{row_count_words(facts, audience)}"
    )


def lights_note(facts: DocumentFacts, audience: Audience) -> str:
    """Return the rule of lights, for superiors and only if a light differs from what its rate alone gives."""
    is_any_moved = any(report.is_light_moved for _, report in facts.reported)
    return RULE_OF_LIGHTS if audience is Audience.SUPERIORS and is_any_moved else ""


def elapsed_note(facts: DocumentFacts) -> str:
    elapsed = facts.scope.elapsed_words
    return f"；截至{written_day(facts.scope.last_day)}，{elapsed}" if elapsed else ""


def row_count_words(facts: DocumentFacts, audience: Audience) -> str:
    """Return the number of rows and how many of them show dashes because there is no report."""
    total, waiting = len(facts.measures), len(facts.missing)
    if not waiting:
        return f"共{total}项，{'均' if total > 1 else ''}{audience.counted}。"
    dashes = f"{audience.awaited}{waiting}项，有关栏目以“{DASH}”表示"
    return f"共{total}项，其中{audience.counted}{len(facts.reported)}项，{dashes}。"


def measure_row(measure: MeasureFacts, facts: DocumentFacts) -> tuple[str, ...]:
    """Return the cells of a measure's row."""
    return (
        str(measure.number),
        measure.title,
        measure.lead_words or DASH,
        "、".join(measure.supports) or DASH,
        *reported_cells(measure, facts.scope),
    )


def reported_cells(measure: MeasureFacts, scope: DocumentScope) -> tuple[str, ...]:
    """Return the cells for the yearly target and for what was reported."""
    target, report = measure.target or DASH, measure.report
    done = "\n".join(accepted_texts(measure, scope))
    if report is None:
        return (target, done or DASH, DASH, DASH, DASH, DASH)
    words = (report.problems, report.next_steps)
    problems, next_steps = (own_words(text) if text.strip() else DASH for text in words)
    return (target, done or NOTHING_DONE, f"{report.percent}%", report.light.label, problems, next_steps)
