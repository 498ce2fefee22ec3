"""A document ordered on the command line: by the names that people type, with the particulars that are usual today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click
from flask import current_app

from app.base.errors import BadInput, FieldProblems
from app.composition import compose
from app.composition.facts import Facts
from app.composition.rules import (
    TRAITS,
    DocumentKind,
    Fullness,
    Subject,
)
from app.composition.scope import read_scope
from app.drafting.assembling.order import Order, period_of, signed
from app.drafting.assembling.proposals import house_of, proposed
from app.drafting.core.validation import require_sound
from app.drafting.jobs.gathering import gather
from app.org.queries import departments_by_name, leaders
from app.plan.queries import plan_of_year
from reports.model import OfficialDocument

T = TypeVar("T")
Command = TypeVar("Command", bound=Callable[..., Any])

KINDS = click.Choice([kind.value for kind in DocumentKind])
CODES = "2026Q3、2026H1、2026Q1-3 或 2026。"


def subject_options(command: Command) -> Command:
    """Let a command be told whom a document is about, and how much of the departments' words it repeats."""
    for option in (
        click.option("--full", is_flag=True, help="照录全部填报文字；不写则取要点，其余见附件。"),
        click.option("--leader", default="", help="领导的姓名，呈批单须写明。"),
        click.option("--department", default="", help="部门的全称或者简称，部门工作报告须写明。"),
    ):
        command = option(command)
    return command


def order_of(
    kind: DocumentKind,
    code: str,
    *,
    department: str = "",
    leader: str = "",
    fullness: Fullness = Fullness.CONCISE,
) -> Order:
    """Return what was asked for.

    code: the time that it covers, such as 2026Q3.
    department, leader: by name, whom it is about, or written to, where its kind asks for one.

    Raises BadInput for an unknown quarter, plan or name.
    """
    scope = read_scope(code)
    plan = plan_of_year(scope.quarter.year)
    if plan is None:
        raise BadInput(f"还没有{scope.quarter.year}年的工作计划，请先导入。")
    refuse_needless(kind, department, leader)
    match TRAITS[kind].subject:
        case Subject.DEPARTMENT:
            unit = named(department, departments_by_name(), kind, "--department")
            return Order(kind, plan, scope, department=unit, fullness=fullness)
        case Subject.LEADER:
            person = named(leader, {one.name: one for one in leaders()}, kind, "--leader")
            return Order(kind, plan, scope, leader=person, fullness=fullness)
        case _:
            return Order(kind, plan, scope, fullness=fullness)


def refuse_needless(kind: DocumentKind, department: str, leader: str) -> None:
    """Raise BadInput where somebody is named whom a kind is not about: it would be about all."""
    wanted = TRAITS[kind].subject
    for subject, name in ((Subject.DEPARTMENT, department), (Subject.LEADER, leader)):
        if name and wanted is not subject:
            raise BadInput(f"{kind.label}不分{subject.label}，请去掉 --{subject.value}。")


def named(name: str, known: Mapping[str, T], kind: DocumentKind, option: str) -> T:
    """Return whom a name belongs to. Raises BadInput."""
    if not name:
        raise BadInput(f"{kind.label}须写明{TRAITS[kind].subject.label}，请用 {option} 写上名称。")
    if name not in known:
        raise BadInput(f"没有找到{TRAITS[kind].subject.label}“{name}”，请核对名称。")
    return known[name]


def made(order: Order) -> tuple[OfficialDocument, Facts]:
    """Return a document as it would be assembled now, with its facts.

    Raises BadInput where assembling would be refused, and DocumentError where it cannot be composed.
    """
    try:
        period = period_of(order)
        settings = current_app.config["SETTINGS"]
        house = house_of(settings.site_name, settings.superior)
        particulars = signed(order, proposed(order.kind, order.plan, house, period=period))
        require_sound(order.kind, order.scope, period, particulars)
    except FieldProblems as refusal:
        raise BadInput("".join(refusal.fields.values())) from None
    facts = gather(
        order.plan,
        order.scope,
        department=order.department,
        leader=order.leader,
        whole_plan=TRAITS[order.kind].encloses_plan,
        fullness=order.fullness if TRAITS[order.kind].may_abridge else Fullness.FULL,
    )
    return compose(order.kind, facts, particulars), facts
