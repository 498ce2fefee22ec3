"""flask report: official documents without the web."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import TypedDict, TypeVar

import click
from flask import current_app

from app.cli.groups import SentenceGroup
from app.cli.press import opened_press
from app.clock import today
from app.documents.composition import compose, title
from app.documents.facts import Facts
from app.documents.gathering import gather
from app.documents.operations import period_for
from app.documents.particulars import usual_particulars
from app.documents.printing.formats import check_printing
from app.documents.printing.press import unhurried
from app.documents.rules import TRAITS, DocumentKind, FileFormat, Fullness, Subject
from app.documents.scope import Scope, read_scope
from app.errors import BadInput, FieldProblems
from app.org.models import Department, Leader
from app.org.queries import departments_by_name, leaders
from app.plan.models import Plan
from app.plan.queries import plan_of_year
from reports.model import DocumentError, OfficialDocument

T = TypeVar("T")


class Subjects(TypedDict, total=False):
    """Whom a document is about, or written to."""

    department: Department
    leader: Leader


report = SentenceGroup("report", help="公文的生成。")


@report.command("build")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in DocumentKind]), required=True, help="公文种类。"
)
@click.option("--period", "code", required=True, help="2026Q3、2026H1、2026Q1-3 或 2026。")
@click.option("--department", default="", help="部门的全称或者简称，部门工作报告须写明。")
@click.option("--leader", default="", help="领导的姓名，呈批单须写明。")
@click.option("--full", is_flag=True, help="照录全部填报文字；不写则取要点，其余见附件。")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="存放 PDF 的文件夹。"
)
def build(kind: str, code: str, department: str, leader: str, full: bool, out: Path) -> None:
    """把已采用的填报汇编成 PDF，只写文件，不登记公文。"""
    chosen = DocumentKind(kind)
    fullness = Fullness.FULL if full else Fullness.CONCISE
    path, pages, seconds = build_report(
        chosen, code, out, department=department, leader=leader, fullness=fullness
    )
    click.echo(f"已生成{chosen.label}：{path}")
    click.echo(f"共 {pages} 页，用时 {seconds:.1f} 秒。")


def build_report(
    kind: DocumentKind,
    code: str,
    folder: Path,
    *,
    department: str = "",
    leader: str = "",
    fullness: Fullness = Fullness.CONCISE,
) -> tuple[Path, int, float]:
    """Write a document's PDF into a folder; return its path, pages, and the seconds from filings to bytes.

    department, leader: by name, whom the document is about, or written to, where its kind asks for one.
    fullness: how much of the departments' words the text repeats.

    Raises BadInput for an unknown quarter or name, and for whatever keeps the document from being printed.
    """
    scope, about = read_scope(code), subject_of(kind, department=department, leader=leader)
    plan = plan_for(kind, scope)
    with opened_press() as press:
        press.warm_up()
        start = perf_counter()
        facts = gather(plan, scope, **about, whole_plan=TRAITS[kind].encloses_plan, fullness=fullness)
        file = press.printed(usual_document(kind, facts), (FileFormat.PDF,), unhurried)[0]
        seconds = perf_counter() - start
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{title(kind, facts)}.pdf"
    path.write_bytes(file.data)
    return path, file.pages, seconds


def usual_document(kind: DocumentKind, facts: Facts) -> OfficialDocument:
    """Return the document that facts make with the particulars that are usual today."""
    site_name = current_app.config["SETTINGS"].site_name
    return compose(kind, facts, usual_particulars(site_name, leaders(), today(), kind, plan=facts.plan))


def plan_for(kind: DocumentKind, scope: Scope) -> Plan:
    """Return the plan that a document of this kind and scope is about.

    Raises BadInput where there is none, the quarter was not opened, or the span does not suit the kind.
    """
    plan = plan_of_year(scope.quarter.year)
    if plan is None:
        raise BadInput(f"还没有{scope.quarter.year}年的工作计划，请先导入。")
    try:
        period_for(kind, plan, scope)
    except FieldProblems as refusal:
        raise BadInput("".join(refusal.fields.values())) from None
    return plan


def subject_of(kind: DocumentKind, *, department: str, leader: str) -> Subjects:
    """Return the department or the leader that a kind asks for. Raises BadInput where it is missing or unknown."""
    match TRAITS[kind].subject:
        case Subject.DEPARTMENT:
            return {"department": named(department, departments_by_name(), kind, "--department")}
        case Subject.LEADER:
            return {"leader": named(leader, {one.name: one for one in leaders()}, kind, "--leader")}
        case _:
            return {}


def named(name: str, known: Mapping[str, T], kind: DocumentKind, option: str) -> T:
    """Return whom a name belongs to. Raises BadInput."""
    if not name:
        raise BadInput(f"{kind.label}须写明{TRAITS[kind].subject.label}，请用 {option} 写上名称。")
    if name not in known:
        raise BadInput(f"没有找到{TRAITS[kind].subject.label}“{name}”，请核对名称。")
    return known[name]


@report.command("fonts")
def fonts() -> None:
    """列出公文各处所用的字体文件，和没有找到的正版字体。"""
    from reports.fonts import CHINESE_NAMES, NAMES, find_fonts, font_folders

    try:
        check_printing()
    except DocumentError as error:
        raise BadInput(str(error)) from None
    for family in find_fonts().families:
        missing = f"；未找到{NAMES[family.role][0]}，以此代用" if family.is_stand_in else ""
        click.echo(
            f"{CHINESE_NAMES[family.role]}：{family.main.path.name}{missing}；缺字时用 {family.spare.path.name}"
        )
    click.echo(f"正版字体放入 {font_folders()[0]} 或装入系统，即优先使用。")
