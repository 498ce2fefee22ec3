"""The macros of forms.html tie a field to everything that is said about it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from jinja2 import Environment, FileSystemLoader
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.web.forms import MarkedLimit
from app.web.template_functions import field_control, remark_ids
from tests.structure.project_files import ROOT

REQUIRED = InputRequired("请填写本项。")
ENVIRONMENT = Environment(loader=FileSystemLoader(ROOT / "templates"), autoescape=True)
ENVIRONMENT.globals.update(field_control=field_control, remark_ids=remark_ids)


class Sample(Form):
    name = StringField("名称", [REQUIRED])
    text = TextAreaField("进展情况", [REQUIRED, MarkedLimit(200)])
    choice = SelectField("年底预计", [REQUIRED], choices=["能够完成", "不能完成"])
    status = RadioField("状态", [REQUIRED], choices=["正常", "滞后"])
    note = StringField("说明")


class Tags(HTMLParser):
    """Notes the attributes of every tag."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[dict[str, str | None]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(dict(attrs))

    def having(self, name: str) -> list[str]:
        return [tag[name] or "" for tag in self.tags if name in tag]


def render(source: str, **context: object) -> str:
    return ENVIRONMENT.from_string('{% import "macros/forms.html" as forms %}' + source).render(**context)


def mistaken() -> Sample:
    form = Sample(MultiDict({"name": ""}))
    form.validate()
    return form


@pytest.mark.parametrize(
    "call",
    [
        "forms.text_field(form.name, '提示')",
        "forms.text_field(form.name, '提示', unit='%')",
        "forms.text_area(form.text, '提示')",
        "forms.select_field(form.choice, '提示')",
        "forms.radio_field(form.status, '提示')",
    ],
)
def test_hint_and_mistake_are_tied_to_the_field(call: str) -> None:
    page = Tags(render("{{ " + call + " }}", form=mistaken()))
    (described_by,) = page.having("aria-describedby")
    assert len(described_by.split()) >= 2
    assert set(described_by.split()) <= set(page.having("id"))


@pytest.mark.parametrize(
    "call", ["text_field(form.name, %s)", "text_area(form.text, %s)", "select_field(form.choice, %s)"]
)
def test_further_attributes_reach_the_control(call: str) -> None:
    page = Tags(render("{{ forms." + call % 'autocomplete="off"' + " }}", form=Sample()))
    assert page.having("autocomplete") == ["off"]


def test_a_long_text_counts_up_to_the_limit_that_its_field_has() -> None:
    page = Tags(render("{{ forms.text_area(form.text) }}", form=Sample()))
    assert (page.having("data-limit"), page.having("maxlength")) == (["200"], [])


def test_every_mistake_is_listed_as_a_link_to_its_field() -> None:
    form = mistaken()
    summary = Tags(render("{{ forms.error_summary(form) }}", form=form))
    fields = Tags("".join(str(field()) for field in form))
    targets = [href.removeprefix("#") for href in summary.having("href")]
    assert len(targets) == len(form.errors) == 4
    assert set(targets) <= set(fields.having("id"))


def test_a_form_without_mistakes_has_no_summary() -> None:
    assert render("{{ forms.error_summary(form) }}", form=Sample()).strip() == ""


def test_only_what_may_stay_empty_is_marked() -> None:
    assert "（选填）" in render("{{ forms.text_field(form.note) }}", form=Sample())
    assert "（选填）" not in render("{{ forms.text_field(form.name) }}", form=Sample())


def test_a_field_that_says_so_is_marked_as_required() -> None:
    form = Sample()
    form.name.description = "必填"
    assert "（必填）" in render("{{ forms.text_field(form.name) }}", form=form)


def test_the_values_are_escaped() -> None:
    form = Sample(MultiDict({"text": "</textarea><script>"}))
    assert "<script>" not in render("{{ forms.text_area(form.text) }}", form=form)


def test_many_choices_stand_in_columns() -> None:
    class Departments(Form):
        few = RadioField("主办", choices=["经发办", "城管办"])
        many = RadioField("协办", choices=[f"第{number}居民区" for number in range(1, 28)])

    form = Departments()
    assert "choices-columns" in render("{{ forms.radio_field(form.many) }}", form=form)
    assert "choices-columns" not in render("{{ forms.radio_field(form.few) }}", form=form)
    assert "choices-columns" not in render("{{ forms.radio_field(form.many, inline=true) }}", form=form)
