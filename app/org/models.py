from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    ModelSelect,
)

from app.base.clock import today
from app.base.database import BaseTable, ChoiceField, VersionedTable
from app.org.rules import DIVIDED_CHARGE, OVERALL_CHARGE, DepartmentKind


class FormerName(NamedTuple):
    """A name that a department had until the day before `replaced_on`."""

    name: str
    short_name: str
    replaced_on: date

    @classmethod
    def of_stored(cls, stored: Mapping[str, str]) -> FormerName:
        return cls(stored["name"], stored["short_name"], date.fromisoformat(stored["replaced_on"]))

    @property
    def as_stored(self) -> dict[str, str]:
        return {**self._asdict(), "replaced_on": self.replaced_on.isoformat()}


def short_name_on(day: date, *, short_name: str, earlier_names: Iterable[Mapping[str, str]] | None) -> str:
    """Return the short name of a department on a day, from the two columns that hold it."""
    former = map(FormerName.of_stored, earlier_names or ())
    return next((one.short_name for one in former if one.replaced_on > day), short_name)


class Department(VersionedTable):
    """A department that can be responsible for measures. It no longer exists from `ended_on` on; its work may have
    passed to `merged_into`.

    `earlier_names` is loaded with the row, so that its name on a day needs no query.
    """

    name = CharField(max_length=64, unique=True)
    short_name = CharField(max_length=32, unique=True)
    kind = ChoiceField(DepartmentKind)
    position = IntegerField(default=0)
    needs_sign_off = BooleanField(default=True)
    earlier_names = JSONField(null=True)
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
    def active_on(cls, day: date) -> Any:
        """Return the condition that a department has not ended before or on a day."""
        return cls.ended_on.is_null() | (cls.ended_on > day)

    @property
    def is_active(self) -> bool:
        """Return whether it has not ended yet."""
        return self.is_active_on(today())

    def is_active_on(self, day: date) -> bool:
        return self.ended_on is None or self.ended_on > day

    @property
    def former_names(self) -> tuple[FormerName, ...]:
        """Return its former names, oldest first."""
        return tuple(map(FormerName.of_stored, self.earlier_names or ()))

    def named_on(self, day: date) -> Department:
        """Return the department with the names it had on a day: for display only, never to be saved."""
        had = next((one for one in self.former_names if one.replaced_on > day), None)
        if had is None:
            return self
        values = {**self.__data__, "name": had.name, "short_name": had.short_name}
        return Department(**values)


class DepartmentGroup(VersionedTable):
    """Departments that are assigned together, such as 各居民区."""

    name = CharField(max_length=64, unique=True)
    members: ModelSelect[DepartmentGroupMember]


class DepartmentGroupMember(BaseTable):
    group = ForeignKeyField(DepartmentGroup, backref="members", on_delete="CASCADE")
    department = ForeignKeyField(Department, backref="groups", on_delete="CASCADE")
    group_id: int
    department_id: int

    class Meta:
        indexes = ((("group", "department"), True),)


class Issuer(VersionedTable):
    """A body that issues documents (发文机关).

    `word` begins its document numbers (代字). Its upward documents go to `superior`, with copies to the list
    `copies_to`. Documents without a named body are issued by the one that `is_default`.
    """

    name = CharField(max_length=64, unique=True)
    word = CharField(max_length=32)
    superior = CharField(max_length=64, default="")
    copies_to = CharField(max_length=255, default="")
    is_default = BooleanField(default=False)
    position = IntegerField(default=0)

    class Meta:
        constraints = [Check("position >= 0", "issuer_position")]


class Leader(VersionedTable):
    """A leader of the sub-district, in office from one day to another, both included; None: unknown or open.

    `is_acting` (主持工作): acts for a vacant post. `in_overall_charge` (负责范围 全面, else 分管): is responsible for
    the whole plan, not only for his or her own measures.
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
    in_overall_charge = BooleanField(default=False)

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
        return self.serves_on(today())

    def serves_on(self, day: date) -> bool:
        return (self.serves_from or day) <= day <= (self.serves_until or day)

    @property
    def post_in_words(self) -> str:
        return f"{self.post}（主持工作）" if self.is_acting else str(self.post)

    @property
    def charge_words(self) -> str:
        return OVERALL_CHARGE if self.in_overall_charge else DIVIDED_CHARGE

    @property
    def name_and_post(self) -> str:
        return f"{self.name}（{self.post_in_words}）"
