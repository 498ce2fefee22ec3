"""flask check: checks everything about the installation at once."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.maintenance.health.checkup import CheckResult, check_installation
from app.wiring.cli.backup import current_installation
from app.wiring.cli.chinese_usage import ChineseCommand

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
