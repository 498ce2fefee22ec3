"""Roles, what excludes what, and what locks an account."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Lockout:
    """How many wrong passwords in a row lock an account, and for how long."""

    after: int = 5
    lasting: timedelta = timedelta(minutes=30)


def clash(held: frozenset[Role], granted: Role) -> str | None:
    """Return why `granted` cannot stand beside the roles `held`, or None (三权分立)."""
    if granted in ADMINISTRATION and held - {granted}:
        return f"{granted.label}不得兼任其他角色。请先收回现有授权，或另建账号。"
    if held & ADMINISTRATION - {granted}:
        return "该账号已是管理员，不得兼任业务角色。请另建账号。"
    return None


def email_problem(address: str) -> str | None:
    """Return what is wrong with a mail address as a sentence, or None."""
    if len(address) > EMAIL_LENGTH or not EMAIL.fullmatch(address) or not address.isascii():
        return f"“{address[:64]}”不是电子邮件地址，请写成 name@example.gov.cn 的样子。"
    return None
