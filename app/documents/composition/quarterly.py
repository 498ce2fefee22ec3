"""The quarterly report upwards (上行文报告), from the accepted filings of one quarter."""

from __future__ import annotations

from app.documents.composition.ledger import ledger
from app.documents.composition.outlook import next_steps, problems
from app.documents.composition.overview import overview
from app.documents.composition.progress import progress
from app.documents.composition.wording import closed_up, written_day
from app.documents.facts import QuarterFacts
from app.documents.particulars import Particulars
from app.periods.rules import QUARTER_WORDS, Quarter
from reports.model import (
    Direction,
    DocumentError,
    Imprint,
    Masthead,
    OfficialDocument,
    Paragraph,
    Signature,
)


def title_lines(plan_title: str, quarter: Quarter) -> tuple[str, str]:
    """Return the title, broken by meaning (GB/T 9704-2012, 7.3.1)."""
    return f"关于《{closed_up(plan_title)}》", f"{QUARTER_WORDS[quarter.number]}推进情况的报告"


def title(plan_title: str, quarter: Quarter) -> str:
    """Return the title in one line."""
    return "".join(title_lines(plan_title, quarter))


def compose(facts: QuarterFacts, particulars: Particulars) -> OfficialDocument:
    """Return the report. Raises DocumentError when no filing of the quarter was accepted."""
    if not facts.reported:
        raise DocumentError(
            f"{facts.quarter.words}还没有已采用的填报，无法汇编报告。请先在“审核”中采用填报。"
        )
    plan, quarter = closed_up(facts.plan_title), facts.quarter
    lead_in = f"根据《{plan}》，现将截至{written_day(quarter.last_day)}的推进情况报告如下。"
    annex_title = f"《{plan}》{QUARTER_WORDS[quarter.number]}推进情况表"
    return OfficialDocument(
        title="\n".join(title_lines(facts.plan_title, quarter)),
        masthead=Masthead(
            issuers=(particulars.issuer,),
            number=particulars.printed_number,
            direction=Direction.UPWARD,
            signatories=(particulars.signer,),
        ),
        addressee=particulars.recipient,
        body=(
            Paragraph(lead_in),
            *overview(facts),
            *progress(facts),
            *problems(facts),
            *next_steps(facts),
            Paragraph("特此报告。"),
        ),
        signature=Signature((particulars.issuer,), particulars.dated),
        annexes=(ledger(facts, annex_title),),
        imprint=Imprint(particulars.office, particulars.dated, particulars.copies_to),
    )
