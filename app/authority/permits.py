"""The kinds of permit: what a role, a seat or an owner has to be to a subject. Whom they let, the policy says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, cast, runtime_checkable

from app.authority.actor import Actor
from app.authority.roles import Role, ServerRole


class DepartmentTie(StrEnum):
    """How a department must be tied to a subject for a permit to hold."""

    ANYONE = "anyone"
    OWNER = "owner"
    LEAD = "lead"


class PolicySubject(Protocol):
    """What an action is done to: it knows which departments are tied to it."""

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]: ...


@runtime_checkable
class AcceptableSubject(PolicySubject, Protocol):
    """What is a department's own until the office has accepted it, such as a filing and all that belongs to it."""

    @property
    def is_accepted(self) -> bool:
        """Return whether it is what the office accepted, and still stands."""
        ...


@runtime_checkable
class HandedInSubject(PolicySubject, Protocol):
    """What is the draft of those who write it until they hand it in."""

    @property
    def is_handed_in(self) -> bool:
        """Return whether its words are more than a draft of those who write them."""
        ...


@runtime_checkable
class ConfidentialSubject(PolicySubject, Protocol):
    """What may be for a few only: of a department for its head alone, and for the leader whose it is."""

    @property
    def is_confidential(self) -> bool: ...


class LeaderTie(StrEnum):
    """How a leader must be tied to a subject: whose words it is, or also who followed in that seat."""

    AUTHOR = "author"
    SEAT = "seat"


@runtime_checkable
class LeaderSubject(PolicySubject, Protocol):
    """What leaders write: it belongs to a person and to a seat, or to no leader where the office writes for itself."""

    @property
    def is_of_office(self) -> bool: ...

    def leader_ids(self, tie: LeaderTie) -> frozenset[int]: ...


class OwnedSubject(Protocol):
    """What belongs to one account: a notice, a log-in, the account itself."""

    @property
    def account_id(self) -> int: ...


class Permit(Protocol):
    """One line of the table."""

    def allows(self, actor: Actor, subject: PolicySubject | OwnedSubject | None) -> bool:
        """Return whether it lets `actor` do it to `subject`; without a subject, to some subject at all."""
        ...


@dataclass(frozen=True)
class RolePermit:
    """A role may do it to subjects to which its department has this tie.

    once_handed_in, once_accepted: not before that. if_shared: not where it is confidential.
    """

    role: Role
    tie: DepartmentTie = DepartmentTie.ANYONE
    once_accepted: bool = False
    once_handed_in: bool = False
    if_shared: bool = False

    def allows(self, actor: Actor, subject: PolicySubject | OwnedSubject | None) -> bool:
        if subject is None or self.role not in actor.roles:
            return self.role in actor.roles
        return any(
            grant.role is self.role and self.covers_subject(cast(PolicySubject, subject), grant.department_id)
            for grant in actor.grants
        )

    def covers_subject(self, subject: PolicySubject, department_id: int | None) -> bool:
        if self.once_accepted and not (isinstance(subject, AcceptableSubject) and subject.is_accepted):
            return False
        if self.once_handed_in and not (isinstance(subject, HandedInSubject) and subject.is_handed_in):
            return False
        if self.if_shared and isinstance(subject, ConfidentialSubject) and subject.is_confidential:
            return False
        return self.tie is DepartmentTie.ANYONE or department_id in subject.department_ids(self.tie)


@dataclass(frozen=True)
class LeaderPermit:
    """A leader may do it to what is his own, or of his seat."""

    tie: LeaderTie

    def allows(self, actor: Actor, subject: PolicySubject | OwnedSubject | None) -> bool:
        held = {grant.leader_id for grant in actor.grants if grant.role is Role.LEADER}
        if subject is None:
            return bool(held)
        return isinstance(subject, LeaderSubject) and bool(held & subject.leader_ids(self.tie))


class OfficePermit:
    """The office may do it to what it wrote for itself."""

    def allows(self, actor: Actor, subject: PolicySubject | OwnedSubject | None) -> bool:
        is_own = subject is None or (isinstance(subject, LeaderSubject) and subject.is_of_office)
        return Role.OFFICE in actor.roles and is_own


@dataclass(frozen=True)
class ServerPermit:
    """Who acts on the server without an account may do it, to whatever subject."""

    role: ServerRole

    def allows(self, actor: Actor, _subject: PolicySubject | OwnedSubject | None) -> bool:
        return actor.server_role is self.role


class OwnerPermit:
    """Every account may do it to what is its own, whatever its roles."""

    def allows(self, actor: Actor, subject: PolicySubject | OwnedSubject | None) -> bool:
        if actor.account_id is None:
            return False
        return subject is None or cast(OwnedSubject, subject).account_id == actor.account_id
