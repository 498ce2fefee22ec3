"""flask report: official documents without the web."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import click
from flask import current_app

from app.cli.groups import SentenceGroup
from app.clock import today
from app.documents.composition import compose, title
from app.documents.gathering import gather
from app.documents.particulars import usual_particulars
from app.documents.printing import check_printing, printed
from app.documents.rules import DocumentKind, FileFormat
from app.documents.scope import read_scope
from app.errors import BadInput
from app.org.queries import leaders
from app.periods.queries import period_of
from reports.model import DocumentError

report = SentenceGroup("report", help="公文的生成。")


@report.command("build")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in DocumentKind]), required=True, help="公文种类。"
)
@click.option("--period", "code", required=True, help="2026Q3、2026H1、2026Q1-3 或 2026。")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="存放 PDF 的文件夹。"
)
def build(kind: str, code: str, out: Path) -> None:
    """把已采用的填报汇编成 PDF，只写文件，不登记公文。"""
    path, pages, seconds = build_report(DocumentKind(kind), code, out)
    click.echo(f"已生成{DocumentKind(kind).label}：{path}")
    click.echo(f"共 {pages} 页，用时 {seconds:.1f} 秒。")


def build_report(kind: DocumentKind, code: str, folder: Path) -> tuple[Path, int, float]:
    """Write a document's PDF into a folder; return its path, pages, and the seconds from filings to bytes.

    Raises BadInput for an unknown quarter, and for whatever keeps the document from being printed.
    """
    scope = read_scope(code)
    plan = period_of(scope.quarter.code).plan
    site_name = current_app.config["SETTINGS"].site_name
    particulars = usual_particulars(site_name, leaders(), today(), kind)
    try:
        check_printing()
        start = perf_counter()
        facts = gather(plan, scope)
        file = printed(compose(kind, facts, particulars), (FileFormat.PDF,))[0]
        seconds = perf_counter() - start
    except DocumentError as error:
        raise BadInput(str(error)) from None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{title(kind, facts)}.pdf"
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
