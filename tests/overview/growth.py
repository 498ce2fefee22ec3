"""A larger sub-district: to show that no page asks the database more often because there is more to show."""

from __future__ import annotations

from datetime import timedelta

from app.authority.actor import SAMPLE_LOADER
from app.base.clock import now, today
from app.composition.rules import DocumentKind
from app.directives.core.models import Directive, DirectiveAddressee, DirectiveReply
from app.drafting.core.life_cycle import DocumentState, JobState
from app.drafting.core.models import Document, RenderJob
from app.filing.core.life_cycle import FilingState
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.models import Filing
from app.org.models import Department
from app.org.rules import DepartmentKind
from app.periods.models import Period
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.core.models import Assignment, PlanItem
from app.plan.core.rules import AssignmentRole, ItemKind
from tests.directives.writing import bare_directive
from tests.world import World

LONG = "全面摸排辖区设施隐患并建立台账逐一销号，"


def set_due(world: World, *, days_ago: int, grace: int = 0) -> None:
    """Let the departments' due date lie that many days back; negative ones lie ahead. Filing has begun."""
    due = today() - timedelta(days=days_ago)
    dates = {
        "opens_on": min(due - timedelta(days=20), today()),
        "department_due": due,
        "office_due": due,
        "leader_due": due,
    }
    Period.update(**dates, grace_days=grace).where(Period.id == world.period.id).execute()
    world.period = Period.get_by_id(world.period.id)


def grow(world: World, measures: int = 12) -> None:
    """Add departments, measures with lead and supports, a quarter, filings, directives and documents."""
    departments = [add_department(number) for number in range(1, 5)]
    section = world.measures[0].parent
    for number in range(1, measures + 1):
        add_measure(world, section, number, departments)
    for number in (1, 2):
        open_period(world.plan, Quarter(2026, number), by=SAMPLE_LOADER)
    accept_everything(world)
    for measure in PlanItem.select().where(PlanItem.kind == ItemKind.MEASURE):
        add_directive(world, measure)
    for period in Period.select():
        issue(period)


def add_department(number: int) -> Department:
    return Department.create(
        name=f"第{number}中心", short_name=f"中心{number}", kind=DepartmentKind.CENTRE, position=10 + number
    )


def add_measure(world: World, section: PlanItem, number: int, departments: list[Department]) -> None:
    last = PlanItem.select().order_by(PlanItem.sequence.desc()).get().sequence
    measure = PlanItem.create(
        plan=world.plan,
        parent=section,
        kind=ItemKind.MEASURE,
        number=str(number),
        position=100 + number,
        sequence=last + 1,
        title=f"新增举措{number}",
        text="做好各项工作。",
        leader=world.leader,
    )
    for place, department in enumerate(departments):
        role = AssignmentRole.SUPPORT if place else AssignmentRole.LEAD
        Assignment.create(item=measure, department=department, role=role)


def accept_everything(world: World) -> None:
    Filing.update(
        state=FilingState.ACCEPTED,
        submitted_at=now(),
        accepted_at=now(),
        progress="已办。",
        percent=70,
        status=MeasureStatus.ON_TRACK,
        forecast=Forecast.CAN_FINISH,
        light=Light.YELLOW,
    ).execute()


def add_directive(world: World, measure: PlanItem) -> None:
    directive = bare_directive(
        measure, leader=world.leader, written_for=world.leader, author="周示例", text="请抓紧办理。"
    )
    for department in world.departments.values():
        DirectiveAddressee.create(directive=directive, department=department)
        DirectiveReply.create(directive=directive, department=department, text="已办。", person="某人")


def issue(period: Period) -> None:
    document = Document.create(
        kind=DocumentKind.QUARTERLY,
        state=DocumentState.ISSUED,
        plan=period.plan,
        period=period,
        title=f"{period.quarter.words}推进情况报告",
        number=f"示例〔2026〕{period.number}号",
        issuer="示例街道",
        recipient="区政府",
        signer="周示例",
        dated=period.leader_due,
        created_by="某人",
        issued_at=period.opens_on,
    )
    RenderJob.create(document=document, state=JobState.DONE, requested_by="某人")


def fill_up(world: World) -> None:
    """Let there be 45 measures with titles of 40 characters, 60 departments, 200 directives."""
    grow(world, measures=41)
    Department.insert_many(
        {
            "name": f"第{number}综合事务中心",
            "short_name": f"综合事务{number}",
            "kind": DepartmentKind.CENTRE,
            "position": 100 + number,
        }
        for number in range(60)
    ).execute()
    departments = list(Department.select().order_by(Department.position.desc()).limit(45))
    measures = list(PlanItem.select().where(PlanItem.kind == ItemKind.MEASURE))
    for measure, department in zip(measures, departments, strict=True):
        PlanItem.update(title=(LONG * 3)[:40]).where(PlanItem.id == measure.id).execute()
        leads = (Assignment.item == measure) & (Assignment.role == AssignmentRole.LEAD)
        Assignment.update(department=department).where(leads).execute()
    Filing.update(
        light=Light.YELLOW,
        light_reason="合同已签。",
        percent=20,
        forecast=Forecast.CANNOT_FINISH,
        problems=LONG * 10,
        next_steps=LONG * 10,
    ).execute()
    Directive.update(text=LONG * 10).execute()
    Directive.insert_many(
        {"leader": world.leader, "written_for": world.leader, "author": "周示例", "text": LONG * 10}
        for _ in range(200 - Directive.select().count())
    ).execute()
