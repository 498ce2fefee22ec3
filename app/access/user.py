"""A person at a seat, with the grants that are valid now: a plain value that every operation takes as `by`."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.access.rules import Role
from app.audit.rules import Actor


@dataclass(frozen=True)
class HeldGrant:
    role: Role
    department_id: int | None = None
    leader_id: int | None = None


@dataclass(frozen=True)
class User:
    account_id: int
    username: str
    person: str
    seat: str
    grants: tuple[HeldGrant, ...] = ()
    address: str = ""
    must_change_password: bool = False
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset(grant.role for grant in self.grants))

    @property
    def actor(self) -> Actor:
        return Actor(self.account_id, self.person, self.seat, self.address)

    @property
    def department_ids(self) -> frozenset[int]:
        return frozenset(grant.department_id for grant in self.grants if grant.department_id is not None)

    @property
    def leader_id(self) -> int | None:
        """Return the leader whose seat this is, if it is one."""
        return next((grant.leader_id for grant in self.grants if grant.leader_id is not None), None)
