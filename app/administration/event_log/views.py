"""The auditor's page of the event log: who did what when, without the content of the business."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, request
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Optional

from app.access.guards import allowed
from app.administration.event_log.queries import condition_of, event_page_of, recorded_kinds
from app.audit.event_kinds import EVENT_LABELS
from app.audit.verification import last_check
from app.authority.policy import Action
from app.base.days import any_year
from app.base.text import plain_text
from app.web.forms import AtMost, DayField, RowSelectField
from app.web.responses import page_asked_for, page_or_fragment

EVENT_FILTER_LENGTH = 64

bp = Blueprint("event_log", __name__, url_prefix="/audit")


class EventFilter(FlaskForm):
    """The filter as read from the address. A value that cannot be read filters nothing and is reported."""

    class Meta:
        csrf = False

    since = DayField("日期从", [Optional()], within=any_year)
    until = DayField("日期到", [Optional()], within=any_year)
    person = StringField("谁", [AtMost(EVENT_FILTER_LENGTH)], filters=[plain_text])
    kind = RowSelectField("办了什么", [Optional()], read=plain_text)
    words = StringField("词或编号", [AtMost(EVENT_FILTER_LENGTH)], filters=[plain_text])

    def __init__(self, given: Any, *, kinds: Iterable[str]) -> None:
        super().__init__(given)
        recorded = frozenset(kinds)
        labels = ((kind, label) for kind, label in EVENT_LABELS.items() if kind in recorded)
        self.kind.choices = [("", "全部"), *labels]

    def validate_until(self, field: DayField) -> None:
        """Refuse a range that ends before it begins."""
        if field.data and self.since.data and field.data < self.since.data:
            field.errors = [*field.errors, "“日期到”不能早于“日期从”，请重新选择。"]

    @property
    def condition(self) -> Any:
        read = {field.short_name: None if field.errors else field.data for field in self}
        return condition_of(
            since=read["since"],
            until=read["until"],
            person=read["person"] or "",
            kind=read["kind"] or "",
            words=(read["words"] or "").split(),
        )

    @property
    def values(self) -> dict[str, str]:
        """Return the filter as address arguments, for links to further pages."""
        return {field.short_name: field.raw_data[0] for field in self if field.raw_data and field.raw_data[0]}


@bp.get("")
@allowed(Action.READ_LOG)
def list_events() -> Response:
    """Show the log, newest first, filtered as the address says: ``?person=张&since=2026-10-09&page=2``."""
    form = EventFilter(request.args, kinds=recorded_kinds())
    form.validate()
    return page_or_fragment(
        "administration/event_log/events.html",
        status=422 if form.errors else 200,
        form=form,
        listed=event_page_of(form.condition, page_asked_for()),
        checked=last_check(),
    )
