"""flask report: official documents without the web."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import click

from app.base.errors import BadInput
from app.base.settings.current import current_settings
from app.composition.kinds import usual_title
from app.composition.rules import DocumentKind, TextFullness
from app.drafting.assembling.order import AssemblyRequest
from app.printing.formats import check_printing
from app.printing.render_pool import no_heartbeat
from app.printing.rules import FileFormat
from app.wiring.cli.command_groups import SentenceGroup
from app.wiring.cli.command_printing import opened_pool
from app.wiring.cli.document_options import (
    CODES_HELP,
    KIND_CHOICE,
    compose_now,
    request_from_options,
    subject_options,
)
from reports.model import DocumentError

T = TypeVar("T")

report = SentenceGroup("report", help="公文的生成、检查和登记。")
report.checking_themselves = ("lint",)


@report.command("build")
@click.option("--kind", type=KIND_CHOICE, required=True, help="公文种类。")
@click.option("--period", "code", required=True, help=CODES_HELP)
@subject_options
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="存放 PDF 的文件夹。"
)
def build_pdf(kind: str, code: str, department: str, leader: str, full: bool, out: Path) -> None:
    """把已采用的填报汇编成 PDF，只写文件，不登记公文。"""
    chosen = DocumentKind(kind)
    fullness = TextFullness.FULL if full else TextFullness.CONCISE
    order = request_from_options(chosen, code, department=department, leader=leader, fullness=fullness)
    path, pages, seconds = build_report(order, out)
    click.echo(f"已生成{chosen.label}：{path}")
    click.echo(f"共 {pages} 页，用时 {seconds:.1f} 秒。")


def build_report(order: AssemblyRequest, folder: Path) -> tuple[Path, int, float]:
    """Write a document's PDF into a folder; return its path, pages, and the seconds from filings to bytes.

    The rendering process starts after composing, and its start is not counted.
    Raises BadInput if the document cannot be assembled or printed.
    """
    with opened_pool() as renderers:
        (document, facts), assembling = measure_seconds(lambda: compose_now(order))
        renderers.warm_up()
        (file,), printing = measure_seconds(
            lambda: renderers.render_document(document, (FileFormat.PDF,), no_heartbeat)
        )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{usual_title(order.kind, facts)}.pdf"
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_bytes(file.data)
    unfinished.replace(path)
    return path, file.pages, assembling + printing


def measure_seconds(operation: Callable[[], T]) -> tuple[T, float]:
    """Return the result of an operation and its duration in seconds."""
    start = perf_counter()
    return operation(), perf_counter() - start


@report.command("fonts")
def list_fonts() -> None:
    """列出公文各处所用的字体文件，和没有找到的正版字体。"""
    from reports.fonts import CHINESE_NAMES, NAMES, find_fonts, font_folders

    folders = font_folders(current_settings().fonts_folder)
    try:
        check_printing(*folders)
    except DocumentError as error:
        raise BadInput(str(error)) from None
    book = find_fonts(*folders)
    for family in book.families:
        missing = f"；未找到{NAMES[family.role][0]}，以此代用" if family.is_stand_in else ""
        click.echo(
            f"{CHINESE_NAMES[family.role]}：{family.main.path.name}{missing}；缺字时用 {family.spare.path.name}"
        )
    click.echo(f"生僻字：{'、'.join(face.path.name for face in book.rare_faces) or '没有找到字体'}")
    click.echo(f"正版字体放入 {folders[0]} 或装入系统，即优先使用。")


@report.command("engine")
def check_engine() -> None:
    """自检公文排版：现装的 WeasyPrint 是否合用，扩展替换了它的哪些函数、为什么。"""
    from weasyprint import __version__

    from reports.fonts import find_fonts, font_folders
    from reports.lint.language import find_word_model
    from reports.pdf import renderer_for
    from reports.weasyprint_extension import PATCHES

    click.echo(f"WeasyPrint {__version__}，替换了 {len(PATCHES)} 个函数：")
    for patch in PATCHES:
        until = f"；上游 {patch.upstream} 解决后可去掉" if patch.upstream else ""
        click.echo(f"  {patch.dotted_name}\n    原因：{patch.reason}。\n    所得：{patch.gain}{until}。")
    folders = font_folders(current_settings().fonts_folder)
    try:
        check_printing(*folders)
        renderer_for(find_fonts(*folders))
    except DocumentError as error:
        raise BadInput(str(error)) from None
    click.echo("排版自检通过：已知的一页与应有的样子一致。")
    click.echo(
        "查错字的词语资料：已备好。"
        if find_word_model()
        else "查错字的词语资料：没有备好，检查公文时不查错字。请运行 make setup。"
    )
