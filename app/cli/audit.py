"""flask audit: the log."""

from __future__ import annotations

import click

from app.audit.models import Event
from app.audit.queries import verify
from app.cli.groups import Refusal, SentenceGroup

audit = SentenceGroup("audit", help="操作记录。")


@audit.command("verify")
def verify_() -> None:
    """逐条核对操作记录有无被改动。"""
    broken = verify()
    if broken is not None:
        raise Refusal(broken.sentence)
    click.echo(f"共 {Event.select().count()} 条记录，逐条相接，未被改动。")
