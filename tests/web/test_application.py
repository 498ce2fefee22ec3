"""What costs most on a page is done otherwise than Flask, Jinja and WTForms do it, and comes out the same."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment
from markupsafe import Markup
from werkzeug.routing import BuildError
from wtforms import Form, StringField, TextAreaField
from wtforms.validators import DataRequired
from wtforms.widgets import TextArea
from wtforms.widgets.core import Button  # type: ignore[attr-defined]  # left out of its types

from app.web.application import PageApplication, PageEnvironment, write_attributes

VALUES: list[dict[str, Any]] = [
    {"endpoint": "thing", "thing_id": 1},
    {"endpoint": "thing", "thing_id": True},
    {"endpoint": "thing", "thing_id": 1, "page": "1"},
    {"endpoint": "thing", "thing_id": 1, "page": 1, "q": "一 & 二"},
    {"endpoint": "thing", "thing_id": 1, "q": None},
    {"endpoint": "thing", "thing_id": 1, "q": ["a", "b"]},
    {"endpoint": "thing", "thing_id": 1, "_anchor": "节"},
    {"endpoint": "thing", "thing_id": 1, "_external": True},
    {"endpoint": "moved"},
    {"endpoint": "moved", "_method": "POST"},
    {"endpoint": ".thing", "thing_id": 1},
]


@pytest.fixture(scope="module")
def small_app() -> PageApplication:
    app = PageApplication(__name__)
    app.add_url_rule("/things/<int:thing_id>", "thing", lambda thing_id: "")
    app.add_url_rule("/read", "moved", str, methods=["GET"])
    app.add_url_rule("/write", "moved", str, methods=["POST"])
    return app


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("root", ["", "/plan"])
def test_an_address_is_the_one_that_flask_builds_however_often_it_is_asked_for(
    small_app: PageApplication, method: str, root: str
) -> None:
    with small_app.test_request_context("/read", method=method, base_url=f"http://localhost{root}"):
        for _ in range(2):
            for values in VALUES:
                assert small_app.url_for(**values) == Flask.url_for(small_app, **values)


def test_an_address_that_cannot_be_built_is_refused_each_time(small_app: PageApplication) -> None:
    with small_app.test_request_context("/read"):
        for _ in range(2):
            with pytest.raises(BuildError):
                small_app.url_for("thing")


ATTRIBUTES: list[Any] = [True, False, None, 3, "", "a", 'a"<b>&', Markup('a"<b>&amp;')]


@pytest.mark.parametrize("value", ATTRIBUTES)
def test_attributes_are_written_as_the_form_library_writes_them(value: Any) -> None:
    attributes = {"value": value, "class_": value, "aria_label": "一", "data_keep": value, "id": "x"}
    assert write_attributes(**attributes) == Button.html_params(**attributes)


def test_fields_show_what_their_validators_ask_of_the_browser(app: Flask) -> None:
    class ShortForm(Form):
        name = StringField("名称", [DataRequired()])
        text = TextAreaField("正文", [DataRequired()], widget=TextArea())

    form = ShortForm(name='a"<b>', text="</textarea>")
    assert (
        form.name(class_="x")
        == '<input class="x" id="name" name="name" required type="text" value="a&#34;&lt;b&gt;">'
    )
    assert form.text() == '<textarea id="text" name="text" required>\r\n&lt;/textarea&gt;</textarea>'


MACROS = """{% macro row(a, b="–") %}<{{ a }}{{ b }}{{ caller() if caller }}{{ shared }}{{ kwargs }}>{% endmacro %}"""
LOOP = """
    {% from "macros.html" import row %}
    {% for one in [1, "<"] %}
        {{ row(one) }}{{ row(one, b=loop.index, c=2) }}{% call row(one) %}{{ loop.last }}{% endcall %}
    {% endfor %}"""
WITH_CONTEXT = """{% from "macros.html" import row with context %}{{ row(own) }}{% include "loop.html" %}"""
TEMPLATES = {"macros.html": MACROS, "loop.html": LOOP, "with.html": WITH_CONTEXT}


@pytest.mark.parametrize("name", ["loop.html", "with.html"])
def test_macros_give_what_the_template_library_makes_of_them(small_app: PageApplication, name: str) -> None:
    ours = PageEnvironment(small_app, loader=DictLoader(TEMPLATES), autoescape=True)
    theirs = Environment(loader=DictLoader(TEMPLATES), autoescape=True)
    for environment in (ours, theirs):
        environment.globals["shared"] = "&"
    assert ours.get_template(name).render(own="'") == theirs.get_template(name).render(own="'")
