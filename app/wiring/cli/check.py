"""flask check: everything about the installation, looked through at once."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.maintenance.checkup import CheckResult, check_installation
from app.wiring.cli.backup import installation
from app.wiring.cli.usage import ChineseCommand

SHOWN = 20


@click.command("check", cls=ChineseCommand)
@with_appcontext
@click.pass_context
def check(ctx: click.Context) -> None:
    """逐项检查设置、文件、数据库、操作记录、公文、佐证材料和备份，指出该怎么办；有问题时退出码为 1。"""
    bad = 0
    for result in check_installation(installation()):
        bad += not result.is_good
        for line in lines_of(result):
            click.echo(line)
    click.echo(f"有 {bad} 项需要处理。" if bad else "全部正常。")
    if bad:
        ctx.exit(1)


def lines_of(result: CheckResult) -> list[str]:
    """Return a result as it is printed."""
    if result.is_good:
        return [f"✓ {result.label}：{result.found}"]
    shown = [f"    {problem}" for problem in result.problems[:SHOWN]]
    rest = len(result.problems) - len(shown)
    more = [f"    ……另有 {rest} 处"] if rest > 0 else []
    head = f"✗ {result.label}：{result.found if not result.problems else f'{len(result.problems)} 处有问题'}"
    return [head.removesuffix("："), *shown, *more, f"    → {result.advice}"]
