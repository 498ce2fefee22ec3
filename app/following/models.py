from __future__ import annotations

from peewee import Check, DateTimeField, ForeignKeyField

from app.access.models import Account
from app.base.clock import now
from app.base.database import BaseTable
from app.directives.core.models import Directive
from app.org.models import Department
from app.plan.core.models import PlanItem

KINDS = ("measure_id", "directive_id", "department_id")
ONE_KIND = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in KINDS)


class Follow(BaseTable):
    """One measure, directive or department that an account follows. `noticed_at`: changes until then were in a notice
    of the account, or happened before it followed.
    """

    account = ForeignKeyField(Account, on_delete="CASCADE")
    measure = ForeignKeyField(PlanItem, null=True, on_delete="CASCADE")
    directive = ForeignKeyField(Directive, null=True, on_delete="CASCADE")
    department = ForeignKeyField(Department, null=True, on_delete="CASCADE")
    noticed_at = DateTimeField(default=now)
    account_id: int
    measure_id: int | None
    directive_id: int | None
    department_id: int | None

    class Meta:
        constraints = [Check(f"{ONE_KIND} = 1", "follow_kind")]
        indexes = (
            (("account", "measure"), True),
            (("account", "directive"), True),
            (("account", "department"), True),
        )
