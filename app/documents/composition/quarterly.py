"""The report upwards (上行文报告) on a quarter, the half year or the first three quarters."""

from __future__ import annotations

from app.documents.composition.directives import directives
from app.documents.composition.frame import framed, require_reports
from app.documents.composition.ledger import ledger
from app.documents.composition.outlook import next_steps, problems
from app.documents.composition.overview import overview
from app.documents.composition.progress import progress
from app.documents.composition.wording import closed_up, written_day
from app.documents.facts import Facts
from app.documents.particulars import Particulars
from reports.model import Direction, OfficialDocument, Paragraph


def title_lines(facts: Facts) -> tuple[str, ...]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return f"关于《{closed_up(facts.plan.title)}》", f"{facts.scope.short_words}推进情况的报告"


def compose(facts: Facts, particulars: Particulars) -> OfficialDocument:
    """Return the report. Raises DocumentError when no filing was accepted."""
    require_reports(facts)
    plan = closed_up(facts.plan.title)
    lead_in = f"根据《{plan}》，现将截至{written_day(facts.scope.last_day)}的推进情况报告如下。"
    body = (
        Paragraph(lead_in),
        *overview(facts),
        *progress(facts),
        *problems(facts),
        *directives(facts),
        *next_steps(facts),
        Paragraph("特此报告。"),
    )
    annex = ledger(facts, f"《{plan}》{facts.scope.short_words}推进情况表")
    return framed(title_lines(facts), body, particulars, Direction.UPWARD, annexes=(annex,))
