"""flask audit: the log."""

from __future__ import annotations

import click

from app.audit.verification import verify_log
from app.wiring.cli.command_groups import CommandRefusal, SentenceGroup

audit = SentenceGroup("audit", help="操作记录。")


@audit.command("verify")
def verify_event_log() -> None:
    """逐条核对操作记录，并与锚点核对；完好时退出码为 0，有问题时为 1。"""
    report = verify_log()
    for note in report.notes:
        click.echo(f"注意：{note}")
    last = report.last_anchor
    after = f"；最后一个锚点写于 {last.written_at_text}，其后写入 {report.unanchored} 条" if last else ""
    click.echo(f"共 {report.events} 条记录{after}。")
    if not report.is_intact:
        sentences = tuple(finding.sentence for finding in report.findings)
        raise CommandRefusal("操作记录不可信。请保留现场，联系安全管理员和审计员。", sentences)
    click.echo(f"逐条相接，{'与锚点相符，' if last else ''}未被改动。")
