"""The forms of the organisation. The fields have the names of the changes they make."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.base.clock import today
from app.base.days import any_year
from app.base.labels import LabelledEnum
from app.base.text import REASON_LENGTH, plain_text
from app.org.changes import (
    DepartmentChange,
    DepartmentEnd,
    DepartmentMerger,
    GroupChange,
    IssuerChange,
    LeaderChange,
)
from app.org.models import Department, Leader
from app.org.rules import DepartmentKind
from app.web.forms import (
    NO_DATE,
    Chosen,
    DayField,
    MarkedLimit,
    MarkedRequired,
    OfferedRadioField,
    OfferedSelectField,
    RowSelectField,
    WholeNumberField,
    parse_row_id,
)


class TableKind(LabelledEnum):
    """The kind of table to import."""

    DEPARTMENTS = "departments", "部门"
    LEADERS = "leaders", "领导"
    ISSUERS = "issuers", "发文机关"


def line_of_text(label: str) -> StringField:
    return StringField(label, [MarkedRequired()], filters=[plain_text, strip_text])


def strip_text(text: str | None) -> str:
    return (text or "").strip()


class ChangeForm(FlaskForm):
    """The form of a change; those who can only propose it give a reason."""

    reason = TextAreaField(
        "建议的理由", [MarkedRequired(), MarkedLimit(REASON_LENGTH)], filters=[plain_text, strip_text]
    )

    def values(self, *names: str) -> dict[str, Any]:
        """Return the values of these fields; the form must be validated first."""
        return {name: self[name].data for name in names}


class DepartmentForm(ChangeForm):
    name = line_of_text("全称")
    short_name = line_of_text("简称")
    department_kind = OfferedSelectField("类别", [Chosen()], offered=DepartmentKind, unset="请选择")
    position = WholeNumberField("次序", [InputRequired("请填写次序，小的排在前面。")])
    needs_sign_off = BooleanField("填报提交后要部门负责人审签", default=True)
    on = DayField("名称从哪一天起用", [InputRequired(NO_DATE)], within=any_year)
    was_mistaken = BooleanField("原来的名称只是写错了，不留作曾用名")
    reuses_name = BooleanField("沿用别的部门用过的名称")

    def change_of(self, target: int | None) -> DepartmentChange:
        names = "name", "short_name", "department_kind", "position", "needs_sign_off", "on"
        return DepartmentChange(target, **self.values(*names, "was_mistaken", "reuses_name"))


class DepartmentEndForm(ChangeForm):
    """The day on which a department ends, and its successor, which it may be merged into."""

    on = DayField("从哪一天起", [InputRequired(NO_DATE)], within=any_year)
    into = RowSelectField("由哪个部门接手")
    merges = BooleanField("并入这个部门（不勾选的，只是撤销，工作由它接手）", default=True)

    def __init__(self, department: Department, others: list[Department], **options: Any) -> None:
        super().__init__(**options)
        self.into.choices = [("", "没有要接手的工作")] + [
            (one.id, one.name) for one in others if one.id != department.id
        ]

    def change_of(self, target: int) -> DepartmentEnd | DepartmentMerger:
        values = self.values("on")
        if self.into.data is None or not self.merges.data:
            return DepartmentEnd(target, **values, successor=self.into.data)
        return DepartmentMerger(target, into=self.into.data, **values)


class GroupForm(ChangeForm):
    name = line_of_text("名称")
    members = SelectMultipleField(
        "成员",
        [MarkedRequired()],
        coerce=parse_row_id,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def __init__(self, departments: list[Department], **options: Any) -> None:
        super().__init__(**options)
        self.members.choices = [(one.id, one.short_name) for one in departments]

    def change_of(self, target: int | None) -> GroupChange:
        chosen = tuple(one for one in self.members.data or () if one)
        return GroupChange(target, **self.values("name"), members=chosen)


class LeaderForm(ChangeForm):
    name = line_of_text("姓名")
    post = line_of_text("职务")
    position = WholeNumberField("次序", [InputRequired("请填写次序，小的排在前面。")])
    serves_from = DayField("任职开始", [Optional()], within=any_year)
    serves_until = DayField("任职截止", [Optional()], within=any_year)
    is_acting = BooleanField("主持工作（职务空缺期间代行）")
    in_overall_charge = BooleanField("全面负责（不勾选的，只负责分管的举措）")
    next_leader = RowSelectField("离任以后，他分管的由谁接着分管")

    def __init__(self, leader: Leader | None, others: list[Leader], **options: Any) -> None:
        super().__init__(**options)
        named = [
            (one.id, f"{one.name}（{one.post}）") for one in others if leader is None or one.id != leader.id
        ]
        self.next_leader.choices = [("", "还没有定，标为“待定分管领导”"), *named]

    def change_of(self, target: int | None) -> LeaderChange:
        names = "name", "post", "position", "serves_from", "serves_until", "is_acting", "next_leader"
        return LeaderChange(target, **self.values(*names, "in_overall_charge"))


class IssuerForm(ChangeForm):
    name = line_of_text("机关全称")
    word = line_of_text("代字")
    superior = StringField("上级机关", filters=[plain_text, strip_text])
    copies_to = StringField("抄送机关", filters=[plain_text, strip_text])
    position = WholeNumberField("次序", [InputRequired("请填写次序，小的排在前面。")])
    is_default = BooleanField("没有另外写明时由它发文")

    def change_of(self, target: int | None) -> IssuerChange:
        names = "name", "word", "superior", "copies_to", "is_default", "position"
        return IssuerChange(target, **self.values(*names))


class ImportForm(FlaskForm):
    kind = OfferedRadioField("哪一种名单", [Chosen()], offered=TableKind, default=TableKind.DEPARTMENTS)
    table = FileField("名单（Excel 或 CSV）", [InputRequired("请选择文件。")])
    on = DayField(
        "从哪一天起更名、撤销，领导任职到哪一天", [InputRequired(NO_DATE)], within=any_year, default=today
    )
    end_missing = BooleanField("表中没有的部门即撤销，没有的领导即离任（仍有工作没有移交的不撤销，会列出来）")

    @property
    def import_terms(self) -> dict[str, Any]:
        """Return the day, and whether missing rows end; the form must be validated first."""
        return {"on": self.on.data, "end_missing": self.end_missing.data}
