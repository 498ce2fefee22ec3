"""flask db: the schema, and copying to another database. flask service: preparing a production start."""

from __future__ import annotations

import click

from app.access.queries import sample_accounts
from app.base.errors import BadInput
from app.base.settings.settings import ROOT
from app.base.settings.values import database_address
from app.maintenance import schema
from app.maintenance.backup.operations import TakenBackup
from app.maintenance.database_copy import copy_database
from app.wiring.cli.backup import current_installation
from app.wiring.cli.command_groups import COMMAND_LINE, CommandRefusal, MaintenanceGroup, SentenceGroup

NOT_CONFIRMED = "没有得到确认，什么也没有改动。确认要撤销的，请加 --yes。"

db = MaintenanceGroup("db", help="数据库：结构的升级和撤销，从 SQLite 搬到 PostgreSQL。")


@db.command("status")
@click.pass_context
def show_schema_status(ctx: click.Context) -> None:
    """列出数据库结构的每一步是否执行过。数据库与本程序一致时退出码为 0，否则为 1。"""
    found = schema.schema_status()
    for one in found.migrations:
        moment = f"{one.applied:%Y-%m-%d %H:%M:%S}" if one.applied else "尚未执行"
        click.echo(f"{one.name}  {moment}{'' if one.path else '  本程序不认识'}")
    click.echo(found.schema_problem or "数据库已是最新结构。")
    if found.schema_problem:
        ctx.exit(1)


@db.command("upgrade")
def upgrade_to_current() -> None:
    """把数据库升级到当前结构；已有数据的，先做一份备份。"""
    applied = upgrade_schema()
    click.echo(f"已升级：{'、'.join(applied)}" if applied else "数据库已是最新结构。")


def upgrade_schema() -> list[str]:
    """Upgrade the database and print the backup's path; return the applied migrations. Raises BadInput."""
    applied, taken = schema.upgrade_database(current_installation(), by=COMMAND_LINE)
    if taken:
        print_backup_place("升级前的备份", taken)
    return applied


def print_backup_place(label: str, taken: TakenBackup) -> None:
    for warning in taken.all_warnings:
        click.echo(warning, err=True)
    click.echo(f"{label}：{taken.path}")


@db.command("downgrade")
@click.argument("target")
@click.option("--yes", is_flag=True, help="不再询问。")
def downgrade_before(target: str, yes: bool) -> None:
    """退回到 TARGET 之前的结构（含 TARGET 一并撤销），先做一份备份。"""
    planned = schema.plan_downgrade(target)
    if not yes:
        require_confirmation(f"将撤销 {'、'.join(planned)}，这几步新增的表和列连同内容都会删除。确定吗？")
    taken = schema.downgrade_database(current_installation(), target, by=COMMAND_LINE)
    print_backup_place("撤销前的备份", taken)
    click.echo(f"已撤销：{'、'.join(planned)}")


def require_confirmation(question: str) -> None:
    """Ask for confirmation. Raises CommandRefusal unless the answer is yes."""
    try:
        if click.confirm(question):
            return
    except click.Abort:
        click.echo(err=True)
    raise CommandRefusal(NOT_CONFIRMED)


def read_database_address(text: str) -> str:
    """Return a database address, read like a setting. Raises BadInput."""
    try:
        address: str = database_address(ROOT)(text)
    except ValueError as error:
        raise BadInput(f"--to 的值有误：{error}。") from None
    return address


@db.command("copy")
@click.option(
    "--to",
    "target_url",
    required=True,
    metavar="URL",
    help="目标数据库，如 postgresql://用户:密码@主机/库名。",
)
def copy_to_database(target_url: str) -> None:
    """把全部数据复制到另一个空的数据库，逐表核对行数和校验值，并核验操作记录；原数据库不变。请先停下系统。"""
    copied = copy_database(current_installation(), read_database_address(target_url), by=COMMAND_LINE)
    click.echo(f"已复制 {len(copied.tables)} 张表、{copied.row_count} 行，逐表核对一致，操作记录未被改动。")
    click.echo("请把 DATABASE_URL 改为新的地址，再启动系统；原来的数据库请留存。")


service = SentenceGroup("service", help="正式运行。")

HAS_SAMPLE = (
    "这个数据库里有示例账号（{names}等 {count} 个），其密码并不保密，不能正式使用。"
    "要看示例请运行 make run；正式使用请把 INSTANCE_DIR 设到新的文件夹（或 DATABASE_URL 设到新的数据库）。"
)


@service.command("prepare")
def prepare_service() -> None:
    """升级数据库；有示例账号的数据库不能正式使用，退出码为 1。"""
    upgrade_schema()
    samples = sample_accounts()
    if samples:
        names = "、".join(account.username for account in samples[:3])
        raise BadInput(HAS_SAMPLE.format(names=names, count=len(samples)))
