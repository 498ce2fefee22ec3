from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.administration.organisation.models import OrganisationProposal, ProposalState
from app.base.paging import ListPage, page_of
from app.org import queries as organisation
from app.org.changes import DifferingValue, KnownNames, differing_values, values_in_words
from app.org.models import Department, DepartmentGroup, Leader


@dataclass(frozen=True)
class ListedDepartment:
    """A department with its groups and, if it was merged, the department that took it over."""

    department: Department
    successor: Department | None
    groups: tuple[str, ...]


@dataclass(frozen=True)
class ListedGroup:
    group: DepartmentGroup
    members: list[Department]


@dataclass(frozen=True)
class ListedProposal:
    """A proposal with the values it would set, by label.

    For an open one about a row also the row's version, where the row differs from the proposal, and whether it has
    changed since.
    """

    proposal: OrganisationProposal
    words: dict[str, str]
    version: int | None = None
    differences: tuple[DifferingValue, ...] = ()
    is_outdated: bool = False


def department_lines() -> list[ListedDepartment]:
    """Return every department in the official order, ended ones last: two queries."""
    groups: dict[int, tuple[str, ...]] = {}
    for name, found in organisation.group_members().items():
        for member in found.members:
            groups[member.id] = (*groups.get(member.id, ()), name)
    known = organisation.all_departments()
    lines = [
        ListedDepartment(one, known.get(one.merged_into_id or 0), groups.get(one.id, ()))
        for one in known.values()
    ]
    return sorted(lines, key=lambda line: not line.department.is_active)


def group_lines() -> list[ListedGroup]:
    """Return every group with its members, empty ones too: two queries."""
    filled = organisation.group_members()
    return [
        ListedGroup(group, filled[group.name].members if group.name in filled else [])
        for group in organisation.all_groups()
    ]


def leader_lines() -> list[Leader]:
    """Return the leaders in office in their order, then former and future ones."""
    return sorted(organisation.leaders_in_order(), key=lambda one: not one.is_serving)


def find_proposal(proposal_id: int) -> OrganisationProposal | None:
    return OrganisationProposal.get_or_none(OrganisationProposal.id == proposal_id)


def open_proposal_count() -> int:
    count: int = (
        OrganisationProposal.select().where(OrganisationProposal.state == ProposalState.PROPOSED).count()
    )
    return count


def page_of_proposals(number: int) -> tuple[ListPage[OrganisationProposal], list[ListedProposal]]:
    """Return a page of proposals, open ones first, newest on top, with the rows that open ones are about: a fixed
    number of queries.
    """
    undecided = OrganisationProposal.state == ProposalState.PROPOSED
    order = undecided.desc(), OrganisationProposal.id.desc()
    page = page_of(OrganisationProposal.select().order_by(*order), number)
    names = organisation.known_names()
    changes = {one.id: one.change for one in page.rows}
    rows = organisation.rows_of_changes([changes[one.id] for one in page.rows if one.is_open])
    return page, [listed_proposal(one, rows.get(changes[one.id]), names) for one in page.rows]


def listed_proposal(proposal: OrganisationProposal, row: Any, names: KnownNames) -> ListedProposal:
    change = proposal.change
    if row is None:
        return ListedProposal(proposal, values_in_words(change, names))
    is_outdated = change.read_at is not None and change.read_at != row.version
    differences = differing_values(change, row, names)
    return ListedProposal(
        proposal, values_in_words(change, names), row.version, tuple(differences), is_outdated
    )
