"""flask period: opening and closing quarters."""

from __future__ import annotations

import click

from app.base.days import written_day
from app.periods import operations
from app.periods.queries import period_by_code
from app.periods.rules import parse_quarter
from app.wiring.cli.command_groups import COMMAND_LINE, SentenceGroup
from app.wiring.cli.plan import require_plan

period = SentenceGroup("period", help="季度填报的开启与关闭。")


@period.command("open")
@click.argument("code")
def open_filing_period(code: str) -> None:
    """开启一个季度的填报，CODE 如 2026Q3。"""
    quarter = parse_quarter(code)
    opened = operations.open_period(require_plan(quarter.year), quarter, by=COMMAND_LINE)
    click.echo(f"已开启{quarter.words}的填报，部门报送截止 {written_day(opened.department_due)}。")


@period.command("close")
@click.argument("code")
def close_filing_period(code: str) -> None:
    """关闭一个季度的填报，CODE 如 2026Q3。"""
    found = period_by_code(code)
    operations.close_period(found, by=COMMAND_LINE)
    click.echo(f"已关闭{found.quarter.words}的填报。")
