"""Roles, what excludes what, and the rules for passwords."""

from __future__ import annotations

import re
from datetime import timedelta

from app.labels import Labelled


class Role(Labelled):
    """What a seat is for."""

    FILER = "filer", "部门填报员"
    HEAD = "head", "部门负责人"
    OFFICE = "office", "街道办公室"
    LEADER = "leader", "街道领导"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDITOR = "auditor", "审计管理员"


DEPARTMENTAL = frozenset({Role.FILER, Role.HEAD})
BUSINESS = frozenset({Role.FILER, Role.HEAD, Role.OFFICE, Role.LEADER})
ADMINISTRATION = frozenset(Role) - BUSINESS

EMAIL = re.compile(r"[^@\s<>,;\"()]+@[A-Za-z0-9.-]+", re.ASCII)
EMAIL_LENGTH = 254

PASSWORD_LENGTH = 12
PASSWORD_CLASSES = 3
PASSWORD_AGE = timedelta(days=90)
PASSWORDS_REMEMBERED = 5
CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
COMMON = (
    "password",
    "admin",
    "qwerty",
    "huayang",
    "jiedao",
    "123456",
    "abcdef",
    "111111",
    "000000",
    "letmein",
)


def clash(held: frozenset[Role], granted: Role) -> str | None:
    """Return why `granted` cannot stand beside the roles `held`, or None (三权分立)."""
    if granted in ADMINISTRATION and held - {granted}:
        return f"{granted.label}不得兼任其他角色。请先收回现有授权，或另建账号。"
    if held & ADMINISTRATION - {granted}:
        return "该账号已是管理员，不得兼任业务角色。请另建账号。"
    return None


def password_problem(password: str, *, username: str) -> str | None:
    """Return what is wrong with a new password as a sentence, or None."""
    if len(password) < PASSWORD_LENGTH:
        return f"密码至少 {PASSWORD_LENGTH} 个字符，请再长一些。"
    if sum(bool(re.search(pattern, password)) for pattern in CLASSES) < PASSWORD_CLASSES:
        return "密码须含大写字母、小写字母、数字、符号中的至少三类。"
    lowered = password.lower()
    if username.lower() in lowered or any(word in lowered for word in COMMON):
        return "密码含有用户名或常见词，容易被猜到，请换一个。"
    return None


def email_problem(address: str) -> str | None:
    """Return what is wrong with a mail address as a sentence, or None."""
    if len(address) > EMAIL_LENGTH or not EMAIL.fullmatch(address) or not address.isascii():
        return f"“{address[:64]}”不是电子邮件地址，请写成 name@example.gov.cn 的样子。"
    return None
