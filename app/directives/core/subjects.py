"""The table of what directives are about."""

from __future__ import annotations

from peewee import CharField, Check, ForeignKeyField, IntegerField

from app.base.database import BaseTable
from app.directives.core.models import Directive
from app.filing.core.models import Filing
from app.org.models import Department
from app.plan.core.models import PlanItem

KINDS = ("measure_id", "department_id", "document_id")
ONE_KIND = " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in KINDS)


class DirectiveSubject(BaseTable):
    """One thing a directive is about: a measure, perhaps one filing of it; a department; or an issued document.

    Documents belong to a later feature, so a document is stored by id and title without a foreign key.
    """

    directive = ForeignKeyField(Directive, backref="subjects", on_delete="CASCADE")
    measure = ForeignKeyField(PlanItem, null=True, backref="directive_subjects", on_delete="RESTRICT")
    filing = ForeignKeyField(Filing, null=True, backref="directive_subjects", on_delete="SET NULL")
    department = ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    document_id = IntegerField(null=True, index=True)
    document_title = CharField(max_length=255, default="")
    directive_id: int
    measure_id: int | None
    filing_id: int | None
    department_id: int | None

    class Meta:
        constraints = [
            Check(f"{ONE_KIND} = 1", "directive_subject_kind"),
            Check("filing_id IS NULL OR measure_id IS NOT NULL", "directive_subject_filing"),
            Check("document_id IS NULL OR document_title <> ''", "directive_subject_title"),
        ]
        indexes = ((("directive", "measure"), True),)

    @property
    def words(self) -> str:
        """Return what it is: 第 3 项（推进旧区改造）, 经发办工作, 《…》."""
        if self.measure is not None:
            quarter = f"{self.filing.period.quarter.short_words}填报" if self.filing else ""
            return f"第 {self.measure.position} 项（{self.measure.title}）{quarter}"
        return f"{self.department.short_name}工作" if self.department else f"《{self.document_title}》"

    @property
    def title(self) -> str:
        """Return its title without the number."""
        if self.measure is not None:
            return str(self.measure.title)
        return f"{self.department.short_name}工作" if self.department else f"《{self.document_title}》"
