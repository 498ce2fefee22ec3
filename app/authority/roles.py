"""The roles that may be granted, and those of the server itself."""

from __future__ import annotations

from enum import StrEnum

from app.base.labels import LabelledEnum


class Role(LabelledEnum):
    FILER = "filer", "部门填报员"
    HEAD = "head", "部门负责人"
    OFFICE = "office", "街道办公室"
    LEADER = "leader", "街道领导"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDITOR = "auditor", "审计管理员"


class ServerRole(StrEnum):
    """Roles of the server itself, which cannot be granted."""

    OPERATOR = "operator"  # anybody who may log in at the shell and runs a command
    WORKER = "worker"  # what is due by itself, and what somebody who was allowed to asked for
    SAMPLE = "sample"  # the first load of the sample


DEPARTMENTAL = frozenset({Role.FILER, Role.HEAD})
BUSINESS = frozenset({Role.FILER, Role.HEAD, Role.OFFICE, Role.LEADER})
ADMINISTRATION = frozenset(Role) - BUSINESS
