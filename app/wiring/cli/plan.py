"""flask plan: importing a plan, its assignments, milestones and indicators. flask period: its quarters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path

import click

from app.base.days import parse_day, written_day
from app.base.errors import BadInput, DomainError
from app.periods import operations
from app.periods.queries import period_by_code
from app.periods.rules import parse_quarter
from app.plan.assignments.operations import set_assignments, set_indicators, set_milestones
from app.plan.assignments.revising import RevisionTerms
from app.plan.core import queries
from app.plan.core.models import Plan
from app.plan.core.operations import store_plan
from app.plan.core.plan_files import load_plan_file, read_file_draft
from app.plan.importer import PlanDraft
from app.wiring.cli.command_groups import COMMAND_LINE, FILE_ARGUMENT, SentenceGroup


class PlanGroup(SentenceGroup):
    """The commands for plans; a dry run needs no database."""

    def require_known_schema(self, ctx: click.Context) -> None:
        if DRY_RUN not in ctx.args:
            super().require_known_schema(ctx)


DRY_RUN = "--dry-run"
NO_YEAR = "没有找到这是哪一年的计划，没有入库。请加上 --year，如 --year 2026，再试。"
NO_TITLE = "没有找到计划的标题，没有入库。请加上 --title，如 --title 某某街道2026年工作计划，再试。"
NO_MEASURES = (
    "没有读到要填报的举措，没有入库。请核对文件是不是计划全文；层级读错的，请在网页“导入工作计划”里改正。"
)
plan = PlanGroup("plan", help="工作计划的导入与责任分工。")
year_of_plan = click.option("--year", type=int, help="哪一年的计划；只有一年的计划时可以不写。")


@plan.command("import")
@FILE_ARGUMENT
@click.option("--year", type=click.IntRange(1990, 2100), help="哪一年的计划，默认从文件里读。")
@click.option("--title", help="计划的标题，默认从文件里读。")
@click.option(DRY_RUN, is_flag=True, help="只读取和核对，不入库，也不用数据库。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出读到的计划。")
def import_plan_text(file: Path, year: int | None, title: str | None, dry_run: bool, as_json: bool) -> None:
    """读取计划文件 FILE（.docx、.xlsx、网页、带文字的 PDF、.txt、.md），修复分页造成的断裂，入库。"""
    with json_refusal() if as_json else nullcontext():
        found = read_file_draft(file.name, load_plan_file(file))
        draft = replace(found.draft, year=year or found.draft.year, title=title or found.draft.title)
        if not dry_run:
            require_whole(draft)
            store_plan(draft, source=found.source.text, blocks=found.blocks, by=COMMAND_LINE)
    for warning in draft.warnings:
        click.echo(f"注意：{warning}", err=True)
    if as_json:
        click.echo(json.dumps(draft.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo(summarise_draft(draft))
    if not dry_run:
        click.echo("已入库。", err=as_json)


@contextmanager
def json_refusal() -> Iterator[None]:
    """Also print a refusal for programs that read the output: a JSON object with only `error`."""
    try:
        yield
    except DomainError as refusal:
        click.echo(json.dumps({"error": refusal.sentence}, ensure_ascii=False))
        raise


def require_whole(draft: PlanDraft) -> None:
    """Raise BadInput if a plan lacks its year, its title or measures, and so cannot be stored."""
    if draft.year is None:
        raise BadInput(NO_YEAR)
    if not draft.title:
        raise BadInput(NO_TITLE)
    if not any(True for _ in draft.measures()):
        raise BadInput(NO_MEASURES)


SINCE_OPTION = click.option("--from", "since", help="从哪一天起有效，如 2026-05-01；不写是自计划公布起。")
REASON_OPTION = click.option("--reason", default="", help="改动的理由。")


def terms_of(since: str | None, reason: str) -> RevisionTerms:
    """Return the terms of a revision. Raises BadInput for an invalid date."""
    day = parse_day(since) if since else None
    if since and day is None:
        raise BadInput(f"不认识日期“{since}”。请写成 2026-05-01 的样子。")
    return RevisionTerms(day, reason)


@plan.command("assign")
@FILE_ARGUMENT
@year_of_plan
@SINCE_OPTION
@REASON_OPTION
def import_assignment_table(file: Path, year: int | None, since: str | None, reason: str) -> None:
    """从 CSV 或 XLSX 表 FILE 导入责任分工。"""
    terms = terms_of(since, reason)
    count = set_assignments(require_plan(year), file, by=COMMAND_LINE, terms=terms)
    click.echo(f"已导入 {count} 项举措的责任分工。")


@plan.command("milestones")
@FILE_ARGUMENT
@year_of_plan
@SINCE_OPTION
@REASON_OPTION
def import_milestone_table(file: Path, year: int | None, since: str | None, reason: str) -> None:
    """从 CSV 或 XLSX 表 FILE 导入各季度节点，表中举措原有的节点由此替换。"""
    count = set_milestones(require_plan(year), file, by=COMMAND_LINE, terms=terms_of(since, reason))
    click.echo(f"已导入 {count} 个节点。")


@plan.command("indicators")
@FILE_ARGUMENT
@year_of_plan
@SINCE_OPTION
@REASON_OPTION
def import_indicator_table(file: Path, year: int | None, since: str | None, reason: str) -> None:
    """从 CSV 或 XLSX 表 FILE 导入量化指标；已填的数值保留，表中不再列出的指标以后不再填报。"""
    count = set_indicators(require_plan(year), file, by=COMMAND_LINE, terms=terms_of(since, reason))
    click.echo(f"已导入 {count} 项量化指标。")


def summarise_draft(draft: PlanDraft) -> str:
    measures = list(draft.measures())
    sections = sum(len(part.sections) for part in draft.parts)
    commitments = sum(len(measure.commitments) for measure in measures)
    return (
        f"《{draft.title}》：{len(draft.parts)} 个部分，{sections} 个专项，"
        f"{len(measures)} 项举措，{commitments} 条任务。"
    )


def require_plan(year: int | None) -> Plan:
    """Return the plan of a year, or the only plan. Raises BadInput if there is none, or several and no year."""
    years = queries.years_of_plans()
    if year is None and len(years) > 1:
        raise BadInput(f"已有 {'、'.join(map(str, years))} 年的工作计划，请用 --year 写明是哪一年的。")
    found = queries.plan_of_year(year or next(iter(years), 0))
    if found is None:
        raise BadInput("还没有这一年的工作计划，请先用 flask plan import 导入。")
    return found


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
