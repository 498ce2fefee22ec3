"""What a database contains."""

from __future__ import annotations

from enum import Enum, auto

from app.access.models import Account
from app.audit.models import Event
from app.base.database import database
from app.org.models import Department
from app.plan.core.models import Plan

ACCOUNTS_WRITTEN = "write_sample_accounts"


class DatabaseContent(Enum):
    NOTHING = auto()
    SAMPLE = auto()
    FOREIGN = auto()


def content_of_database() -> DatabaseContent:
    """Return whether the database is empty, holds the sample, or what somebody else brought."""
    present = set(database.obj.get_tables())
    filled = (table for table in (Account, Department, Plan) if table._meta.table_name in present)
    if not any(table.select(table.id).exists() for table in filled):
        return DatabaseContent.NOTHING
    has_samples = "account" in present and Account.select(Account.id).where(Account.is_sample).exists()
    return DatabaseContent.SAMPLE if has_samples else DatabaseContent.FOREIGN


def accounts_sha256() -> str:
    """Return the SHA-256 of the table of accounts whose passwords are in force; empty where none was written down."""
    written = (
        Event.select(Event.detail).where(Event.action == ACCOUNTS_WRITTEN).order_by(Event.id.desc()).first()
    )
    return written.detail["sha256"] if written else ""
