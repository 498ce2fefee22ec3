"""The form of a directive: what a leader writes."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput

from app.base.days import any_year
from app.base.text import plain_text
from app.directives.content import DIRECTIVE_LENGTH, DirectiveContent
from app.directives.life_cycle import DirectiveKind
from app.org.models import Department, Leader
from app.plan.core.queries import ResponsibleDepartments
from app.web.forms import Chosen, DayField, OfferedRadioField, RowSelectField, parse_row_id

OFFICE_ITSELF = 0


class DirectiveForm(FlaskForm):
    """A directive on a measure. The office also says on whose behalf it writes."""

    leader = RowSelectField("代哪位领导录入", [Chosen()])
    kind = OfferedRadioField("类别", [Chosen()], offered=DirectiveKind, default=DirectiveKind.INSTRUCTION)
    text = TextAreaField("内容", [DataRequired("请写明批示内容。")], filters=[plain_text])
    addressees = SelectMultipleField(
        "承办部门",
        [DataRequired("请至少选择一个承办部门。")],
        coerce=parse_row_id,
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    due_on = DayField("办理期限", [Optional()], within=any_year)
    text_limit = DIRECTIVE_LENGTH

    def __init__(
        self, responsible: ResponsibleDepartments, leaders: list[Leader] | None, *, in_charge: int | None
    ) -> None:
        """Offer whom to address and, to the office, on whose behalf; without `leaders` a leader writes in person."""
        lead = [responsible.lead.id] if responsible.lead else []
        super().__init__(data={"addressees": lead, "leader": in_charge or OFFICE_ITSELF})
        self.departments = {department.id: department for department in responsible.lead_and_supports}
        self.leaders = {leader.id: leader for leader in leaders or ()}
        self.addressees.choices = [
            (row.id, addressee_label(row, responsible)) for row in responsible.lead_and_supports
        ]
        if leaders is None:
            del self.leader
        else:
            named = [(leader.id, leader.name_and_post) for leader in leaders]
            self.leader.choices = [*named, (OFFICE_ITSELF, "不代领导，以街道办公室名义")]

    def validate_addressees(self, field: SelectMultipleField) -> None:
        """Refuse a department that does not answer for the measure, or no longer does."""
        if not set(field.data or ()) <= self.departments.keys():
            raise ValidationError("责任分工刚刚有变化，请重新选择承办部门。")

    def directive_content(self) -> DirectiveContent:
        """Return what was written, once it is valid."""
        chosen = self.leader.data if "leader" in self else OFFICE_ITSELF
        return DirectiveContent(
            kind=self.kind.data,
            text=self.text.data or "",
            addressees=tuple(self.departments[number] for number in self.addressees.data or ()),
            due_on=self.due_on.data,
            leader=self.leaders.get(chosen),
        )


def addressee_label(department: Department, responsible: ResponsibleDepartments) -> str:
    """Return a department's name with how it answers for the measure."""
    return f"{department.name}（{'牵头' if department == responsible.lead else '配合'}）"
