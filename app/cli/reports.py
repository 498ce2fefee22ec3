"""flask report: official documents without the web."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import click
from flask import current_app

from app.cli.groups import SentenceGroup
from app.clock import today
from app.documents.composition.quarterly import title
from app.documents.particulars import usual_particulars
from app.documents.printing import check_printing, printed
from app.documents.queries import gather
from app.documents.rules import DocumentKind
from app.errors import BadInput
from app.org.queries import leaders
from app.periods.queries import period_of
from reports.model import DocumentError

report = SentenceGroup("report", help="公文的生成。")


@report.command("build")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in DocumentKind]), required=True, help="公文种类。"
)
@click.option("--period", "code", required=True, help="季度，如 2026Q3。")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="存放 PDF 的文件夹。"
)
def build(kind: str, code: str, out: Path) -> None:
    """把一个季度已采用的填报汇编成 PDF，只写文件，不登记公文。"""
    path, pages, seconds = build_report(code, out)
    click.echo(f"已生成{DocumentKind(kind).label}：{path}")
    click.echo(f"共 {pages} 页，用时 {seconds:.1f} 秒。")


def build_report(code: str, folder: Path) -> tuple[Path, int, float]:
    """Write a quarter's report into a folder; return its path, pages, and the seconds from filings to bytes.

    Raises BadInput for an unknown quarter, and for whatever keeps the report from being printed.
    """
    period = period_of(code)
    particulars = usual_particulars(current_app.config["SETTINGS"].site_name, leaders(), today())
    try:
        check_printing()
        start = perf_counter()
        facts = gather(period)
        file = printed(facts, particulars)
        seconds = perf_counter() - start
    except DocumentError as error:
        raise BadInput(str(error)) from None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{title(facts.plan_title, facts.quarter)}.pdf"
    path.write_bytes(file.data)
    return path, file.pages, seconds


@report.command("fonts")
def fonts() -> None:
    """列出公文各处所用的字体文件。"""
    from reports.fonts import CHINESE_NAMES, find_fonts

    try:
        check_printing()
    except DocumentError as error:
        raise BadInput(str(error)) from None
    for family in find_fonts().families:
        click.echo(
            f"{CHINESE_NAMES[family.role]}：{family.main.path.name}，缺字时用 {family.spare.path.name}"
        )
