"""The pages that show what changed in a filing: since it was returned, since last quarter, and step by step."""

from __future__ import annotations

from flask import Blueprint, Response, request

from app.access.guards import allowed, current_person, require_row
from app.authority.policy import Action
from app.filing.core import queries
from app.filing.core.filing_steps import readable_steps
from app.filing.core.models import Filing
from app.filing.department.text_comparison import all_comparisons, kept_text_at
from app.periods.rules import parse_quarter
from app.plan.core import queries as plans
from app.plan.core.models import PlanItem
from app.web.responses import page_or_fragment

bp = Blueprint("comparison", __name__)


@bp.get("/filings/<int:filing_id>/differences")
@allowed(Action.READ_FILING, filing=queries.find_filing)
def show_differences(filing: Filing) -> Response:
    return page_or_fragment(
        "filing/department/comparison.html",
        filing=filing,
        comparisons=all_comparisons(filing, reader=current_person()),
    )


@bp.get("/filings/<int:filing_id>/kept/<int:version>")
@allowed(Action.READ_REVISION)
def show_kept_text(filing_id: int, version: int) -> Response:
    """Show the revision stored with a step, and what changed since the step before.

    A reader who may not read the present draft may still read what was submitted.
    """
    filing = require_row(queries.find_filing(filing_id))
    text = require_row(kept_text_at(filing, version, reader=current_person()))
    return page_or_fragment("filing/department/stored_text.html", "stored_text", filing=filing, text=text)


@bp.get("/measures/<int:measure_id>/steps")
@allowed(Action.READ_PLAN, measure=plans.measure_by_id)
def show_steps(measure: PlanItem) -> Response:
    """Show the history of all filings on a measure, newest first; ``?period=2026Q3`` puts one quarter first."""
    written = request.args.get("period", "")
    first = parse_quarter(written) if written else None
    steps = readable_steps(queries.filings_on_measure(measure), reader=current_person())
    found = sorted(steps, key=lambda one: one.filing.period.quarter != first)
    return page_or_fragment("filing/department/all_steps.html", measure=measure, steps=found)
