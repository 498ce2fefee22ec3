"""flask demo: the sample sub-district for a first run."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from app.authority.actor import SAMPLE_LOADER
from app.base.settings.current import current_settings
from app.composition.rules import DocumentKind
from app.filing.core.lights import thresholds_of
from app.wiring.cli.command_groups import SentenceGroup
from app.wiring.cli.command_printing import opened_pool
from app.wiring.cli.database import upgrade_schema
from app.wiring.cli.document_options import request_from_options
from app.wiring.cli.reports import build_report
from app.wiring.demo.operations import issue_second_quarter, load_sample, refuse_foreign
from app.wiring.demo.sample_accounts import AccountsFile

demo = SentenceGroup("demo", help="示例数据。")
SHOWN_ROLES = ("街道办公室", "街道领导", "部门填报员", "部门负责人")


@demo.command("prepare")
def prepare_demo() -> None:
    """升级数据库；首次运行时载入 2026 年计划和示例数据，并生成第三季度报告。"""
    refuse_foreign()
    upgrade_schema()
    folder = current_settings().instance / "demo"
    thresholds = thresholds_of(current_settings())
    accounts = AccountsFile(folder / "accounts.csv")
    if load_sample(accounts, thresholds, by=SAMPLE_LOADER):
        click.echo("已载入 2026 年工作计划和示例数据（均标明“示例”），正在编排公文……")
    with opened_pool() as renderers:
        issue_second_quarter(renderers.render_document, thresholds, by=SAMPLE_LOADER)
    if not any(folder.glob("*.pdf")):
        build_report(request_from_options(DocumentKind.QUARTERLY, "2026Q3"), folder)
    print_sample_access(folder, accounts.path)


def print_sample_access(folder: Path, accounts: Path) -> None:
    """Print the report's path, and a sample account for each role."""
    for report in sorted(folder.glob("*.pdf")):
        click.echo(f"第三季度报告：{report}")
    click.echo(f"示例账号（全部见 {accounts}）：")
    with accounts.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for role in SHOWN_ROLES:
        for first in [row for row in rows if row["role"] == role][:1]:
            click.echo(f"  {role}  {first['username']}  {first['password']}  {first['department']}")
