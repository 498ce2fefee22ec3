"""What views answer with: one address serves a page to links and forms, and its fragment to scripts."""

from __future__ import annotations

import pytest
from flask import Flask

from app.base.errors import BadInput
from app.base.text import quoted_input
from app.web.responses import file_response, is_htmx_request, page_asked_for

FROM_SCRIPT = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("headers", "is_script"), [(FROM_SCRIPT, True), ({}, False), ({"HX-Request": "false"}, False)]
)
def test_only_what_a_script_sends_is_answered_with_a_fragment(
    app: Flask, headers: dict[str, str], is_script: bool
) -> None:
    with app.test_request_context(headers=headers):
        assert is_htmx_request() is is_script


@pytest.mark.parametrize("headers", [{}, FROM_SCRIPT])
@pytest.mark.parametrize("path", ["/login", "/nowhere", "/plan"])
def test_caches_keep_page_and_fragment_of_one_address_apart(
    app: Flask, path: str, headers: dict[str, str]
) -> None:
    """Of a page, an error, and the way to the log-in."""
    assert "HX-Request" in app.test_client().get(path, headers=headers).vary


@pytest.mark.parametrize(("written", "number"), [("", 1), ("page=", 1), ("page=2", 2), ("page=999", 999)])
def test_an_address_says_which_page_of_a_list_it_is(app: Flask, written: str, number: int) -> None:
    with app.test_request_context(f"/?{written}"):
        assert page_asked_for() == number


@pytest.mark.parametrize("written", ["x", "0", "-1", "1.5", "9" * 30])
def test_a_page_that_there_is_not_is_refused_in_words(app: Flask, written: str) -> None:
    with (
        app.test_request_context(f"/?page={written}"),
        pytest.raises(BadInput, match=f"没有第{quoted_input(written)}页，请从列表下方翻页。"),
    ):
        page_asked_for()


def test_a_file_comes_under_its_chinese_name_and_no_cache_keeps_it(app: Flask) -> None:
    with app.test_request_context():
        answer = file_response(b"PK", "application/zip", "2026年发文登记簿.xlsx")
        answer.direct_passthrough = False
        assert answer.data == b"PK"
        assert "%E7%99%BB%E8%AE%B0%E7%B0%BF.xlsx" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "private, no-store"
