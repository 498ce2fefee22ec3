"""What the office fills in to have a document assembled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wtforms.validators import DataRequired

from app.base.days import any_year
from app.composition.deadlines import LABELS, DocumentDeadlines
from app.composition.kinds import spec_of
from app.composition.particulars import Particulars
from app.composition.rules import (
    DocumentKind,
    DocumentSubject,
    TextFullness,
)
from app.composition.scope import ScopeSpan
from app.drafting.core.forms import ParticularsForm
from app.org.models import Department, Leader
from app.periods.models import Period
from app.web.forms import NO_DATE, Chosen, DayField, OfferedSelectField, RowSelectField

NONE = ("", "请选择")
NO_QUARTER = "请选择季度。还没有可选的季度时，请先在“季度”中开启。"


class AssembleForm(ParticularsForm):
    """What time a document of a kind covers, about whom it is, and what stands around its text."""

    period = RowSelectField("季度", [DataRequired(NO_QUARTER)])
    span = OfferedSelectField("时间范围", [Chosen()], offered=ScopeSpan)
    fullness = OfferedSelectField("篇幅", offered=TextFullness, default=TextFullness.CONCISE)
    department = RowSelectField("部门", [Chosen()])
    leader = RowSelectField("呈送领导", [Chosen()])

    file_by = DayField(LABELS["file_by"], [DataRequired(NO_DATE)], within=any_year)
    mend_by = DayField(LABELS["mend_by"], [DataRequired(NO_DATE)], within=any_year)

    def read(self) -> Particulars:
        """Return what was filled in, once it is valid, with the days that the text sets."""
        days = self.field_data("file_by"), self.field_data("mend_by")
        return replace(super().read_particulars(), deadlines=DocumentDeadlines(*days) if all(days) else None)

    def offer_choices(
        self,
        kind: DocumentKind,
        *,
        periods: Iterable[Period],
        departments: Iterable[Department],
        leaders: Iterable[Leader],
    ) -> None:
        """Ask for what the kind needs: the opened quarters, newest first, its spans, and whom it may be about."""
        self.period.choices = [(one.id, one.quarter.words) for one in reversed(list(periods))]
        self.span.choices = [(one.value, one.label) for one in spec_of(kind).spans]
        self.department.choices = [NONE, *((one.id, one.name) for one in departments)]
        self.leader.choices = [NONE, *((one.id, one.name) for one in leaders)]
        self.ask_for(kind)
        if spec_of(kind).subject is DocumentSubject.DEPARTMENT:
            del self.issuer  # the department that is chosen signs its report
