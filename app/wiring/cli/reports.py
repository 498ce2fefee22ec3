"""flask report: official documents without the web."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import click

from app.base.errors import BadInput
from app.composition import title
from app.composition.rules import DocumentKind, Fullness
from app.drafting.assembling.order import Order
from app.printing.formats import check_printing
from app.printing.press import unhurried
from app.printing.rules import FileFormat
from app.wiring.cli.groups import SentenceGroup
from app.wiring.cli.orders import (
    CODES,
    KINDS,
    made,
    order_of,
    subject_options,
)
from app.wiring.cli.press import opened_press
from reports.model import DocumentError

T = TypeVar("T")

report = SentenceGroup("report", help="公文的生成。")


@report.command("build")
@click.option("--kind", type=KINDS, required=True, help="公文种类。")
@click.option("--period", "code", required=True, help=CODES)
@subject_options
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="存放 PDF 的文件夹。"
)
def build(kind: str, code: str, department: str, leader: str, full: bool, out: Path) -> None:
    """把已采用的填报汇编成 PDF，只写文件，不登记公文。"""
    chosen = DocumentKind(kind)
    fullness = Fullness.FULL if full else Fullness.CONCISE
    order = order_of(chosen, code, department=department, leader=leader, fullness=fullness)
    path, pages, seconds = build_report(order, out)
    click.echo(f"已生成{chosen.label}：{path}")
    click.echo(f"共 {pages} 页，用时 {seconds:.1f} 秒。")


def build_report(order: Order, folder: Path) -> tuple[Path, int, float]:
    """Write a document's PDF into a folder; return its path, pages, and the seconds from filings to bytes.

    No press is started for what cannot be assembled; the seconds that one takes to start are not counted.
    Raises BadInput for whatever keeps the document from being assembled or printed.
    """
    with opened_press() as press:
        (document, facts), assembling = timed(lambda: made(order))
        press.warm_up()
        (file,), printing = timed(lambda: press.printed(document, (FileFormat.PDF,), unhurried))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{title(order.kind, facts)}.pdf"
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_bytes(file.data)
    unfinished.replace(path)
    return path, file.pages, assembling + printing


def timed(deed: Callable[[], T]) -> tuple[T, float]:
    """Do something; return what came of it and the seconds that it took."""
    start = perf_counter()
    return deed(), perf_counter() - start


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


@report.command("engine")
def engine() -> None:
    """自检公文排版：现装的 WeasyPrint 是否合用，扩展替换了它的哪些函数、为什么。"""
    from weasyprint import __version__

    from reports.fonts import find_fonts
    from reports.pdf import press
    from reports.weasyprint_extension import PATCHES

    click.echo(f"WeasyPrint {__version__}，替换了 {len(PATCHES)} 个函数：")
    for patch in PATCHES:
        until = f"；上游 {patch.upstream} 解决后可去掉" if patch.upstream else ""
        click.echo(f"  {patch.function}\n    原因：{patch.reason}。\n    所得：{patch.gain}{until}。")
    try:
        check_printing()
        press(find_fonts())
    except DocumentError as error:
        raise BadInput(str(error)) from None
    click.echo("排版自检通过：已知的一页与应有的样子一致。")
