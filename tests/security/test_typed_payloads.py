"""Payloads in every field of every form and in every query: whatever becomes of them, the answer holds only text."""

from __future__ import annotations

from itertools import product
from typing import Any, ClassVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.test import TestResponse

from app.filing.core.models import Filing
from tests.clients import HTMX, TOKEN
from tests.security.forms_on_pages import FoundForm, forms_on
from tests.security.payload_world import walk_the_life_cycle
from tests.security.payloads import (
    ALL_OF_THEM,
    MARK,
    PAYLOADS,
    harm_in,
    tree_of,
)
from tests.security.walk import pages_for, signed_in, walk
from tests.web.subjects import one_of_everything, path_to
from tests.world import PASSWORD, World

NAMES = (
    "next",
    "period",
    "state",
    "department",
    "part",
    "role",
    "by",
    "page",
    "beside",
    "scope",
    "read",
    "tick",
)


def check(answer: TestResponse) -> bool:
    """Hold an answer to being harmless; return whether it repeats what was sent."""
    assert answer.status_code < 500, answer.request.path
    assert "\n" not in answer.headers.get("Location", "")
    if answer.mimetype != "text/html" or MARK not in answer.text:
        return False
    assert harm_in(tree_of(answer.text)) == [], answer.request.path
    return True


@pytest.mark.parametrize(("sign", "at_least"), [("F", 6), ("H", 8), ("O", 14), ("L", 1)])
def test_what_is_typed_comes_back_as_text(app: Flask, world: World, sign: str, at_least: int) -> None:
    subjects = one_of_everything(app, world)
    walk_the_life_cycle(world)
    client = signed_in(app, world, sign)
    pages = [answer for _, answer in walk(client, sign, subjects)]
    for filing, place in product(Filing.select(), ("/filings/{}", "/review/{}", "/filings/{}/attachments")):
        pages.append(client.get(place.format(filing.id)))
    texts = [page.text for page in pages if page.mimetype == "text/html"]
    forms = {form.action: form for text in texts for form in forms_on(text)}
    assert len(forms) >= at_least, sorted(forms)
    assert sum([echoes(client, form) for form in forms.values()]) >= at_least


def echoes(client: FlaskClient, form: FoundForm) -> int:
    """Send a form in every way; return how many answers repeated what was sent."""
    answers = [
        client.post(form.action, data=form.tampered()),
        client.post(form.action, data=form.tampered(), headers=HTMX),
        client.post(form.action, data=form.honest("x" * 10_000 + ALL_OF_THEM)),
        client.post(form.action, data=form.honest(ALL_OF_THEM[:150]), headers=HTMX),
    ]
    return sum(check(answer) for answer in answers)


class NotedValues(ImmutableMultiDict[str, str]):
    """The values of an address, which note what was looked up among them."""

    looked_up: ClassVar[set[str]] = set()

    def __getitem__(self, name: str) -> str:
        self.looked_up.add(name)
        return super().__getitem__(name)

    def getlist(self, name: str, *options: Any, **named: Any) -> list[Any]:
        self.looked_up.add(name)
        return super().getlist(name, *options, **named)


@pytest.mark.parametrize("sign", "FO")
def test_what_an_address_asks_for_comes_back_as_text(app: Flask, world: World, sign: str) -> None:
    """Every name at once, then each that the page looked up by itself, as one alone may be refused for another."""
    noting: Any = {"parameter_storage_class": NotedValues}
    app.request_class = type("NotingRequest", (app.request_class,), noting)
    subjects, client, repeated = one_of_everything(app, world), signed_in(app, world, sign), 0
    for route in pages_for(sign):
        path = path_to(route, subjects)
        NotedValues.looked_up.clear()
        for names in (NAMES, ()):
            check(client.get(path, query_string=dict.fromkeys(names, ALL_OF_THEM)))
        for name in sorted(NotedValues.looked_up):
            repeated += check(client.get(path, query_string={name: ALL_OF_THEM}))
    assert repeated > 0


def test_what_somebody_types_at_the_door_comes_back_as_text(app: Flask, world: World) -> None:
    client, repeated = FlaskClient(app), 0
    for payload in PAYLOADS:
        repeated += check(client.get("/login", query_string={"next": payload}))
        token = TOKEN.search(client.get("/login").text)
        assert token
        sent = {"username": payload[:60], "password": PASSWORD, "csrf_token": token[1]}
        repeated += check(client.post("/login", query_string={"next": payload}, data=sent))
        repeated += check(client.get(f"/{payload}"))
    assert repeated >= len(PAYLOADS)
