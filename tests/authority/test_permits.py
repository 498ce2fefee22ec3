"""Each kind of permit by itself: whom it lets, to a subject that is tied to somebody, and to some subject at all."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.authority.actor import Actor, HeldGrant
from app.authority.permits import (
    DepartmentTie,
    LeaderPermit,
    LeaderTie,
    OfficePermit,
    OwnerPermit,
    Permit,
    RolePermit,
    ServerPermit,
)
from app.authority.roles import Role, ServerRole


@dataclass(frozen=True)
class Subject:
    """A subject of department 1 (led by 2), of leader 1 (in whose seat 2 sits now), and of account 1."""

    is_accepted: bool = True
    is_handed_in: bool = True
    is_confidential: bool = False
    is_of_office: bool = False
    account_id: int = 1

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        return frozenset({2} if tie is DepartmentTie.LEAD else {1})

    def leader_ids(self, tie: LeaderTie) -> frozenset[int]:
        return frozenset({1, 2} if tie is LeaderTie.SEAT else {1})


OWN, DRAFT, BEGUN = Subject(), Subject(is_handed_in=False), Subject(is_accepted=False)
SECRET, OF_OFFICE, OF_OTHERS = (
    Subject(is_confidential=True),
    Subject(is_of_office=True),
    Subject(account_id=9),
)
SUBJECTS = (None, OWN, BEGUN, DRAFT, SECRET, OF_OFFICE, OF_OTHERS)


def actor(role: Role, department: int | None = None, leader: int | None = None) -> Actor:
    return Actor(1, "甲", "", grants=(HeldGrant(role, department, leader),))


FIRST, SECOND = actor(Role.FILER, department=1), actor(Role.FILER, department=2)
AUTHOR, SUCCESSOR = actor(Role.LEADER, leader=1), actor(Role.LEADER, leader=2)
OFFICE = actor(Role.OFFICE)
WORKER = Actor.of_server(ServerRole.WORKER)
OWNER_OF = DepartmentTie.OWNER


@pytest.mark.parametrize(
    ("permit", "who", "allowed"),
    [
        (RolePermit(Role.FILER), FIRST, "1111111"),
        (RolePermit(Role.FILER), OFFICE, "0000000"),
        (RolePermit(Role.FILER, OWNER_OF), FIRST, "1111111"),
        (RolePermit(Role.FILER, OWNER_OF), SECOND, "1000000"),
        (RolePermit(Role.FILER, DepartmentTie.LEAD), SECOND, "1111111"),
        (RolePermit(Role.FILER, OWNER_OF, once_accepted=True), FIRST, "1101111"),
        (RolePermit(Role.FILER, OWNER_OF, once_handed_in=True), FIRST, "1110111"),
        (RolePermit(Role.FILER, OWNER_OF, if_shared=True), FIRST, "1111011"),
        (LeaderPermit(LeaderTie.AUTHOR), AUTHOR, "1111111"),
        (LeaderPermit(LeaderTie.AUTHOR), SUCCESSOR, "1000000"),
        (LeaderPermit(LeaderTie.SEAT), SUCCESSOR, "1111111"),
        (LeaderPermit(LeaderTie.SEAT), OFFICE, "0000000"),
        (OfficePermit(), OFFICE, "1000010"),
        (OfficePermit(), AUTHOR, "0000000"),
        (ServerPermit(ServerRole.WORKER), WORKER, "1111111"),
        (ServerPermit(ServerRole.OPERATOR), WORKER, "0000000"),
        (OwnerPermit(), OFFICE, "1111110"),
        (OwnerPermit(), WORKER, "0000000"),
    ],
)
def test_whom_a_permit_lets_do_it_to_what(permit: Permit, who: Actor, allowed: str) -> None:
    assert "".join(str(int(permit.allows(who, subject))) for subject in SUBJECTS) == allowed
