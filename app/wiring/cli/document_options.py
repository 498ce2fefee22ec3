"""Command-line options that select a document, and composing it with the usual particulars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from app.base.errors import BadInput, FieldProblems
from app.base.settings.current import current_settings
from app.composition.facts import DocumentFacts
from app.composition.kinds import compose_document, spec_of
from app.composition.rules import (
    DocumentKind,
    DocumentSubject,
    TextFullness,
)
from app.composition.scope import read_scope
from app.drafting.assembling.order import AssemblyRequest, period_of, signed_particulars
from app.drafting.assembling.proposed_particulars import issuing_organisation, proposed_particulars
from app.drafting.core.validation import require_valid_particulars
from app.drafting.jobs.gathering import gather_facts
from app.filing.core.lights import thresholds_of
from app.org.queries import active_leaders, departments_by_name
from app.plan.core.queries import plan_of_year
from reports.model import OfficialDocument

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])

KIND_CHOICE = click.Choice([kind.value for kind in DocumentKind])
CODES_HELP = "2026Q3、2026H1、2026Q1-3 或 2026。"


def kinds_about(subject: DocumentSubject) -> str:
    """Return the names of the kinds about, or written to, such a subject."""
    return "、".join(kind.label for kind in DocumentKind if spec_of(kind).subject is subject)


def subject_options(command: Command) -> Command:
    """Add the options for the subject of a document and for the departments' full texts."""
    of_leader, of_department = kinds_about(DocumentSubject.LEADER), kinds_about(DocumentSubject.DEPARTMENT)
    for option in (
        click.option("--full", is_flag=True, help="照录全部填报文字；不写则取要点，其余见附件。"),
        click.option("--leader", default="", help=f"领导的姓名，{of_leader}须写明。"),
        click.option("--department", default="", help=f"部门的全称或者简称，{of_department}须写明。"),
    ):
        command = option(command)
    return command


def request_from_options(
    kind: DocumentKind,
    code: str,
    *,
    department: str = "",
    leader: str = "",
    fullness: TextFullness = TextFullness.CONCISE,
) -> AssemblyRequest:
    """Return the request that the options describe.

    code: its period, such as 2026Q3.
    department, leader: the name of its subject, if its kind asks for one.

    Raises BadInput for an unknown quarter, plan or name.
    """
    scope = read_scope(code)
    plan = plan_of_year(scope.quarter.year)
    if plan is None:
        raise BadInput(f"还没有{scope.quarter.year}年的工作计划，请先导入。")
    refuse_needless_subject(kind, department, leader)
    match spec_of(kind).subject:
        case DocumentSubject.DEPARTMENT:
            unit = require_named(department, departments_by_name(), kind, "--department")
            return AssemblyRequest(kind, plan, scope, department=unit, fullness=fullness)
        case DocumentSubject.LEADER:
            person = require_named(leader, {one.name: one for one in active_leaders()}, kind, "--leader")
            return AssemblyRequest(kind, plan, scope, leader=person, fullness=fullness)
        case _:
            return AssemblyRequest(kind, plan, scope, fullness=fullness)


def refuse_needless_subject(kind: DocumentKind, department: str, leader: str) -> None:
    """Raise BadInput if a subject is given that this kind of document does not have."""
    wanted = spec_of(kind).subject
    for subject, name in ((DocumentSubject.DEPARTMENT, department), (DocumentSubject.LEADER, leader)):
        if name and wanted is not subject:
            raise BadInput(f"{kind.label}不分{subject.label}，请去掉 --{subject.value}。")


def require_named(name: str, known: Mapping[str, T], kind: DocumentKind, option: str) -> T:
    """Return the department or leader with that name. Raises BadInput."""
    if not name:
        raise BadInput(f"{kind.label}须写明{spec_of(kind).subject.label}，请用 {option} 写上名称。")
    if name not in known:
        raise BadInput(f"没有找到{spec_of(kind).subject.label}“{name}”，请核对名称。")
    return known[name]


def compose_now(order: AssemblyRequest) -> tuple[OfficialDocument, DocumentFacts]:
    """Return a document as it would be assembled now, with its facts.

    Raises BadInput if assembling would be refused, and DocumentError if it cannot be composed.
    """
    try:
        period = period_of(order)
        organisation = issuing_organisation()
        particulars = signed_particulars(
            order, proposed_particulars(order.kind, order.plan, organisation, period=period)
        )
        require_valid_particulars(order.kind, order.scope, period, particulars)
    except FieldProblems as refusal:
        raise BadInput("".join(refusal.fields.values())) from None
    facts = gather_facts(
        order.plan,
        order.scope,
        thresholds=thresholds_of(current_settings()),
        department=order.department,
        leader=order.leader,
        whole_plan=spec_of(order.kind).encloses_plan,
        fullness=order.fullness if spec_of(order.kind).may_abridge else TextFullness.FULL,
    )
    return compose_document(order.kind, facts, particulars), facts
