"""What pages write of a value, beside what Jinja itself writes of it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.templating import Environment
from jinja2 import Undefined
from markupsafe import Markup, escape

from app.base.labels import LabelTone
from app.web.page_environment import PageEnvironment, escaped_text


class OwnWords:
    def __html__(self) -> str:
        return "<b>他说</b>"


class OwnMarkup(Markup):
    """A kind of markup that is not Markup itself."""


VALUES = [
    "第一项",
    "<a href='x'>&\"",
    Markup("<i>"),
    OwnMarkup("<u>"),
    OwnWords(),
    45,
    7.5,
    None,
    True,
    ["<"],
]


@pytest.mark.parametrize(
    "value", [*VALUES, LabelTone.GOOD, Undefined(name="nothing")], ids=lambda one: type(one).__name__
)
def test_a_value_stands_in_a_page_as_jinja_would_write_it(value: object) -> None:
    assert escaped_text(value) == escape(value)


def test_whole_templates_come_out_as_jinja_would_write_them() -> None:
    source = """
        {% macro named(value) %}<b>{{ value }}</b>{{ caller() if caller }}{% endmacro %}
        {% set kept %}{{ values[1] }}{% endset %}
        {% for value in values %}{{ value }}{{ named(value) }}{{ value ~ kept }}{{ "<" }}{% endfor %}
        {% call named(kept) %}{{ values[1] | upper }}{{ values[1] | safe }}{% endcall %}
        {% filter upper %}{{ values[1] }}{% endfilter %}
        {% autoescape false %}{{ values[1] }}{% endautoescape %}
        {% autoescape values %}{{ values[1] }}{% endautoescape %}
    """
    jinja, pages = (kind(Flask(__name__)).from_string(source) for kind in (Environment, PageEnvironment))
    assert pages.render(values=VALUES) == jinja.render(values=VALUES)
    assert "&lt;a href=&#39;x&#39;&gt;" in pages.render(values=VALUES)
