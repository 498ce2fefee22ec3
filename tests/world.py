"""A small sub-district for tests: two parts, four measures, three departments, somebody in every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from app.access import queries as access
from app.access.grants import grant_role
from app.access.models import Account, Grant
from app.access.operations import add_account
from app.authority.actor import SAMPLE_LOADER, Actor
from app.authority.roles import Role
from app.base.clock import today
from app.base.settings.settings import Settings
from app.filing.contributions.models import Contribution
from app.filing.contributions.queries import contribution_as_stored
from app.filing.core.content import FilingContent
from app.filing.core.lights import thresholds_of
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.models import Filing
from app.filing.review.filing_creation import prepare_filings
from app.org.models import (
    Department,
    DepartmentGroup,
    DepartmentGroupMember,
    Issuer,
    Leader,
)
from app.org.rules import DepartmentKind
from app.periods.models import Period
from app.periods.operations import open_period
from app.periods.rules import Quarter
from app.plan.core.models import Assignment, Plan, PlanItem
from app.plan.core.operations import store_plan
from app.plan.core.queries import measures_of_plan
from app.plan.core.rules import AssignmentRole
from app.plan.importer import read_plan
from app.wiring import features  # noqa: F401  (what prepares the filings of a quarter that opens connects on import)

PASSWORD = "Correct-Horse-42"
# A working day of the year of the plan.
PLAN_DAY = datetime(2026, 10, 9, 9)

# What operations are given of the settings, where a test asks for nothing else.
SETTINGS = Settings(Path(), "", "")
THRESHOLDS = thresholds_of(SETTINGS)

PLAN_TEXT = """关于印发《示例街道2026年工作计划》的通知

各办公室、各中心：

现将《示例街道2026年工作计划》予以印发，请认真贯彻执行。

示例街道办事处

2026年2月5日

示例街道2026年工作计划

2026年是关键之年，街道将全力推动高质量发展。

一、优化营商环境，推动经济发展

（一）紧抓招商引资

**夯实招商基础。**落实招商机制，拓展线索来源。走访重点企业。**打通转化链条。**建立攻坚名单，坚持走访联系。

二、加强城市管理，建设美丽家园

（一）建设居住环境

**推进旧区改造。**完成改造项目收尾，做好善后工作。**建设美丽家园。**做好垃圾分类工作，开展整治行动。
"""


@dataclass
class World:
    """Everything that a test may want to name. Users go by role, or by role and department's short name."""

    plan: Plan
    period: Period
    measures: list[PlanItem]
    departments: dict[str, Department]
    leader: Leader
    users: dict[str, Actor] = field(default_factory=dict)

    def contribution(self, measure: int, department: str) -> Contribution:
        """Return what a department contributes to the measure with that position, fresh from the base."""
        place = (Contribution.measure == self.measures[measure - 1]) & (Contribution.period == self.period)
        found = Contribution.get(place & (Contribution.department == self.departments[department]))
        return contribution_as_stored(found)

    def let_lead(self, measure: int, department: str) -> None:
        """Let another department lead the measure with that position."""
        led = (Assignment.item == self.measures[measure - 1]) & (Assignment.role == AssignmentRole.LEAD)
        Assignment.update(department=self.departments[department]).where(led).execute()
        prepare_filings(self.period)

    def filing(self, measure: int, department: str = "经发办") -> Filing:
        """Return a department's filing on the measure with that position (from 1), fresh from the base."""
        return Filing.get(
            (Filing.measure == self.measures[measure - 1])
            & (Filing.department == self.departments[department])
            & (Filing.period == self.period)
        )


def build_world() -> World:
    """Build it: 经发办 leads measures 1 and 2, 城管办 leads 3 and 4; 城管办 and 居民区 support measure 1."""
    departments = build_departments()
    Issuer.create(
        name="示例街道办事处",
        word="华街",
        superior="示例区人民政府",
        copies_to="区委办公室、区政府办公室",
        is_default=True,
    )
    leader = Leader.create(name="周示例", post="副主任", position=1)
    plan = store_plan(read_plan(PLAN_TEXT), source=PLAN_TEXT, by=SAMPLE_LOADER)
    rows = measures_of_plan(plan)
    leads = ("经发办", "经发办", "城管办", "城管办")
    for measure, name in zip(rows, leads, strict=True):
        Assignment.create(item=measure, department=departments[name], role=AssignmentRole.LEAD)
    for name in ("城管办", "一居"):
        Assignment.create(item=rows[0], department=departments[name], role=AssignmentRole.SUPPORT)
    PlanItem.update(leader=leader).where(PlanItem.id.in_([rows[0].id, rows[1].id])).execute()
    period = open_period(plan, Quarter(2026, 3), by=SAMPLE_LOADER)
    world = World(plan, period, measures_of_plan(plan), departments, leader)
    world.users = build_users(world)
    return world


def open_at_once(plan: Plan, quarter: Quarter) -> Period:
    """Open a quarter in which filing begins today at the latest, as the office does by moving the day."""
    period = open_period(plan, quarter, by=SAMPLE_LOADER)
    period.opens_on = min(period.opens_on, today())
    period.save()
    return period


def add_measures(world: World, count: int) -> None:
    """Add measures beside the first, for pages that must not ask more queries for more of them."""
    parent = world.measures[0].parent_id
    for place in range(count):
        PlanItem.create(
            plan=world.plan, parent=parent, kind="measure", number=str(place), position=5 + place,
            sequence=1_000 + place, title=f"举措{place}", text="",
        )  # fmt: skip


def build_departments() -> dict[str, Department]:
    names = (
        ("经济发展办公室", "经发办", DepartmentKind.OFFICE),
        ("城市管理办公室", "城管办", DepartmentKind.OFFICE),
        ("第一居民区", "一居", DepartmentKind.NEIGHBOURHOOD),
    )
    departments = {
        short: Department.create(
            name=name,
            short_name=short,
            kind=kind,
            position=position,
            needs_sign_off=kind is not DepartmentKind.NEIGHBOURHOOD,
        )
        for position, (name, short, kind) in enumerate(names, 1)
    }
    group = DepartmentGroup.create(name="各居民区")
    DepartmentGroupMember.create(group=group, department=departments["一居"])
    return departments


def build_users(world: World) -> dict[str, Actor]:
    users = {}
    for short, department in world.departments.items():
        for role in (Role.FILER, Role.HEAD):
            users[f"{role}:{short}"] = add_user(f"{role}-{department.position}", role, department=department)
    for role in (Role.OFFICE, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR):
        users[role.value] = add_user(role.value.replace("_", "-"), role)
    users[Role.LEADER.value] = add_user("leader", Role.LEADER, leader=world.leader)
    # Everybody has sat there since the year began, so that tests may stand at any day of it.
    Grant.update(valid_from=date(2026, 1, 1)).execute()
    users["filer"], users["head"] = users["filer:经发办"], users["head:经发办"]
    return users


def add_user(
    username: str, role: Role, *, department: Department | None = None, leader: Leader | None = None
) -> Actor:
    """Create an account with one grant; every test account has the password PASSWORD."""
    account = add_account(
        username,
        seat=role.label,
        person=f"某{role.label}",
        password=PASSWORD,
        by=SAMPLE_LOADER,
        must_change=False,
    )
    grant_role(account, role, by=SAMPLE_LOADER, department=department, leader=leader)
    return access.user_of(Account.get_by_id(account.id))


def full_content(progress: str = "已走访企业32家，形成线索12条。", percent: int = 76) -> FilingContent:
    """Return content that can be submitted."""
    return FilingContent(
        progress=progress,
        problems="个别企业联系不畅。",
        next_steps="四季度继续走访。",
        percent=percent,
        status=MeasureStatus.ON_TRACK,
        forecast=Forecast.CAN_FINISH,
    )
