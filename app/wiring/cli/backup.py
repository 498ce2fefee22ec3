"""flask backup: everything needed to rebuild the installation, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from app.authority.actor import SYSTEM
from app.base.settings.current import current_settings
from app.maintenance.backup import operations
from app.maintenance.backup.operations import TakenBackup
from app.maintenance.backup.restoring import restore_backup
from app.maintenance.backup.rules import BackupCause
from app.maintenance.backup.verification import verify_backup
from app.maintenance.installation import Installation
from app.maintenance.schema import require_current_schema
from app.uploads.current_store import current_store
from app.uploads.rules import size_in_words
from app.wiring.cli.command_groups import COMMAND_LINE, CommandRefusal, MaintenanceGroup

NOT_WHOLE = "备份已写好，但读回来核对不通过，不能用来恢复：{path}。请查明原因，再做一份。"

backup = MaintenanceGroup("backup", help="备份和恢复：数据、附件、密钥、设置，合为一个文件。")
file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


def current_installation() -> Installation:
    return Installation(current_settings(), current_store())


@backup.command("create")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]", required=False)
def create_backup_file(folder: Path | None) -> None:
    """在 DIR 里做一份备份，核对后打印它的路径；不写则放在 BACKUP_DIR。系统运行时也可以做。"""
    require_current_schema()
    target = folder.absolute() if folder else current_installation().backup_folder
    report_backup(
        operations.create_backup(current_installation(), target, cause=BackupCause.COMMAND, by=COMMAND_LINE)
    )


def report_backup(taken: TakenBackup) -> None:
    """Print a backup's path and its warnings. Raises CommandRefusal if it is not complete."""
    for warning in taken.all_warnings:
        click.echo(warning, err=True)
    click.echo(taken.path)
    if taken.verified.faults:
        raise CommandRefusal(NOT_WHOLE.format(path=taken.path), taken.verified.faults)


@backup.command("verify")
@file_argument
def verify_backup_file(file: Path) -> None:
    """核对备份文件 FILE 是否完整、能不能恢复。完整时退出码为 0，否则为 1。"""
    verified = verify_backup(current_installation(), file)
    if verified.faults:
        raise CommandRefusal(f"“{file.name}”不完整，不能用来恢复。", verified.faults)
    if verified.log_findings:
        raise CommandRefusal(
            f"“{file.name}”完整，可以恢复，但其中的操作记录核验不通过。", verified.log_findings
        )
    manifest = verified.manifest
    files = sum(name.startswith("attachments/") for name in manifest.members)
    for sha256, name in manifest.missing.items():
        click.echo(f"注意：备份时附件“{name}”已缺失或损坏（{sha256}）。", err=True)
    click.echo(
        f"完整：{manifest.created_at} 的备份，结构 {manifest.newest_migration}，{sum(manifest.tables.values())} 行，"
        f"操作记录 {manifest.log.count} 条，附件 {files} 个，共 {size_in_words(file.stat().st_size)}。"
    )


@backup.command("restore")
@file_argument
def restore_backup_file(file: Path) -> None:
    """由备份文件 FILE 恢复到还没有数据库的安装：数据、附件、密钥；较旧的结构随即升级。"""
    restored = restore_backup(current_installation(), file, by=COMMAND_LINE)
    manifest = restored.manifest
    for finding in restored.log_findings:
        click.echo(f"注意：{finding}", err=True)
    click.echo(
        f"已由 {manifest.created_at} 的备份恢复：{sum(manifest.tables.values())} 行，附件和密钥也已就位。"
    )
    if restored.upgraded:
        click.echo(f"已升级：{'、'.join(restored.upgraded)}")
    if restored.changed_settings:
        click.echo("备份时的下列设置与现在不同，请核对后写进环境变量或 .env：")
        for name, text in restored.changed_settings.items():
            click.echo(f"  {name}={text}")


@backup.command("prune")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="[DIR]", required=False)
@click.option("--keep", type=click.IntRange(min=1), help="保留最近多少份，默认按 BACKUP_KEEP。")
def prune_backup_folder(folder: Path | None, keep: int | None) -> None:
    """删去 DIR（默认 BACKUP_DIR）里较旧的备份，只留最近的几份；别的文件不动。"""
    settings = current_settings()
    target = folder or current_installation().backup_folder
    pruned = operations.prune_backups(target, keep=keep or settings.backup_keep, by=COMMAND_LINE)
    for path in pruned:
        click.echo(f"已删去 {path.name}")
    click.echo(f"删去 {len(pruned)} 份。")


@backup.command("daily")
def take_backup_of_day() -> None:
    """到了 BACKUP_TIME 就做当天的备份，核对后删去较旧的；后台会自动运行这个命令。"""
    require_current_schema()
    taken = operations.take_daily_backup(current_installation(), by=SYSTEM)
    if taken is None:
        click.echo("今天的备份已经有了，或者刚才没有做成，过一会儿再试。")
        return
    report_backup(taken)
