"""Every address that a template names is one of the application's."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask
from jinja2 import nodes

from tests.structure.test_dead_code import parsed_templates

# What takes the name of an endpoint: Flask's own function, and the macro of a draft's buttons.
TAKING_ENDPOINTS = {"url_for", "block_action"}


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
