"""Accounts for every seat of the sample sub-district, with generated passwords."""

from __future__ import annotations

import csv
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from app.access.grants import grant_role
from app.access.operations import add_account
from app.access.passwords.hashes import generate_password
from app.authority.actor import Actor
from app.authority.roles import ADMINISTRATION, Role
from app.org.models import Department, Leader
from app.org.queries import active_departments, active_leaders

SAMPLE_EXTENSION = 8001  # of the first seat; the following seats count up
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
ACCOUNT_COLUMNS = ("role", "username", "password", "department")


@dataclass(frozen=True)
class SampleSeat:
    username: str
    role: Role
    department: Department | None = None
    leader: Leader | None = None

    @property
    def seat_name(self) -> str:
        """Return the seat's name, as shown in the page header."""
        if self.leader:
            return self.leader.post
        return (
            f"{self.department.short_name if self.department else ''}{self.role.label.removeprefix('部门')}"
        )

    @property
    def holder_name(self) -> str:
        """Return the holder's name: the leader's own name, otherwise one that is plainly a sample."""
        if self.leader:
            return self.leader.name
        number = 2 * (self.department.position if self.department else 0) + (self.role is Role.HEAD)
        return f"{SURNAMES[number % len(SURNAMES)]}示例"


def sample_seats() -> Iterator[SampleSeat]:
    """Yield every seat: office, leaders, two per department (one if nobody signs off), administrators."""
    yield SampleSeat("office", Role.OFFICE)
    for number, leader in enumerate(active_leaders(), 1):
        yield SampleSeat(f"leader{number}", Role.LEADER, leader=leader)
    for number, department in enumerate(active_departments(), 1):
        yield SampleSeat(f"filer{number:02}", Role.FILER, department)
        if department.needs_sign_off:
            yield SampleSeat(f"head{number:02}", Role.HEAD, department)
    for role in sorted(ADMINISTRATION):
        yield SampleSeat(role.value.replace("_", "-"), role)


def create_accounts(*, since: date, by: Actor) -> list[tuple[str, ...]]:
    """Create an account for every seat, held since the day `since`; return the rows of the accounts file."""
    rows = []
    for number, seat in enumerate(sample_seats(), SAMPLE_EXTENSION):
        password = generate_password()
        account = add_account(
            seat.username,
            seat=seat.seat_name,
            person=seat.holder_name,
            password=password,
            by=by,
            phone=f"{number}（内线）",
            must_change=False,
            is_sample=True,
        )
        grant_role(account, seat.role, by=by, since=since, department=seat.department, leader=seat.leader)
        rows.append(account_row(seat, password))
    return rows


def account_row(seat: SampleSeat, password: str) -> tuple[str, ...]:
    """Return role, username, password and department or leader."""
    where = seat.department.name if seat.department else seat.leader.name if seat.leader else ""
    return seat.role.label, seat.username, password, where


@dataclass(frozen=True)
class AccountsFile:
    """The accounts file of the sample, the only place with its passwords.

    It is written to a temporary place before the passwords are committed, and moved to its final place afterwards. If a
    first start is killed in between, the SHA-256 in the log tells whether the temporary file is the committed one.
    """

    path: Path

    @property
    def temporary_path(self) -> Path:
        return self.path.with_name(f"{self.path.name}.new")

    def write_temporary(self, rows: Iterable[tuple[str, ...]]) -> str:
        """Write the file to its temporary place, readable by its owner only; return its SHA-256 in hexadecimal."""
        text = StringIO(newline="")
        table = csv.writer(text)
        table.writerow(ACCOUNT_COLUMNS)
        table.writerows(rows)
        content = text.getvalue().encode()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.temporary_path.unlink(missing_ok=True)
        handle = os.open(self.temporary_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return hashlib.sha256(content).hexdigest()

    def put_in_place(self) -> None:
        """Move the file to its final place, after its passwords were committed."""
        self.temporary_path.replace(self.path)

    def is_temporary_complete(self, sha256: str) -> bool:
        return (
            self.temporary_path.exists()
            and hashlib.sha256(self.temporary_path.read_bytes()).hexdigest() == sha256
        )
