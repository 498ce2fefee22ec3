"""flask check, flask audit and flask attachments: whether stored data is unchanged and in order."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.audit.verification import verify_log
from app.filing.attachments import queries, upkeep
from app.maintenance.health.checkup import check_installation
from app.maintenance.health.running_checks import CheckResult
from app.uploads.current_store import current_store
from app.wiring.cli.backup import current_installation
from app.wiring.cli.chinese_usage import ChineseCommand
from app.wiring.cli.command_groups import COMMAND_LINE, CommandRefusal, SentenceGroup

attachments = SentenceGroup("attachments", help="佐证材料的文件。")
audit = SentenceGroup("audit", help="操作记录。")
SHOWN_PROBLEMS = 20


@click.command("check", cls=ChineseCommand)
@with_appcontext
@click.pass_context
def check_everything(ctx: click.Context) -> None:
    """逐项检查设置、文件、数据库、操作记录、公文、佐证材料和备份，指出该怎么办；有问题时退出码为 1。"""
    bad = 0
    for result in check_installation(current_installation()):
        bad += not result.is_good
        for line in lines_of_check(result):
            click.echo(line)
    click.echo(f"有 {bad} 项需要处理。" if bad else "全部正常。")
    if bad:
        ctx.exit(1)


def lines_of_check(result: CheckResult) -> list[str]:
    if result.is_good:
        return [f"✓ {result.label}：{result.found}"]
    shown = [f"    {problem}" for problem in result.problems[:SHOWN_PROBLEMS]]
    rest = len(result.problems) - len(shown)
    more = [f"    ……另有 {rest} 处"] if rest > 0 else []
    head = f"✗ {result.label}：{result.found if not result.problems else f'{len(result.problems)} 处有问题'}"
    return [head.removesuffix("："), *shown, *more, f"    → {result.advice}"]


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
