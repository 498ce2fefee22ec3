"""What the office fills in to have a document assembled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from wtforms import SelectField
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
from app.directives.forms import parse_id
from app.drafting.core.forms import ParticularsForm, offered_choice
from app.filing.department.forms import choices_of, member_of
from app.org.models import Department, Leader
from app.periods.models import Period
from app.web.forms import NO_DATE, DayField

NONE = (0, "请选择")
NO_QUARTER = "请选择季度。还没有可选的季度时，请先在“季度”中开启。"
NO_SPAN = "请选择时间范围。"


class AssembleForm(ParticularsForm):
    """What time a document of a kind covers, about whom it is, and what stands around its text."""

    period = SelectField("季度", [DataRequired(NO_QUARTER)], coerce=parse_id, validate_choice=False)
    span = SelectField(
        "时间范围", [DataRequired(NO_SPAN)], coerce=member_of(ScopeSpan), validate_choice=False
    )
    fullness = SelectField(
        "篇幅",
        [offered_choice(TextFullness, "篇幅")],
        coerce=member_of(TextFullness),
        choices=choices_of(TextFullness),
        default=TextFullness.CONCISE.value,
        validate_choice=False,
    )
    department = SelectField("部门", [DataRequired("请选择部门。")], coerce=parse_id, validate_choice=False)
    leader = SelectField("呈送领导", [DataRequired("请选择领导。")], coerce=parse_id, validate_choice=False)

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
