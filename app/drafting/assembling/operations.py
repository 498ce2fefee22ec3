"""The operation of assembling: an order becomes a document, and a worker hears of it once that is stored."""

from __future__ import annotations

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.composition import kinds
from app.composition.facts import DocumentFacts, PlanFacts
from app.composition.particulars import Particulars
from app.composition.rules import TextFullness
from app.drafting.assembling.order import AssemblyRequest, period_of, signed_particulars
from app.drafting.core.models import Document, RenderJob, columns_of
from app.drafting.core.validation import require_valid_particulars
from app.drafting.jobs.requests import announce_job


@transaction
def assemble_document(order: AssemblyRequest, particulars: Particulars, *, by: Actor) -> Document:
    """Have a document made from what is accepted now; a worker gathers, composes and prints it.

    Raises NotAllowed, and FieldProblems where nothing is accepted, span or subject do not suit the kind, or what the
    office decided does not fit together.
    """
    require(by, Action.ASSEMBLE_DOCUMENT)
    period = period_of(order)
    particulars = signed_particulars(order, particulars)
    require_valid_particulars(order.kind, order.scope, period, particulars)
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
    announce_job(RenderJob.create(document=document, requested_by=by.person))
    return document


def usual_title(order: AssemblyRequest) -> str:
    """Return the title that a document of this kind has before anybody changes it."""
    about = DocumentFacts(
        PlanFacts(order.plan.title, order.plan.year),
        order.scope,
        parts=(),
        department=order.department.named_on(order.scope.quarter.last_day).name if order.department else "",
        leader=order.leader.name if order.leader else "",
    )
    return kinds.usual_title(order.kind, about)
