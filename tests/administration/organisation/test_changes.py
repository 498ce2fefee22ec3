"""Changing the organisation or proposing it, deciding what was proposed, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.administration.organisation.models import OrganisationProposal
from app.administration.organisation.operations import accept_proposal, refuse_proposal, submit_change
from app.base.text import REASON_LENGTH
from app.org.changes import DepartmentChange, DepartmentEnd, GroupRemoval, LeaderChange, OrganisationChange
from app.org.models import DepartmentGroup
from app.org.rules import DepartmentKind
from tests.recorded_changes import changes_beside
from tests.world import World

MOMENT = datetime(2026, 9, 14, 9, 30)
NEW = DepartmentChange(None, "第二居民区", "二居", DepartmentKind.NEIGHBOURHOOD, 9, False, MOMENT.date())
LEADER = LeaderChange(None, "李示例", "主任", 2, None, None, is_acting=False)


def test_each_step_of_a_proposal_changes_what_it_names_and_nothing_else(world: World) -> None:
    found = changes_beside(__file__, MOMENT)

    def submit(change: OrganisationChange, about: str, reason: str, by: str = "office") -> Callable[[], bool]:
        return lambda: submit_change(change, about=about, reason=reason, by=world.users[by])

    def proposal(number: int) -> OrganisationProposal:
        return OrganisationProposal.select().order_by(OrganisationProposal.id)[number]

    def accept(number: int, by: str = "system_admin") -> Callable[[], None]:
        return lambda: accept_proposal(proposal(number), read_at=None, by=world.users[by])

    def refuse(number: int, reason: str, by: str = "system_admin") -> Callable[[], None]:
        return lambda: refuse_proposal(proposal(number), reason, by=world.users[by])

    steps = {
        "change at once": submit(LEADER, "李示例", "", by="system_admin"),
        "propose": submit(NEW, "长" * 65, " 新设居民区。 "),
        "propose without a reason": submit(NEW, "二居", " "),
        "propose at length": submit(NEW, "二居", "长" * (REASON_LENGTH + 1)),
        "propose what cannot be": submit(replace(NEW, short_name="经发办"), "二居", "新设。"),
        "propose as filer": submit(NEW, "二居", "新设。", by="filer"),
        "propose to remove": submit(GroupRemoval(DepartmentGroup.get().id), "各居民区", "不用了。"),
        "propose an end": submit(DepartmentEnd(world.departments["一居"].id, MOMENT.date()), "一居", "撤。"),
        "propose a leader": submit(replace(LEADER, name="王示例"), "王示例", "新任。"),
        "accept as office": accept(0, by="office"),
        "accept": accept(0),
        "accept again": accept(0),
        "refuse without a reason": refuse(1, " "),
        "refuse at length": refuse(1, "长" * (REASON_LENGTH + 1)),
        "refuse as office": refuse(1, "还要用。", by="office"),
        "refuse": refuse(1, " 还要用。 "),
        "refuse again": refuse(1, "还要用。"),
        "refuse what was accepted": refuse(0, "还要用。"),
    }
    for name, step in steps.items():
        found.record(name, step)
    found.compare()
