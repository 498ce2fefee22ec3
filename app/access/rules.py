"""Which roles exclude each other, and rules for account names and telephone numbers."""

from __future__ import annotations

import re
from datetime import timedelta

from app.authority.roles import ADMINISTRATION, Role
from app.base.text import text_problem

EMAIL = re.compile(r"[^@\s<>,;\"()]+@[A-Za-z0-9.-]+", re.ASCII)
EMAIL_LENGTH = 254
PHONE_LENGTH = 32
# How far ahead a seat is delegated, or its work handed over: three months, whichever they are.
LONGEST_DELEGATION = timedelta(days=92)
# Figures, with what stands between them and behind them: +86 21 1234-5678 转 8012（内线）.
PHONE = re.compile(r"(?=.{3,32}$)\+?[0-9][0-9 \-()（）/、,，转内线分机]*")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}", re.ASCII)
SEAT_LENGTH, ACCOUNT_PERSON_LENGTH = 64, 30
# From where an account logged in so long ago is not known any more.
KNOWN_FOR = timedelta(days=90)


def role_clash(held: frozenset[Role], granted: Role) -> str | None:
    """Return why `granted` is incompatible with the roles `held`, or None (三权分立)."""
    if granted in ADMINISTRATION and held - {granted}:
        return f"{granted.label}不得兼任其他角色。请先收回现有授权，或另建账号。"
    if held & ADMINISTRATION - {granted}:
        return "该账号已是管理员，不得兼任业务角色。请另建账号。"
    return None


def email_problem(address: str) -> str | None:
    if len(address) > EMAIL_LENGTH or not EMAIL.fullmatch(address) or not address.isascii():
        return f"“{address[:64]}”不是电子邮件地址，请写成 name@example.gov.cn 的样子。"
    return None


def phone_problem(phone: str) -> str | None:
    """Return what is wrong with a telephone number, or ""; none is fine."""
    if phone and not PHONE.fullmatch(phone):
        return (
            f"“{phone[:PHONE_LENGTH]}”不是电话号码，请写成 021-12345678、13812345678 或 8012（内线）的样子。"
        )
    return None


def account_problems(username: str, seat: str, person: str) -> dict[str, str]:
    """Return what is wrong with a new account, by field."""
    named = USERNAME.fullmatch(username)
    return {
        "username": "" if named else "用户名写 2 至 32 个小写字母、数字，也可以有 . _ -，以字母或数字开头。",
        "seat": text_problem(seat, "席位", SEAT_LENGTH, when_empty="请填写席位，如“党政办填报员”。"),
        "person": text_problem(person, "姓名", ACCOUNT_PERSON_LENGTH, when_empty="请填写现任人员的姓名。"),
    }
