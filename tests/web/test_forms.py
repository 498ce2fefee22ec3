"""How what people type becomes plain values, and what they are told where it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.core import UnboundField
from wtforms.validators import AnyOf, Length
from wtforms.widgets import html_params

from app.filing.core.measure_status import MeasureStatus
from app.web.forms import (
    AtMost,
    Chosen,
    OfferedRadioField,
    OfferedSelectField,
    RowSelectField,
    WholeNumberField,
    member_of,
    read_whole_number,
    write_attributes,
)


@pytest.mark.parametrize("typed", ["76", "76%", " 76 ", "７６", "７６％", "76 %", "076", "　76　"])
def test_a_number_is_understood_as_people_type_it(typed: str) -> None:
    assert read_whole_number(typed, "%") == 76


@pytest.mark.parametrize("typed", ["七成", "76.5", "7 6", "76%%", "1_000", "1e2", "约76", "%"])
def test_what_is_no_whole_number_is_named(typed: str) -> None:
    with pytest.raises(ValueError, match="不是整数，请填写整数"):
        read_whole_number(typed, "%")


@pytest.mark.parametrize("typed", ["9" * 19, "9" * 5000])
def test_a_number_that_nothing_needs_is_out_of_range(typed: str) -> None:
    with pytest.raises(ValueError, match="超出范围"):
        read_whole_number(typed, "%")


@given(st.integers(-(10**8), 10**8))
def test_every_whole_number_comes_back(number: int) -> None:
    assert read_whole_number(f" {number}% ", "%") == number


def test_a_value_that_is_none_of_the_choices_is_no_choice() -> None:
    status = member_of(MeasureStatus)
    assert status("lagging") is MeasureStatus.LAGGING
    assert status("") is None
    assert status("bogus") is None


ATTRIBUTE_NAMES = st.sampled_from(
    ["class_", "data_grows", "aria_label", "data-open", "value", "required", "x_y"]
)
ATTRIBUTE_VALUES = st.booleans() | st.none() | st.integers() | st.text() | st.builds(Markup, st.text())


@given(st.dictionaries(ATTRIBUTE_NAMES, ATTRIBUTE_VALUES))
def test_attributes_are_written_as_the_library_writes_them(attributes: dict[str, object]) -> None:
    assert write_attributes(**attributes) == html_params(**attributes)


class SampleForm(FlaskForm):
    status = OfferedRadioField("举措状态", [Chosen()], offered=MeasureStatus)
    urgency = OfferedSelectField("紧急程度", offered={"加急": "加急"}, unset="（无）")
    department = RowSelectField("部门", [Chosen()], choices={"": "请选择", "7": "管理办"})
    first = WholeNumberField("起始号")
    note = StringField("附注", [AtMost(3)])


SENT = {"status": "lagging", "urgency": "加急", "department": "7", "first": "12", "note": "一二三"}


def sample_form(app: Flask, **sent: str) -> SampleForm:
    app.config["WTF_CSRF_ENABLED"] = False
    with app.test_request_context("/", method="POST", data={**SENT, **sent}):
        form = SampleForm()
        form.validate()
        return form


def test_choices_become_members_and_numbers_of_rows(app: Flask) -> None:
    form = sample_form(app)
    assert form.errors == {}
    assert form.status.data is MeasureStatus.LAGGING
    assert (form.urgency.data, form.department.data, form.first.data) == ("加急", 7, 12)
    assert sample_form(app, urgency="").urgency.data is None


@pytest.mark.parametrize(
    ("field", "sent", "sentence"),
    [
        ("status", "", "请选择举措状态。"),
        ("status", "bogus", "请选择举措状态。"),
        ("urgency", "最急", "请选择紧急程度。"),
        ("department", "", "请选择部门。"),
        ("department", "8", "请选择部门。"),
        ("department", "管理办", "请选择部门。"),
        ("first", "十二", "“十二”不是整数，请填写整数，如 76。"),
        ("note", "一二三四", "附注共 4 字，请控制在 3 字以内。"),
    ],
)
def test_every_mistake_is_named_in_one_chinese_sentence(
    app: Flask, field: str, sent: str, sentence: str
) -> None:
    assert sample_form(app, **{field: sent}).errors == {field: [sentence]}


def declared_fields() -> Iterator[tuple[str, UnboundField]]:
    forms = [FlaskForm]
    for form in forms:
        forms += form.__subclasses__()
        for name, field in vars(form).items():
            if isinstance(field, UnboundField) and form.__module__.startswith("app."):
                yield f"{form.__module__}.{form.__name__}.{name}", field


def test_no_form_speaks_the_library_s_english(app: Flask) -> None:
    """Its own fields for choices and numbers, and its own limits, answer in English."""
    ours = {
        SelectField: (OfferedSelectField, RowSelectField),
        RadioField: OfferedRadioField,
        IntegerField: WholeNumberField,
    }
    for place, field in declared_fields():
        for library, fields in ours.items():
            if issubclass(field.field_class, library) and field.field_class is not SelectMultipleField:
                assert issubclass(field.field_class, fields), place
        validators = next((part for part in (*field.args[1:2], field.kwargs.get("validators")) if part), ())
        for validator in validators:
            assert not isinstance(validator, AnyOf) and type(validator) is not Length, place
