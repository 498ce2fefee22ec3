"""Flask, Jinja and WTForms as they come, but for what costs most on a page: addresses, macros and attributes.

What is changed gives the same as before, and a test compares; nothing here knows a feature.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request
from flask.templating import Environment
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from werkzeug.routing import Rule
from wtforms.fields.core import Flags
from wtforms.meta import clean_key  # type: ignore[attr-defined]  # left out of its types
from wtforms.widgets import core

# Pages lead to measures, filings, directives and documents, each under its number.
ADDRESSES_KNOWN = 8192
# Of these alone equal values have equal addresses: True is 1, and is written otherwise.
PLAIN_VALUES = frozenset({int, str, type(None)})


class LateRule(Rule):
    """A route that compiles what builds its addresses for the first of them: for all routes it is most of a start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        # Werkzeug's own; under another name there, routes are only compiled early again.
        compile_now = super()._compile_builder
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(compile_now(append_unknown))
            return compiled[0](rule, **values)

        return build


class PageContext(Context):
    def call(self, called: Any, /, *args: Any, **values: Any) -> Any:
        """Call a macro without asking first what it would like to be handed: that is most of what is called."""
        if type(called) is not Macro:
            return super().call(called, *args, **values)
        values.pop("_block_vars", None)
        values.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **values)


class PageTemplate(Template):
    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """Return the macros of a template that is imported, without looking for globals of one template alone: all
        templates have those of the environment.
        """
        return super()._get_default_module()


class PageEnvironment(Environment):
    context_class = PageContext
    template_class = PageTemplate


class PageApplication(Flask):
    """The application; an address that was built before is not built again."""

    jinja_environment = PageEnvironment
    url_rule_class = LateRule

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)

        @lru_cache(ADDRESSES_KNOWN)
        def known_address(_method: str, _root: str, endpoint: str, *values: tuple[str, Any]) -> str:
            return Flask.url_for(self, endpoint, **dict(values))

        self.known_address = known_address

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """Return an address as Flask does; within a request it depends on its method and the root alone."""
        is_plain = all(type(value) in PLAIN_VALUES for value in values.values())
        if not is_plain or endpoint.startswith(".") or not has_request_context():
            return super().url_for(endpoint, **values)
        return self.known_address(request.method, request.root_path, endpoint, *values.items())


def write_attributes(**attributes: Any) -> Markup:
    """Return attributes of HTML as WTForms writes them, without taking each through Markup.format."""
    written = []
    for key, value in sorted(attributes.items()):
        name = clean_key(key)
        if value is True:
            written.append(name)
        elif value is not False:
            text = str(escape(value)).replace('"', "&quot;")
            written.append(f'{name}="{text}"')
    return Markup(" ".join(written))  # noqa: S704  # all of it was escaped


# Whatever form is shown: the widgets of WTForms write their attributes so, and look at the flags of a field alone.
core.html_params = write_attributes
core.Input.html_params = staticmethod(write_attributes)  # type: ignore[method-assign]  # of the same kind
Flags.__dir__ = lambda self: list(vars(self))  # type: ignore[method-assign]  # without those of every object
