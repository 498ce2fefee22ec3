"""Payloads in every stored text, in a real Chromium: nothing runs, nothing is asked for, the policy refuses nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Served
from tests.security.payload_world import poisoned
from tests.security.payloads import MARK
from tests.security.walk import pages_for
from tests.web.subjects import path_to

pytestmark = pytest.mark.browser

FILES = ("download", "xlsx", ".pdf", ".png", "/attachments/", "/scans/", "/login")


@pytest.mark.parametrize(("who", "sign"), [("filer", "F"), ("office", "O"), ("leader", "L")])
def test_nothing_of_what_is_stored_comes_to_life(app: Flask, site: Served, who: str, sign: str) -> None:
    asked: list[str] = []
    with site.signed_in(who) as page:
        subjects = poisoned(app, site.world)
        page.on("request", lambda request: asked.append(described(request)))
        page.on("dialog", lambda dialog: asked.append(dialog.message))
        for route in pages_for(sign):
            if not any(word in route.rule for word in FILES):
                page.goto(path_to(route, subjects), wait_until="load")
                use(page)
                assert page.evaluate("window.gotcha") is None, route
    assert len(asked) > 20
    assert [address for address in asked if MARK in address] == []
    sent = {address for address in asked if not address.startswith("GET ")}
    assert all(address.endswith("/presence") for address in sent), "but for saying that somebody is there"


def described(request: Request) -> str:
    """Return method and address of a request."""
    return f"{request.method} {request.url}"


def use(page: Page) -> None:
    """Wait for the fragments; then touch what a payload might have laid a trap on."""
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.evaluate(
        """() => document.querySelectorAll("main *").forEach((element) => {
            for (const kind of ["mouseover", "focus", "load", "error"]) element.dispatchEvent(new Event(kind));
        })"""
    )
