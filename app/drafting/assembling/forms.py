"""What the office fills in to have a document assembled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wtforms import SelectField
from wtforms.validators import DataRequired

from app.base.days import any_year
from app.composition.deadlines import LABELS, Deadlines
from app.composition.particulars import Particulars
from app.composition.rules import (
    TRAITS,
    DocumentKind,
    Fullness,
    Subject,
)
from app.composition.scope import Span
from app.directives.forms import identity
from app.drafting.core.forms import ParticularsForm, among
from app.filing.department.forms import choices, member_of
from app.org.models import Department, Leader
from app.periods.models import Period
from app.web.forms import NO_DATE, DayField

NONE = (0, "请选择")
NO_QUARTER = "请选择季度。还没有可选的季度时，请先在“季度”中开启。"
NO_SPAN = "请选择时间范围。"


class AssembleForm(ParticularsForm):
    """What time a document of a kind covers, about whom it is, and what stands around its text."""

    period = SelectField("季度", [DataRequired(NO_QUARTER)], coerce=identity, validate_choice=False)
    span = SelectField("时间范围", [DataRequired(NO_SPAN)], coerce=member_of(Span), validate_choice=False)
    fullness = SelectField(
        "篇幅",
        [among(Fullness, "篇幅")],
        coerce=member_of(Fullness),
        choices=choices(Fullness),
        default=Fullness.CONCISE.value,
        validate_choice=False,
    )
    department = SelectField("部门", [DataRequired("请选择部门。")], coerce=identity, validate_choice=False)
    leader = SelectField("呈送领导", [DataRequired("请选择领导。")], coerce=identity, validate_choice=False)

    file_by = DayField(LABELS["file_by"], [DataRequired(NO_DATE)], within=any_year)
    mend_by = DayField(LABELS["mend_by"], [DataRequired(NO_DATE)], within=any_year)

    def read(self) -> Particulars:
        """Return what was filled in, once it is valid, with the days that the text sets."""
        days = self.said("file_by"), self.said("mend_by")
        return replace(super().read(), deadlines=Deadlines(*days) if all(days) else None)

    def offer(
        self,
        kind: DocumentKind,
        *,
        periods: Iterable[Period],
        departments: Iterable[Department],
        leaders: Iterable[Leader],
    ) -> None:
        """Ask for what the kind needs: the opened quarters, newest first, its spans, and whom it may be about."""
        self.period.choices = [(one.id, one.quarter.words) for one in reversed(list(periods))]
        self.span.choices = [(one.value, one.label) for one in TRAITS[kind].spans]
        self.department.choices = [NONE, *((one.id, one.name) for one in departments)]
        self.leader.choices = [NONE, *((one.id, one.name) for one in leaders)]
        self.ask_for(kind)
        if TRAITS[kind].subject is Subject.DEPARTMENT:
            del self.issuer  # the department that is chosen signs its report
