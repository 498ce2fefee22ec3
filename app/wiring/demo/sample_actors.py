"""The holders of the sample accounts, by what they act for."""

from __future__ import annotations

from dataclasses import dataclass

from app.access.models import Account, Grant
from app.access.queries import user_of
from app.authority.actor import Actor
from app.authority.roles import Role


@dataclass(frozen=True)
class SampleActors:
    office: Actor
    filers: dict[int, Actor]
    heads: dict[int, Actor]
    leaders: dict[int, Actor]

    @classmethod
    def from_grants(cls) -> SampleActors:
        """Return the holders of the valid grants."""
        held = [(given, user_of(given.account)) for given in Grant.select(Grant, Account).join(Account)]
        by_role = {
            role: {given.department_id or 0: user for given, user in held if given.role is role}
            for role in (Role.OFFICE, Role.FILER, Role.HEAD)
        }
        leaders = {given.leader_id: user for given, user in held if given.leader_id is not None}
        return cls(by_role[Role.OFFICE][0], by_role[Role.FILER], by_role[Role.HEAD], leaders)
