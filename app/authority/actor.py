"""The acting person or server role: a plain value that every operation takes as `by` and the event log stores."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.authority.roles import Role, ServerRole

NAME_IN_BOTH = 30  # characters of each name in 张三（代李四）, which has to fit where names are stored


@dataclass(frozen=True)
class HeldGrant:
    role: Role
    department_id: int | None = None
    leader_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """A person at a seat with the grants valid now, or the server acting without an account.

    A deputy acts with the grants and at the seat of the person named in `deputy_of`.
    """

    account_id: int | None
    name: str
    seat: str
    address: str = ""
    grants: tuple[HeldGrant, ...] = ()
    username: str = ""
    server_role: ServerRole | None = None
    deputy_of: str = ""
    roles: frozenset[Role] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset(grant.role for grant in self.grants))

    def acting_for(self, person: str, seat: str, grants: tuple[HeldGrant, ...]) -> Actor:
        """Return this person as the deputy of another, with the other's grants only."""
        return replace(self, seat=seat, grants=grants, deputy_of=person)

    @classmethod
    def at_command_line(cls, login_name: str) -> Actor:
        """Return the person who runs a command on the server: anybody who may log in there."""
        return cls(None, login_name, "服务器命令行", server_role=ServerRole.OPERATOR)

    @classmethod
    def at_login_page(cls, address: str) -> Actor:
        """Return somebody who is not logged in yet and may do nothing."""
        return cls(None, "未知", "登录页", address)

    @classmethod
    def of_server(cls, role: ServerRole) -> Actor:
        """Return the system acting without an account, in one of its roles."""
        return cls(None, "系统", "系统", server_role=role)

    @property
    def person(self) -> str:
        """Return the name that rows store and pages show; a deputy's names both persons."""
        if not self.deputy_of:
            return self.name
        return f"{self.name[:NAME_IN_BOTH]}（代{self.deputy_of[:NAME_IN_BOTH]}）"

    @property
    def department_ids(self) -> frozenset[int]:
        return frozenset(grant.department_id for grant in self.grants if grant.department_id is not None)

    @property
    def leader_id(self) -> int | None:
        """Return the leader whose seat this is, or None."""
        return next((grant.leader_id for grant in self.grants if grant.leader_id is not None), None)


SYSTEM = Actor.of_server(ServerRole.WORKER)
SAMPLE_LOADER = Actor.of_server(ServerRole.SAMPLE)
