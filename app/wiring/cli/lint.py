"""flask report lint: what a strict reader would mark in a document before it is issued."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast
from unicodedata import east_asian_width

import click
from cattrs import BaseValidationError
from flask.cli import with_appcontext

from app.base.errors import BadInput
from app.base.tables.tabular import bytes_of
from app.composition.facts import Facts
from app.composition.rules import DocumentKind, Fullness
from app.drafting.assembling.order import Order
from app.drafting.core.checking import findings
from app.drafting.core.draft import whole
from app.drafting.core.queries import document as stored_document
from app.wiring.cli.orders import (
    CODES,
    KINDS,
    made,
    order_of,
    subject_options,
)
from app.wiring.cli.usage import ChineseCommand
from reports.frozen import document_from_json
from reports.lint import Finding, Severity
from reports.model import DocumentError, OfficialDocument

COLUMNS = (("程度", 4), ("位置", 30), ("原文", 24), ("改为", 16))
CUT = "…"


@click.command("lint", cls=ChineseCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--document", "number", type=int, help="公文的编号，即网址里的数字。")
@click.option("--period", "code", help=CODES)
@click.option(
    "--kind",
    type=KINDS,
    default=DocumentKind.QUARTERLY.value,
    help="公文种类，与 --period 同用。",
)
@subject_options
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_appcontext
@click.pass_context
def lint(
    ctx: click.Context,
    /,
    file: Path | None,
    number: int | None,
    code: str | None,
    kind: str,
    as_json: bool,
    full: bool,
    **about: str,
) -> None:
    """检查公文：一份已汇编的、一个季度现在汇编出来的，或者一个 JSON 文件里的。有错误时退出码为 1。"""
    if sum(given is not None for given in (file, number, code)) != 1:
        raise BadInput("请写明检查哪份公文：--document 编号、--period 季度，或者 JSON 文件，三者取一。")
    try:
        fullness = Fullness.FULL if full else Fullness.CONCISE
        order = order_of(DocumentKind(kind), code, **about, fullness=fullness) if code else None
        found = findings(*wanted(file, number, order))
    except DocumentError as error:
        raise BadInput(str(error)) from None
    click.echo(
        json.dumps([plain(one) for one in found], ensure_ascii=False, indent=2) if as_json else table(found)
    )
    if any(one.severity is Severity.ERROR for one in found):
        ctx.exit(1)


def wanted(
    file: Path | None, number: int | None, order: Order | None
) -> tuple[OfficialDocument, Facts | None]:
    """Return the document to check, with its facts where it has any: one of three. Raises BadInput, DocumentError."""
    if file is not None:
        return from_file(file), None
    if order is not None:
        return made(order)
    return from_register(cast(int, number))


def from_file(file: Path) -> OfficialDocument:
    """Read a document that was written as JSON. Raises BadInput."""
    try:
        return document_from_json(json.loads(bytes_of(file).decode()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, BaseValidationError):
        raise BadInput(f"“{file.name}”不是公文的 JSON 文件，请核对。") from None


def from_register(number: int) -> tuple[OfficialDocument, Facts]:
    """Return a document as it stands. Raises BadInput."""
    document = stored_document(number)
    if document is None:
        raise BadInput(f"没有编号为 {number} 的公文，请核对。")
    if not document.facts:
        raise BadInput("这份公文还没有汇编好，请稍后再检查。")
    return whole(document), Facts.from_json(document.facts)


def plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain values."""
    return asdict(finding)


def table(found: tuple[Finding, ...]) -> str:
    """Return findings as lines of a table, with how many there are below it."""
    errors = sum(one.severity is Severity.ERROR for one in found)
    summary = f"错误 {errors} 处，提醒 {len(found) - errors} 处。" if found else "没有发现问题。"
    heads = line([title for title, _ in COLUMNS], "说明")
    return "\n".join([*([heads, *map(row, found)] if found else []), summary])


def row(finding: Finding) -> str:
    """Return the line of one finding."""
    right = "" if finding.fix is None else finding.fix.replacement or "（删去）"
    said = f"{finding.reason.removesuffix('。')}（{finding.rule.source}）。"
    return line([finding.severity.label, finding.place.part, finding.quote, right], said)


def line(cells: list[str], last: str) -> str:
    """Return cells padded to the widths of their columns, the last one as long as it is."""
    padded = (fitted(cell, width) for cell, (_, width) in zip(cells, COLUMNS, strict=True))
    return "  ".join((*padded, last))


def fitted(text: str, width: int) -> str:
    """Return a text cut or padded to so many columns of a terminal; a hanzi takes two."""
    text = " ".join(text.split())
    if columns(text) > width:
        while columns(text) > width - 1:
            text = text[:-1]
        text += CUT
    return text + " " * (width - columns(text))


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
