"""The kinds of permit: how a role, a seat or an owner must be related to a subject. The policy says who gets which."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, cast, runtime_checkable

from app.authority.actor import Actor
from app.authority.roles import Role, ServerRole


class DepartmentTie(StrEnum):
    """How a department must be related to a subject."""

    ANYONE = "anyone"
    OWNER = "owner"
    LEAD = "lead"


class PolicySubject(Protocol):
    """What an action is done to: it knows which departments are related to it."""

    def department_ids(self, tie: DepartmentTie) -> frozenset[int]: ...


@runtime_checkable
class AcceptableSubject(PolicySubject, Protocol):
    """A subject that other departments may read once the office has accepted it."""

    @property
    def is_accepted(self) -> bool:
        """Return whether the office has accepted it and not reopened it."""
        ...


@runtime_checkable
class HandedInSubject(PolicySubject, Protocol):
    """A subject that is a private draft until it is submitted."""

    @property
    def is_handed_in(self) -> bool:
        """Return whether it is submitted, and no longer a draft of its writers."""
        ...


@runtime_checkable
class ConfidentialSubject(PolicySubject, Protocol):
    """A subject that may be confidential: then only for the heads of its departments and its own leader."""

    @property
    def is_confidential(self) -> bool: ...


class LeaderTie(StrEnum):
    """How a leader must be related to a subject: as its author, or as the holder of its seat."""

    AUTHOR = "author"
    SEAT = "seat"


@runtime_checkable
class LeaderSubject(PolicySubject, Protocol):
    """A subject written by a leader, related to a person and a seat, or to neither if the office wrote it."""

    @property
    def is_of_office(self) -> bool: ...

    def leader_ids(self, tie: LeaderTie) -> frozenset[int]: ...


class OwnedSubject(Protocol):
    """A subject that belongs to one account: a notice, a session, the account itself."""

    @property
    def account_id(self) -> int: ...


class Permit(Protocol):
    """One line of the policy table."""

    def allows(self, actor: Actor, subject: PolicySubject | OwnedSubject | None) -> bool:
        """Return whether `actor` may do it to `subject`; without a subject, to any subject at all."""
        ...


@dataclass(frozen=True)
class RolePermit:
    """Permits a role, for subjects to which its department has this tie.

    once_handed_in, once_accepted: not before that. if_shared: only if the subject is not confidential.
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
    """Permits a leader, for subjects that are his own or of his seat."""

    tie: LeaderTie

    def allows(self, actor: Actor, subject: PolicySubject | OwnedSubject | None) -> bool:
        held = {grant.leader_id for grant in actor.grants if grant.role is Role.LEADER}
        if subject is None:
            return bool(held)
        return isinstance(subject, LeaderSubject) and bool(held & subject.leader_ids(self.tie))


class OfficePermit:
    """Permits the office, for what it wrote for itself."""

    def allows(self, actor: Actor, subject: PolicySubject | OwnedSubject | None) -> bool:
        is_own = subject is None or (isinstance(subject, LeaderSubject) and subject.is_of_office)
        return Role.OFFICE in actor.roles and is_own


@dataclass(frozen=True)
class ServerPermit:
    """Permits the server itself, for all subjects."""

    role: ServerRole

    def allows(self, actor: Actor, _subject: PolicySubject | OwnedSubject | None) -> bool:
        return actor.server_role is self.role


class OwnerPermit:
    """Permits every account, whatever its roles, for what belongs to it."""

    def allows(self, actor: Actor, subject: PolicySubject | OwnedSubject | None) -> bool:
        if actor.account_id is None:
            return False
        return subject is None or cast(OwnedSubject, subject).account_id == actor.account_id
