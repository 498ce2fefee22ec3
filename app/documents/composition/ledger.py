"""The annex: every measure in one row, missing ones too."""

from __future__ import annotations

from app.documents.composition.wording import own_words
from app.documents.facts import Facts, MeasureFacts
from reports.model import Align, Annex, Column, Table

COLUMNS = (
    Column("序号", align=Align.CENTER),
    Column("举措"),
    Column("牵头部门"),
    Column("配合部门"),
    Column("年度目标"),
    Column("进展情况"),
    Column("完成率", align=Align.CENTER),
    Column("亮灯", align=Align.CENTER),
    Column("存在问题"),
    Column("下一步计划"),
)
DASH = "—"


def ledger(facts: Facts, title: str) -> Annex:
    """Return the annex table of all measures."""
    table = Table(
        COLUMNS,
        rows=tuple(row(measure) for measure in facts.measures),
        note=(
            f"注：完成率为牵头部门填报的年度目标完成比例；{facts.scope.words}末序时进度为"
            f"{facts.scope.elapsed_percent}%。共{len(facts.measures)}项，其中已采用{len(facts.reported)}项。"
        ),
    )
    return Annex(title, (table,), landscape=True)


def row(measure: MeasureFacts) -> tuple[str, ...]:
    """Return a measure's cells."""
    responsible = (
        str(measure.number),
        measure.title,
        measure.lead or DASH,
        "、".join(measure.supports) or DASH,
    )
    target = measure.target or DASH
    if measure.report is None:
        return (*responsible, target, f"（{measure.missing_words}）", DASH, DASH, DASH, DASH)
    report = measure.report
    words = (report.progress, report.problems, report.next_steps)
    done, problems, next_steps = (own_words(text) if text.strip() else DASH for text in words)
    return (*responsible, target, done, f"{report.percent}%", report.light.label, problems, next_steps)
