"""What an account may be called, and for how long a place is known from which it logged in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.access.rules import KNOWN_FOR, account_problems, email_problem


def test_how_long_a_place_is_known() -> None:
    assert timedelta(days=90) == KNOWN_FOR


def test_a_new_account_is_named_within_its_columns() -> None:
    assert not any(account_problems("a1", "席" * 64, "名" * 30).values())
    problems = account_problems("a", "席" * 65, "名" * 31)
    assert problems["username"].startswith("用户名写 2 至 32 个")
    assert problems["seat"] == "席位共 65 字，请控制在 64 字以内。"
    assert problems["person"] == "姓名共 31 字，请控制在 30 字以内。"
    assert [bool(account_problems("a" * length, "席", "名")["username"]) for length in (32, 33)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(("length", "is_one"), [(254, True), (255, False)])
def test_a_mail_address_is_as_long_as_mail_takes_it(length: int, is_one: bool) -> None:
    address = "a" * (length - len("@example.gov.cn")) + "@example.gov.cn"
    assert (email_problem(address) is None) is is_one
    assert email_problem("张三@example.gov.cn") and email_problem("a@b@c")


def test_of_what_is_no_mail_address_the_beginning_is_named() -> None:
    assert (email_problem("甲" * 65) or "").startswith(f"“{'甲' * 64}”不是电子邮件地址")
