"""The operations of assembling: one document, or one for each department or leader."""

from __future__ import annotations

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.composition import kinds
from app.composition.facts import DocumentFacts, PlanFacts
from app.composition.particulars import Particulars
from app.composition.rules import TextFullness
from app.drafting.assembling.batches import require_batch
from app.drafting.assembling.order import AssemblyRequest, period_of, signed_particulars
from app.drafting.core.models import Document, RenderJob, columns_of
from app.drafting.core.validation import require_valid_particulars
from app.drafting.jobs.job_requests import announce_job
from app.periods.models import Period


@transaction
def assemble_document(order: AssemblyRequest, particulars: Particulars, *, by: Actor) -> Document:
    """Order a document from what is accepted now; a worker gathers, composes and prints it.

    Raises NotAllowed, and FieldProblems if nothing is accepted, if span or subject do not suit the kind, or if the
    particulars contradict each other.
    """
    require(by, Action.ASSEMBLE_DOCUMENT)
    period = period_of(order)
    particulars = signed_particulars(order, particulars)
    require_valid_particulars(order.kind, order.scope, period, particulars)
    return store_order(order, period, particulars, by=by)


@transaction
def assemble_batch(order: AssemblyRequest, particulars: Particulars, *, by: Actor) -> int:
    """Order one document for each department or leader; return how many.

    Those that already have one about this period, or have nothing accepted, are skipped: repeating it is harmless.

    Raises NotAllowed, and FieldProblems if nothing is accepted for any of them or the particulars are contradictory.
    """
    require(by, Action.ASSEMBLE_DOCUMENT)
    batch = require_batch(order)
    require_valid_particulars(order.kind, order.scope, batch.period, particulars)
    for row in batch.missing:
        own = batch.order_for(row)
        store_order(own, batch.period, signed_particulars(own, particulars), by=by, is_urgent=False)
    return len(batch.missing)


def store_order(
    order: AssemblyRequest,
    period: Period | None,
    particulars: Particulars,
    *,
    by: Actor,
    is_urgent: bool = True,
) -> Document:
    """Store the requested document and announce its render job."""
    document = Document.create(
        kind=order.kind,
        plan=order.plan,
        period=period,
        span=order.scope.span,
        department=order.department,
        leader=order.leader,
        fullness=order.fullness if kinds.spec_of(order.kind).may_abridge else TextFullness.FULL,
        title=usual_title(order),
        created_by=by.person,
        owner=by.account_id,
        **columns_of(particulars),
    )
    record_event(Action.ASSEMBLE_DOCUMENT, document, by=by, summary=document.title)
    announce_job(RenderJob.create(document=document, requested_by=by.person), is_urgent=is_urgent)
    return document


def usual_title(order: AssemblyRequest) -> str:
    """Return the usual title of a document of this kind."""
    about = DocumentFacts(
        PlanFacts(order.plan.title, order.plan.year),
        order.scope,
        parts=(),
        department=order.department.named_on(order.scope.quarter.last_day).name if order.department else "",
        leader=order.leader.name if order.leader else "",
        in_overall_charge=bool(order.leader and order.leader.in_overall_charge),
    )
    return kinds.usual_title(order.kind, about)
