"""The report upwards (上行文报告) on a quarter, the half year or the first three quarters."""

from __future__ import annotations

from collections.abc import Iterator

from app.composition.audience import Audience
from app.composition.chapters.directives import summed_up
from app.composition.chapters.ledger import ledger
from app.composition.chapters.outlook import at_risk, next_steps, troubled
from app.composition.chapters.overview import chart_of_parts, figures, table_of_parts
from app.composition.chapters.progress import progress
from app.composition.facts import Facts
from app.composition.frame import as_of, framed, require_reports
from app.composition.particulars import Particulars
from app.composition.wording import closed_up
from reports.model import Block, Direction, Heading, OfficialDocument, Paragraph

READERS = Audience.SUPERIORS


def title_lines(facts: Facts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return f"关于《{closed_up(facts.plan.title)}》", f"{facts.scope.short_words}推进情况的报告"


def compose(facts: Facts, particulars: Particulars) -> OfficialDocument:
    """Return the report. Raises DocumentError when no filing was accepted."""
    require_reports(facts)
    plan = closed_up(facts.plan.title)
    lead_in = f"根据《{plan}》，现将截至{as_of(facts, particulars)}的推进情况报告如下。"
    body = (
        Paragraph(lead_in),
        *overview(facts),
        *progress(facts),
        *problems(facts),
        *summed_up(facts, particulars.dated),
        *next_steps(facts),
        Paragraph("特此报告。"),
    )
    annex = ledger(facts, f"《{plan}》{facts.scope.short_words}推进情况表", READERS)
    return framed(title_lines(facts), body, particulars, Direction.UPWARD, annexes=(annex,))


def overview(facts: Facts) -> Iterator[Block]:
    """Yield the chapter of totals, with a table and a chart."""
    yield Heading(1, "总体情况")
    yield from figures(facts, READERS)
    yield table_of_parts(facts, READERS)
    yield chart_of_parts(facts, READERS)


def problems(facts: Facts) -> Iterator[Block]:
    """Yield the chapter: measures behind with their gap, and what else is in the way."""
    found = (*at_risk(facts, READERS), *troubled(facts))
    if found:
        yield Heading(1, "存在的问题")
    yield from found
