from __future__ import annotations

from datetime import date
from typing import Any

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, ModelSelect

from app.base.clock import today
from app.base.database import BaseTable, ChoiceField
from app.org.rules import DepartmentKind


class Department(BaseTable):
    """A unit that answers for measures. From `ended_on` on it is no more; what it had may be with `merged_into`."""

    name = CharField(max_length=64, unique=True)
    short_name = CharField(max_length=32, unique=True)
    kind = ChoiceField(DepartmentKind)
    position = IntegerField(default=0)
    needs_sign_off = BooleanField(default=True)
    ended_on = DateField(null=True)
    merged_into = ForeignKeyField(
        "self",
        null=True,
        on_delete="RESTRICT",
        constraints=[Check("merged_into_id IS NULL OR ended_on IS NOT NULL")],
    )
    merged_into_id: int | None

    class Meta:
        constraints = [Check("position >= 0", "department_position")]

    @classmethod
    def standing_on(cls, day: date) -> Any:
        """Return the condition that a department is there on a day."""
        return cls.ended_on.is_null() | (cls.ended_on > day)

    @property
    def is_standing(self) -> bool:
        """Return whether it is there today."""
        return self.ended_on is None or self.ended_on > today()


class DepartmentFormerName(BaseTable):
    """What a department was called until the day before `replaced_on`."""

    department = ForeignKeyField(Department, backref="former_names", on_delete="CASCADE")
    name = CharField(max_length=64)
    short_name = CharField(max_length=32)
    replaced_on = DateField()
    department_id: int


class DepartmentGroup(BaseTable):
    """Departments that are assigned at once, such as 各居民区."""

    name = CharField(max_length=64, unique=True)
    members: ModelSelect[DepartmentGroupMember]


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
    """A leader of the sub-district, in office from a day to a day, both of them in it; None: not known, or not yet.

    `is_acting` (主持工作): does the work of a post that nobody holds.
    """

    name = CharField(max_length=32, unique=True)
    post = CharField(max_length=64)
    position = IntegerField(default=0)
    serves_from = DateField(null=True)
    serves_until = DateField(
        null=True,
        constraints=[Check("serves_until IS NULL OR serves_from IS NULL OR serves_until >= serves_from")],
    )
    is_acting = BooleanField(default=False)

    class Meta:
        constraints = [Check("position >= 0", "leader_position")]

    @classmethod
    def serving_on(cls, day: date) -> Any:
        """Return the condition that a leader is in office on a day."""
        begun = cls.serves_from.is_null() | (cls.serves_from <= day)
        return begun & (cls.serves_until.is_null() | (cls.serves_until >= day))

    @property
    def is_serving(self) -> bool:
        """Return whether the leader is in office today."""
        day = today()
        return (self.serves_from or day) <= day <= (self.serves_until or day)

    @property
    def post_in_words(self) -> str:
        return f"{self.post}（主持工作）" if self.is_acting else str(self.post)
