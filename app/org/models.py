from __future__ import annotations

from peewee import BooleanField, CharField, Check, ForeignKeyField, IntegerField

from app.base.database import BaseTable, ChoiceField
from app.org.rules import DepartmentKind


class Department(BaseTable):
    """A unit that answers for measures."""

    name = CharField(max_length=64, unique=True)
    short_name = CharField(max_length=32, unique=True)
    kind = ChoiceField(DepartmentKind)
    position = IntegerField(default=0)
    needs_sign_off = BooleanField(default=True)
    active = BooleanField(default=True)

    class Meta:
        constraints = [Check("position >= 0", "department_position")]


class DepartmentGroup(BaseTable):
    """Departments that are assigned at once, such as 各居民区."""

    name = CharField(max_length=64, unique=True)


class DepartmentGroupMember(BaseTable):
    group = ForeignKeyField(DepartmentGroup, backref="members", on_delete="CASCADE")
    department = ForeignKeyField(Department, backref="groups", on_delete="CASCADE")
    group_id: int
    department_id: int

    class Meta:
        indexes = ((("group", "department"), True),)


class Issuer(BaseTable):
    """An organ in whose name documents go out (发文机关).

    `word` begins the numbers of those that it leads (代字). What goes up goes to the `superior`, with copies to
    `copies_to`, a list. What nobody else is named for goes out from the one that `is_default`.
    """

    name = CharField(max_length=64, unique=True)
    word = CharField(max_length=32)
    superior = CharField(max_length=64, default="")
    copies_to = CharField(max_length=255, default="")
    is_default = BooleanField(default=False)
    position = IntegerField(default=0)

    class Meta:
        constraints = [Check("position >= 0", "issuer_position")]


class Leader(BaseTable):
    name = CharField(max_length=32, unique=True)
    post = CharField(max_length=64)
    position = IntegerField(default=0)
    active = BooleanField(default=True)

    class Meta:
        constraints = [Check("position >= 0", "leader_position")]
