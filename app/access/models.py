from __future__ import annotations

from peewee import BooleanField, CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField

from app.authority.roles import Role
from app.base.clock import now, today
from app.base.database import BaseTable, ChoiceField
from app.base.days import written_day
from app.org.models import Department, Leader


class Account(BaseTable):
    """A seat that can log in. The person may change; what each person did keeps that person's name.

    `password_chosen_at` is when the person chose the password, None if it was given. Notices are also mailed to
    `email`, if set. The passwords of sample accounts are public, so a real system has none.
    """

    username = CharField(max_length=32, unique=True)
    seat = CharField(max_length=64)
    person = CharField(max_length=32)
    email = CharField(max_length=254, default="")
    phone = CharField(max_length=32, default="")
    password_hash = CharField(max_length=255)
    password_set_at = DateTimeField(default=now)
    password_chosen_at = DateTimeField(null=True)
    must_change_password = BooleanField(default=True)
    disabled_at = DateTimeField(null=True)
    created_at = DateTimeField(default=now)
    is_sample = BooleanField(default=False)

    @property
    def account_id(self) -> int:
        """Return its id, as the policy table asks every owned subject."""
        return int(self.id)

    @property
    def contact_words(self) -> str:
        """Return whom to ask, with the telephone number: 李某（党政办文书），电话 021-12345678."""
        return f"{self.person}（{self.seat}）" + (f"，电话 {self.phone}" if self.phone else "")


class UsedPassword(BaseTable):
    """A password hash that may not be used again for a while."""

    account = ForeignKeyField(Account, backref="used_passwords", on_delete="CASCADE")
    password_hash = CharField(max_length=255)
    set_at = DateTimeField(default=now)


class Grant(BaseTable):
    """A role granted to an account for some time, for a department or a leader if the role needs one."""

    account = ForeignKeyField(Account, backref="grants", on_delete="CASCADE")
    role = ChoiceField(Role)
    department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    leader = ForeignKeyField(Leader, null=True, on_delete="RESTRICT")
    valid_from = DateField(default=today)
    valid_until = DateField(null=True)
    account_id: int
    department_id: int | None
    leader_id: int | None

    class Meta:
        constraints = [
            Check("valid_until IS NULL OR valid_until >= valid_from", "grant_days"),
            Check("department_id IS NULL OR leader_id IS NULL", "grant_of_one"),
        ]

    @property
    def is_valid(self) -> bool:
        """Return whether it is valid today."""
        day = today()
        return bool(self.valid_from <= day <= (self.valid_until or day))

    @property
    def in_words(self) -> str:
        where = self.department.short_name if self.department else self.leader.name if self.leader else ""
        return f"{self.role.label}（{where}）" if where else str(self.role.label)

    @property
    def days_in_words(self) -> str:
        until = f"至{written_day(self.valid_until)}" if self.valid_until else "起"
        return f"{written_day(self.valid_from)}{until}"


class Delegation(BaseTable):
    """A deputy who may act for an account from one day to another, both included, unless it was ended before (AB角)."""

    principal = ForeignKeyField(Account, backref="delegations", on_delete="CASCADE")
    deputy = ForeignKeyField(Account, backref="deputy_for", on_delete="CASCADE")
    valid_from = DateField()
    valid_until = DateField()
    ended_at = DateTimeField(null=True)
    principal_id: int
    deputy_id: int

    class Meta:
        constraints = [
            Check("valid_until >= valid_from", "delegation_days"),
            Check("principal_id <> deputy_id", "delegation_to_another"),
        ]

    @property
    def account_id(self) -> int:
        """Return the account that gave it, which may end it."""
        return self.principal_id

    @property
    def is_valid(self) -> bool:
        """Return whether the deputy may act today."""
        return self.ended_at is None and bool(self.valid_from <= today() <= self.valid_until)


class LoginSession(BaseTable):
    """One session of one browser. Its token and the browser's secret are stored as SHA-256.

    With a `delegation` it acts for somebody else.
    """

    account = ForeignKeyField(Account, backref="sessions", on_delete="CASCADE")
    token_hash = CharField(max_length=64, unique=True)
    address = CharField(max_length=64, default="")
    browser_hash = CharField(max_length=64, default="")
    started_at = DateTimeField(default=now)
    seen_at = DateTimeField(default=now)
    ended_at = DateTimeField(null=True)
    delegation = ForeignKeyField(Delegation, null=True, on_delete="SET NULL")
    account_id: int


class LoginFailure(BaseTable):
    """Failures of one name at one address, and in a known browser if there is one.

    The name is stored as a keyed hash, because people type passwords into the wrong field. `refused` counts attempts
    during a wait.
    """

    name_digest = CharField(max_length=64)
    address = CharField(max_length=64)
    browser_hash = CharField(max_length=64, default="")
    failures = IntegerField(default=0)
    refused = IntegerField(default=0)
    failed_at = DateTimeField(null=True)
    last_at = DateTimeField(default=now, index=True)

    class Meta:
        constraints = [Check("failures >= 0 AND refused >= 0", "login_failure_counts")]
        indexes = (
            (("name_digest", "address", "browser_hash"), True),
            (("address", "last_at"), False),
        )


class AddressLock(BaseTable):
    address = CharField(max_length=64, unique=True)
    until = DateTimeField()
