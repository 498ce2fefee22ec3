"""The filter of the register, which is kept in the page's address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Optional

from app.base.clock import today
from app.base.days import any_year, written_day
from app.base.errors import BadInput
from app.base.text import parse_number, plain_text, quoted_input
from app.directives.core.life_cycle import UNSETTLED, DirectiveKind, DirectiveState
from app.directives.core.models import Directive
from app.directives.core.queries import (
    about_measures,
    addressed_to,
    item_ids_below,
    waits_for_confirmation,
)
from app.org.models import Department, Leader
from app.plan.core.models import PlanItem
from app.web.forms import AtMost, DayField, OfferedSelectField, RowSelectField

FILTER_LENGTH = 64
ANY = "全部"
STANDINGS: Mapping[str, str] = {
    "unsettled": "未销号",
    "overdue": "已逾期",
    "extension": "延期待批",
    "unconfirmed": "手写待确认",
    **{one.value: one.label for one in DirectiveState},
}


def asks_for_own(scope: str) -> bool:
    """Return whether a leader asks only for his own directives. Raises BadInput for an unknown scope."""
    if scope not in ("", "own", "all"):
        raise BadInput(f"没有{quoted_input(scope)}这个范围，请在页面上方选我的批示、全部。")
    return scope != "all"


class RegisterFilter(FlaskForm):
    """The filter as read from the address. A value that cannot be read filters nothing and is reported."""

    class Meta:
        csrf = False

    leader = RowSelectField("领导", [Optional()])
    department = RowSelectField("承办部门", [Optional()])
    state = OfferedSelectField("状态", [Optional()], offered=STANDINGS, unset=ANY)
    kind = OfferedSelectField("类别", [Optional()], offered=DirectiveKind, unset=ANY)
    part = RowSelectField("部分", [Optional()])
    due_from = DayField("期限从", [Optional()], within=any_year)
    due_to = DayField("期限到", [Optional()], within=any_year)
    words = StringField("内容或编号", [AtMost(FILTER_LENGTH)], filters=[plain_text])

    def __init__(
        self,
        given: Any,
        *,
        leaders: Iterable[Leader],
        departments: Iterable[Department],
        parts: Iterable[PlanItem],
    ) -> None:
        super().__init__(given)
        self.leader.choices = [("", ANY), *((one.id, one.name_and_post) for one in leaders)]
        self.department.choices = [("", ANY), *((one.id, one.short_name) for one in departments)]
        self.part.choices = [("", ANY), *((one.id, f"{one.plan.year}年：{one.title}") for one in parts)]

    def validate_due_to(self, field: DayField) -> None:
        """Refuse a range that ends before it begins."""
        if field.data and self.due_from.data and field.data < self.due_from.data:
            field.errors = [*field.errors, "“期限到”不能早于“期限从”，请重新选择。"]
            field.data = None

    @property
    def condition(self) -> Any:
        """Return the SQL condition of all filled-in fields."""
        found: Any = Directive.id.is_null(False)
        if self.leader.data and not self.leader.errors:
            found &= (Directive.leader == self.leader.data) | (Directive.written_for == self.leader.data)
        if self.department.data and not self.department.errors:
            found &= Directive.id.in_(addressed_to(frozenset({self.department.data})))
        if self.kind.data:
            found &= Directive.kind == self.kind.data
        if self.part.data and not self.part.errors:
            found &= about_measures(item_ids_below(self.part.data))
        return found & self.state_condition & self.day_condition & self.words_condition

    @property
    def state_condition(self) -> Any:
        if not self.state.data:
            return Directive.id.is_null(False)
        computed = {
            "unsettled": Directive.state.in_(UNSETTLED),
            "overdue": (Directive.state == DirectiveState.OPEN) & (Directive.due_on < today()),
            "extension": Directive.extension_to.is_null(False),
            "unconfirmed": waits_for_confirmation(),
        }
        return computed.get(self.state.data, Directive.state == self.state.data)

    @property
    def day_condition(self) -> Any:
        found: Any = Directive.id.is_null(False)
        if self.due_from.data and not self.due_from.errors:
            found &= Directive.due_on >= self.due_from.data
        if self.due_to.data and not self.due_to.errors:
            found &= Directive.due_on <= self.due_to.data
        return found

    @property
    def words_condition(self) -> Any:
        """Return the condition that every word is in the text or is the number."""
        found: Any = Directive.id.is_null(False)
        for word in (self.words.data or "").split() if not self.words.errors else ():
            holds = Directive.text.contains(word)
            number = parse_number(word)
            found &= holds if number is None else holds | (Directive.number == number)
        return found

    @property
    def in_words(self) -> str:
        """Return the filter in words, 领导：周示例（副主任），状态：待办理; "" without a filter."""
        return "，".join(
            f"{field.label.text}：{shown_value(field)}" for field in self if field.data and not field.errors
        )

    @property
    def has_further(self) -> bool:
        """Return whether one of the folded fields is filled in: any but the state and the words."""
        return bool(set(self.values) - {"state", "words"}) or bool(self.errors)

    @property
    def values(self) -> dict[str, str]:
        """Return the filter as address arguments, for links to further pages and to the workbook."""
        return {field.short_name: field.raw_data[0] for field in self if field.raw_data and field.raw_data[0]}


def shown_value(field: Any) -> str:
    if isinstance(field, DayField):
        return written_day(field.data)
    labels = (
        {str(value): label for value, label, *_ in field.iter_choices()}
        if hasattr(field, "iter_choices")
        else {}
    )
    return str(labels.get(str(field.data), field.data))
