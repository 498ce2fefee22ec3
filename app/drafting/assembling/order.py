"""The request for a document, and the reasons for refusing it, in the same words for the page and the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.base.errors import FieldProblems
from app.composition.kinds import spec_of
from app.composition.particulars import Particulars
from app.composition.rules import (
    DocumentKind,
    DocumentSubject,
    TextFullness,
)
from app.composition.scope import DocumentScope
from app.drafting.core import queries
from app.org.models import Department, Leader
from app.periods.models import Period
from app.periods.queries import periods_of_plan
from app.plan.core.models import Plan

NO_QUARTER = "请选择季度。还没有可选的季度时，请先在“季度”中开启。"


@dataclass(frozen=True)
class AssemblyRequest:
    """A request for a document: its kind, and the plan and period that it covers.

    department, leader: whom it is about or written to, if its kind asks for one.
    fullness: how much of the departments' words its text repeats, if its kind may abridge them.
    """

    kind: DocumentKind
    plan: Plan
    scope: DocumentScope
    department: Department | None = None
    leader: Leader | None = None
    fullness: TextFullness = TextFullness.FULL

    @property
    def words(self) -> str:
        """Return whose filings of which quarter it is made from: 经济发展办公室2026年第三季度."""
        about = self.department.name if self.department else ""
        if self.leader and not self.leader.in_overall_charge:
            about = f"{self.leader.name}同志分管的举措"
        return f"{about}{self.scope.quarter.words}"


def period_of(order: AssemblyRequest) -> Period | None:
    """Return the last quarter of a request's period; None if the quarter is not opened and the kind needs no filings.

    Raises FieldProblems if span or subject do not suit the kind, or if nothing was accepted to make it from.
    """
    require_span(order)
    require_subject(order)
    period = opened_period(order)
    if period and spec_of(order.kind).rests_on_filings:
        accepted = queries.has_accepted(period, department=order.department, leader=order.leader)
        raise_if_nothing(order, accepted)
    return period


def raise_if_nothing(order: AssemblyRequest, has_any: object) -> None:
    """Raise FieldProblems unless something was accepted for the request."""
    if not has_any:
        sentence = f"{order.words}还没有已采用的填报，无法汇编公文。请先在“审核”中采用填报。"
        raise FieldProblems({"period": sentence})


def opened_period(order: AssemblyRequest) -> Period | None:
    """Return the last quarter of a request's period; None if not opened.

    Raises FieldProblems if the kind needs an opened quarter.
    """
    period = next((one for one in periods_of_plan(order.plan) if one.quarter == order.scope.quarter), None)
    if period is None and spec_of(order.kind).needs_period:
        raise FieldProblems({"period": f"{order.scope.quarter.words}还没有开启填报，请先在“季度”中开启。"})
    return period


def require_span(order: AssemblyRequest) -> None:
    """Raise FieldProblems if the kind cannot cover such a span."""
    allowed = spec_of(order.kind).spans
    if order.scope.span not in allowed:
        spans = "、".join(span.label for span in allowed)
        raise FieldProblems({"span": f"{order.kind.label}只能按{spans}汇编，请改选。"})


def require_subject(order: AssemblyRequest) -> None:
    """Raise FieldProblems if the kind needs a department or leader and none was given."""
    wanted = spec_of(order.kind).subject
    named = {DocumentSubject.DEPARTMENT: order.department, DocumentSubject.LEADER: order.leader}
    if wanted is not DocumentSubject.ALL and named[wanted] is None:
        raise FieldProblems({wanted.value: f"{order.kind.label}须写明是哪一个{wanted.label}，请选择。"})


def signed_particulars(order: AssemblyRequest, particulars: Particulars) -> Particulars:
    """Return the particulars with the right issuer: a department's report is issued by that department."""
    if spec_of(order.kind).subject is not DocumentSubject.DEPARTMENT or order.department is None:
        return particulars
    return replace(particulars, issuers=(order.department.name,))
