from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from peewee import ModelSelect, prefetch

from app.base.clock import today
from app.base.database import VersionedTable
from app.base.errors import BadInput
from app.base.statements import prepared
from app.org.changes import KnownNames, OrganisationChange
from app.org.models import (
    Department,
    DepartmentGroup,
    DepartmentGroupMember,
    Issuer,
    Leader,
    short_name_on,
)
from app.org.rules import NO_ISSUER, by_every_name
from app.org.signals import department_dependents_asked

# The tables of which a change may be, by the name that it gives.
CHANGED_TABLES: dict[str, type[VersionedTable]] = {
    "department": Department,
    "department_group": DepartmentGroup,
    "leader": Leader,
    "issuer": Issuer,
}


def active_departments() -> list[Department]:
    """Return the active departments, in their official order."""
    return departments_standing(today())


@prepared
def departments_standing(day: date) -> ModelSelect[Department]:
    query = Department.select().where(Department.active_on(day))
    return query.order_by(Department.position, Department.id)


def all_departments(*, on: date | None = None) -> dict[int, Department]:
    """Return all departments by id in their official order, ended ones included, with the names they had on a day,
    today by default.

    Many rows can be completed with departments from here far more cheaply than by a join.
    """
    day = on or today()
    return {row.id: row.named_on(day) for row in departments_ever()}


@prepared
def departments_ever() -> ModelSelect[Department]:
    return Department.select().order_by(Department.position, Department.id)


class NamesOfDepartment(NamedTuple):
    """The present short name of a department and its stored former ones."""

    id: int
    short_name: str
    earlier_names: list[dict[str, str]] | None


def short_names_on(day: date) -> dict[int, str]:
    """Return the short names of all departments on a day by id, in their official order: one query."""
    return {
        row.id: short_name_on(day, short_name=row.short_name, earlier_names=row.earlier_names)
        for row in names_ever()
    }


@prepared
def names_ever() -> Any:
    query = Department.select(Department.id, Department.short_name, Department.earlier_names)
    return query.order_by(Department.position, Department.id).objects(NamesOfDepartment)


def known_names() -> KnownNames:
    """Return all names that a change may refer to: two queries."""
    return KnownNames(
        {row.id: row.name for row in all_departments().values()},
        {row.id: row.name for row in all_leaders().values()},
    )


def find_department(department_id: int) -> Department | None:
    return Department.get_or_none(Department.id == department_id)


def departments_by_name() -> dict[str, Department]:
    return by_every_name(active_departments())


class GroupMembers(NamedTuple):
    """A group of departments with its members in their official order."""

    group: DepartmentGroup
    members: list[Department]


def group_members() -> dict[str, GroupMembers]:
    """Return every group with its members in their official order, by name."""
    members = (
        DepartmentGroupMember.select(DepartmentGroupMember, DepartmentGroup, Department)
        .join(DepartmentGroup)
        .switch(DepartmentGroupMember)
        .join(Department)
        .where(Department.active_on(today()))
        .order_by(DepartmentGroup.id, Department.position, Department.id)
    )
    groups: dict[str, GroupMembers] = {}
    for member in members:
        groups.setdefault(member.group.name, GroupMembers(member.group, [])).members.append(member.department)
    return groups


def all_leaders() -> dict[int, Leader]:
    """Return all leaders by id, also former ones."""
    return {row.id: row for row in leaders_ever()}


@prepared
def leaders_ever() -> ModelSelect[Leader]:
    return Leader.select()


def issuing_words() -> dict[str, str]:
    """Return the words of document numbers (发文机关代字) by issuing body."""
    rows = Issuer.select().order_by(Issuer.position, Issuer.id)
    return {issuer.name: issuer.word for issuer in rows}


def default_issuer() -> Issuer:
    """Return the default issuing body. Raises BadInput if none is registered."""
    issuer: Issuer | None = Issuer.get_or_none(Issuer.is_default)
    if issuer is None:
        raise BadInput(NO_ISSUER)
    return issuer


def default_issuer_word() -> str:
    """Return the word of the default issuing body; "" if none is registered."""
    return next((row.word for row in Issuer.select().where(Issuer.is_default)), "")


def issuer_names() -> set[str]:
    """Return the names, words and superiors of all issuing bodies."""
    return {name for row in Issuer.select() for name in (row.name, row.word, row.superior) if name}


def find_leader(leader_id: int) -> Leader | None:
    return next(iter(leaders_alone(leader_id)), None)


@prepared
def leaders_alone(leader_id: int) -> ModelSelect[Leader]:
    return Leader.select().where(Leader.id == leader_id)


def active_leaders() -> list[Leader]:
    """Return the leaders in office today, in their official order."""
    return list(Leader.select().where(Leader.serving_on(today())).order_by(Leader.position, Leader.id))


def departments_of_former_names() -> dict[str, set[int]]:
    """Return the ids of the departments that once had a full name, by that name."""
    found: dict[str, set[int]] = {}
    for department in all_departments().values():
        for former in department.former_names:
            found.setdefault(former.name, set()).add(department.id)
    return found


def unfinished_work_in_words(department: Department) -> list[str]:
    """Return what a department still has to hand over before it may end: a sentence for each kind of work."""
    answers = sorted(
        department_dependents_asked.send(department), key=lambda answer: answer[0].__module__, reverse=True
    )
    return [sentence for _, found in answers for sentence in found]


def all_groups() -> list[DepartmentGroup]:
    return list(DepartmentGroup.select().order_by(DepartmentGroup.id))


def find_group(group_id: int) -> DepartmentGroup | None:
    return DepartmentGroup.get_or_none(DepartmentGroup.id == group_id)


def leaders_in_order() -> list[Leader]:
    """Return all leaders in their official order, also former ones."""
    return sorted(leaders_ever(), key=lambda one: (one.position, one.id))


def all_issuers() -> list[Issuer]:
    return list(Issuer.select().order_by(Issuer.position, Issuer.id))


def find_issuer(issuer_id: int) -> Issuer | None:
    return Issuer.get_or_none(Issuer.id == issuer_id)


def rows_of_changes(changes: Iterable[OrganisationChange]) -> dict[OrganisationChange, Any]:
    """Return the rows that changes refer to, groups with their members: five queries."""
    wanted = list(changes)
    found: dict[tuple[str, int | None], VersionedTable] = {}
    for name, table in CHANGED_TABLES.items():
        rows = cast(Any, table).select()
        rows = rows.where(cast(Any, table).id.in_([one.target for one in wanted if one.table == name]))
        if table is DepartmentGroup:
            rows = prefetch(rows, DepartmentGroupMember.select())
        found |= {(name, row.id): row for row in rows}
    keys = {one: (one.table, one.target) for one in wanted}
    return {one: found[key] for one, key in keys.items() if key in found}


def holders_of_seats(leader_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return who holds the seat of each of these leaders today: himself or, after he left, who serves in the same post.
    One query.
    """
    return holders_among(all_leaders(), leader_ids)


def seats_of_leader(leader_id: int) -> frozenset[int]:
    """Return the leaders whose seats one holds today: his own, and those of predecessors in his post. One query."""
    leaders = {row.id: row for row in leaders_in_post_of(leader_id)}
    everybody = holders_among(leaders, leaders)
    return frozenset(former for former, holders in everybody.items() if leader_id in holders)


@prepared
def leaders_in_post_of(leader_id: int) -> ModelSelect[Leader]:
    """Return a leader and all others who hold or held the same post."""
    post = Leader.select(Leader.post).where(Leader.id == leader_id)
    return Leader.select().where(Leader.post.in_(post))


def holders_among(leaders: Mapping[int, Leader], wanted: Iterable[int]) -> dict[int, frozenset[int]]:
    day = today()
    serving: dict[str, set[int]] = {}
    for one in leaders.values():
        if one.serves_on(day):
            serving.setdefault(one.post, set()).add(one.id)

    def successors(leader: Leader) -> Iterable[int]:
        return () if leader.serves_on(day) else serving.get(leader.post, ())

    return {number: frozenset({number, *successors(leaders[number])}) for number in wanted}
