"""flask attachments: the files beside filings."""

from __future__ import annotations

import click

from app.filing.attachments import queries, upkeep
from app.filing.attachments.store import current_store
from app.wiring.cli.command_groups import COMMAND_LINE, CommandRefusal, SentenceGroup

attachments = SentenceGroup("attachments", help="佐证材料的文件。")


@attachments.command("verify")
def verify_attachments() -> None:
    """逐个重新计算校验值，核对文件有无丢失或被改动，列出没有记录的文件。"""
    store = current_store()
    faults = tuple(fault.sentence for fault in upkeep.verify_store(store))
    unknown = upkeep.unknown_files(store)
    if unknown:
        click.echo(f"存储里有 {len(unknown)} 个文件在数据库里没有记录，可能属于别的数据库，不会自动删除：")
    for place in unknown:
        click.echo(f"- {place}")
    if faults:
        raise CommandRefusal(f"有 {len(faults)} 个文件与上传时不同，请从备份恢复。", faults)
    click.echo(f"共 {len(queries.kept_files())} 个文件，与上传时一致。")


@attachments.command("sweep")
def sweep_stored_files() -> None:
    """清理移除已满期限、不再需要的文件（每天凌晨也会自动清理）；没有记录的文件不动。"""
    click.echo(f"已清理 {upkeep.delete_unneeded(current_store(), by=COMMAND_LINE)} 个文件。")
