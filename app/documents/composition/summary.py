"""The internal summary (内部情况汇总): how the plan stands on two or three pages, for the office and the leaders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.documents.composition.directives import directives
from app.documents.composition.frame import internal, require_reports
from app.documents.composition.outlook import points, risky
from app.documents.composition.overview import figures, table_of_parts
from app.documents.composition.submissions import NOBODY, unfiled
from app.documents.composition.wording import closed_up, written_day
from app.documents.facts import Facts, MeasureFacts, Report
from app.documents.particulars import Particulars
from reports.model import Align, Block, Column, Heading, OfficialDocument, Paragraph, Table

COLUMNS = (
    Column("举措", 12),
    Column("牵头部门", 8),
    Column("分管领导", 5, Align.CENTER),
    Column("完成率", 4, Align.CENTER),
    Column("与序时进度相比", 8),
    Column("状态", 4, Align.CENTER),
    Column("亮灯", 3, Align.CENTER),
    Column("年底预计", 6, Align.CENTER),
)


def title_lines(facts: Facts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return f"《{closed_up(facts.plan.title)}》", f"{facts.scope.short_words}推进情况汇总"


def compose(facts: Facts, particulars: Particulars) -> OfficialDocument:
    """Return the summary, signed by the office that made it. Raises DocumentError when no filing was accepted."""
    require_reports(facts)
    lead_in = (
        f"现将《{closed_up(facts.plan.title)}》{facts.scope.short_words}推进情况汇总如下，供内部工作参考。"
        f"数据截至{written_day(facts.scope.last_day)}，填报和批示办理情况截至{written_day(particulars.dated)}。"
    )
    body = (
        Paragraph(lead_in),
        Heading(1, "总体情况"),
        *figures(facts),
        table_of_parts(facts),
        *shortcomings(facts),
        *directives(facts),
    )
    return internal(title_lines(facts), body, replace(particulars, issuers=(particulars.office,)))


def shortcomings(facts: Facts) -> Iterator[Block]:
    """Yield the chapter on what is behind, late and missing."""
    found = (*behind(facts), *unfiled(facts))
    if found:
        yield Heading(1, "存在的问题")
    yield from found


def behind(facts: Facts) -> Iterator[Block]:
    """Yield the measures that are behind or in doubt, in a table."""
    found = risky(facts)
    if found:
        yield Heading(2, "进度滞后和存在风险的举措")
        yield Table(
            COLUMNS,
            rows=tuple(row(measure, report, facts.scope.elapsed_percent) for measure, report in found),
            caption=f"进度滞后和存在风险的举措（共{len(found)}项）",
            note=f"注：按工作计划的顺序排列；序时进度为{facts.scope.elapsed_percent}%。",
        )


def row(measure: MeasureFacts, report: Report, elapsed: int) -> tuple[str, ...]:
    """Return a measure's cells."""
    return (
        measure.title,
        measure.lead or NOBODY,
        measure.leader or "未明确",
        f"{report.percent}%",
        compared(report.percent, elapsed),
        report.status.label,
        report.light.label,
        report.forecast.label,
    )


def compared(percent: int, elapsed: int) -> str:
    """Return the distance to 序时进度 as a cell under that head."""
    if percent == elapsed:
        return "持平"
    return f"{'落后' if percent < elapsed else '超过'}{points(percent, elapsed)}"
