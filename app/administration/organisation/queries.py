from __future__ import annotations

from dataclasses import dataclass

from app.administration.organisation.models import OrganisationProposal, ProposalState
from app.base.paging import ListPage, page_of
from app.org import queries as organisation
from app.org.changes import values_in_words
from app.org.models import Department, DepartmentFormerName, DepartmentGroup, Leader


@dataclass(frozen=True)
class ListedDepartment:
    """A department with what it was called before, and the one that it went into, if it did."""

    department: Department
    successor: Department | None
    former: list[DepartmentFormerName]
    groups: tuple[str, ...]


@dataclass(frozen=True)
class ListedGroup:
    group: DepartmentGroup
    members: list[Department]


@dataclass(frozen=True)
class ListedProposal:
    """A proposal, and what it would set, by label."""

    proposal: OrganisationProposal
    words: dict[str, str]


def department_lines() -> list[ListedDepartment]:
    """Return every department in the official order, those that are no more at the end: three queries."""
    former = organisation.former_names()
    groups: dict[int, tuple[str, ...]] = {}
    for name, found in organisation.group_members().items():
        for member in found.members:
            groups[member.id] = (*groups.get(member.id, ()), name)
    known = organisation.all_departments()
    lines = [
        ListedDepartment(
            one, known.get(one.merged_into_id or 0), former.get(one.id, []), groups.get(one.id, ())
        )
        for one in known.values()
    ]
    return sorted(lines, key=lambda line: not line.department.is_standing)


def group_lines() -> list[ListedGroup]:
    """Return every group with its members, empty ones too: two queries."""
    filled = organisation.group_members()
    return [
        ListedGroup(group, filled[group.name].members if group.name in filled else [])
        for group in organisation.all_groups()
    ]


def leader_lines() -> list[Leader]:
    """Return the leaders in office in their order, then those who left or are yet to come."""
    return sorted(organisation.leaders_in_order(), key=lambda one: not one.is_serving)


def find_proposal(proposal_id: int) -> OrganisationProposal | None:
    return OrganisationProposal.get_or_none(OrganisationProposal.id == proposal_id)


def open_proposal_count() -> int:
    count: int = (
        OrganisationProposal.select().where(OrganisationProposal.state == ProposalState.PROPOSED).count()
    )
    return count


def page_of_proposals(number: int) -> tuple[ListPage[OrganisationProposal], list[ListedProposal]]:
    """Return a page of the proposals, open ones first and the newest on top, and their words."""
    undecided = OrganisationProposal.state == ProposalState.PROPOSED
    order = undecided.desc(), OrganisationProposal.id.desc()
    page = page_of(OrganisationProposal.select().order_by(*order), number)
    names = organisation.names_of_departments()
    return page, [ListedProposal(one, values_in_words(one.change, names)) for one in page.rows]
