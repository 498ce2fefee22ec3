"""Sample accounts with generated passwords: every seat of the sample sub-district."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.access.operations import add_account, grant
from app.access.passwords import generate_password
from app.access.rules import ADMINISTRATION, Role
from app.audit.rules import SYSTEM
from app.org.models import Department, Leader
from app.org.queries import departments, leaders

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
HEAD = ("role", "username", "password", "department")


@dataclass(frozen=True)
class Seat:
    """A seat to be given an account."""

    username: str
    role: Role
    department: Department | None = None
    leader: Leader | None = None

    @property
    def title(self) -> str:
        """Return the seat's name, as it stands in the page header."""
        if self.leader:
            return self.leader.post
        return (
            f"{self.department.short_name if self.department else ''}{self.role.label.removeprefix('部门')}"
        )

    @property
    def person(self) -> str:
        """Return the holder's name: the leader's own, else one that is plainly a sample."""
        if self.leader:
            return self.leader.name
        number = 2 * (self.department.position if self.department else 0) + (self.role is Role.HEAD)
        return f"{SURNAMES[number % len(SURNAMES)]}示例"


def seats() -> Iterator[Seat]:
    """Yield every seat: the office, leaders, two per department (one where nobody signs off), administrators."""
    yield Seat("office", Role.OFFICE)
    for number, leader in enumerate(leaders(), 1):
        yield Seat(f"leader{number}", Role.LEADER, leader=leader)
    for number, department in enumerate(departments(), 1):
        yield Seat(f"filer{number:02}", Role.FILER, department)
        if department.needs_sign_off:
            yield Seat(f"head{number:02}", Role.HEAD, department)
    for role in sorted(ADMINISTRATION):
        yield Seat(role.value.replace("_", "-"), role)


def create_accounts(file: Path, *, since: date) -> None:
    """Create an account for every seat, held `since` a day; write role, name, password, department to `file`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(HEAD)
        for seat in seats():
            password = generate_password()
            account = add_account(
                seat.username,
                seat=seat.title,
                person=seat.person,
                password=password,
                by=SYSTEM,
                must_change=False,
            )
            grant(account, seat.role, by=SYSTEM, since=since, department=seat.department, leader=seat.leader)
            where = seat.department.name if seat.department else seat.leader.name if seat.leader else ""
            table.writerow((seat.role.label, seat.username, password, where))
