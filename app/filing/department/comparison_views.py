"""What changed in a filing: since it was returned, since the last quarter, and from step to step of its time line."""

from __future__ import annotations

from flask import Blueprint, Response

from app.access.guards import allowed, found, me
from app.access.policy import Action
from app.filing.core import queries
from app.filing.core.models import Filing
from app.filing.core.steps import steps_on
from app.filing.department.earlier import everything_compared, kept_text
from app.plan import queries as plans
from app.plan.models import PlanItem
from app.web.responses import page_or_fragment

bp = Blueprint("comparison", __name__)


@bp.get("/filings/<int:filing_id>/differences")
@allowed(Action.READ_FILING, filing=queries.filing)
def differences(filing: Filing) -> Response:
    """Show a filing against its earlier texts."""
    return page_or_fragment(
        "filing/differences.html",
        "filing/_differences.html",
        filing=filing,
        comparisons=everything_compared(filing, reader=me()),
    )


@bp.get("/filings/<int:filing_id>/kept/<int:version>")
@allowed(Action.READ_FILING, filing=queries.filing)
def kept(filing: Filing, version: int) -> Response:
    """Show the text that was kept with a step, and what had changed in it since the step before."""
    text = found(kept_text(filing, version, reader=me()))
    return page_or_fragment("filing/kept_text.html", "filing/_kept_text.html", filing=filing, text=text)


@bp.get("/measures/<int:measure_id>/steps")
@allowed(Action.READ_PLAN, measure=plans.measure)
def steps(measure: PlanItem) -> Response:
    """Show what happened to all filings on a measure."""
    done = steps_on(measure, reader=me())
    return page_or_fragment("filing/steps.html", "filing/_steps.html", measure=measure, steps=done)
