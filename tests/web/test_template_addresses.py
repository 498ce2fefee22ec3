"""Every address that a template names is one of the application's; none is compiled before it is built, no template
twice.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, url_for
from jinja2 import nodes
from werkzeug.routing import Rule

from app import build_pages
from tests.structure.test_dead_code import parsed_templates

# What takes the name of an endpoint: Flask's own function, that for rows, and the macro of a draft's buttons.
TAKING_ENDPOINTS = {"url_for", "block_action", "row_addresses"}


def endpoints_in(template: nodes.Template) -> Iterator[str]:
    for call in template.find_all(nodes.Call):
        named = isinstance(call.node, nodes.Name) and call.node.name in TAKING_ENDPOINTS
        if named and isinstance(call.args[0], nodes.Const):
            yield call.args[0].value


def test_every_endpoint_in_a_template_is_there(app: Flask) -> None:
    found = {
        endpoint: path.name
        for path, template in parsed_templates().items()
        for endpoint in endpoints_in(template)
    }
    assert len(found) > 50
    assert {endpoint: name for endpoint, name in found.items() if endpoint not in app.view_functions} == {}


def test_no_address_is_compiled_before_it_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = []
    compile_builder = Rule._compile_builder

    def note(rule: Rule, append_unknown: bool) -> object:
        compiled.append(rule.rule)
        return compile_builder(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", note)
    app = build_pages()
    assert compiled == []
    with app.test_request_context():
        assert url_for("access.show_login", next="/plan") == url_for("access.show_login", next="/plan")
    assert compiled.count("/login") == 1


def test_every_template_stays_compiled(app: Flask) -> None:
    names = app.jinja_env.list_templates(["html"])
    loaded = [app.jinja_env.get_template(name) for name in names]
    assert names
    assert [app.jinja_env.get_template(name) for name in names] == loaded
