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
from app.base.settings.current import current_settings
from app.base.tables.tabular import read_table_bytes
from app.composition.facts import DocumentFacts
from app.composition.kinds import USUAL_KIND, spec_of
from app.composition.rules import DocumentKind, TextFullness
from app.drafting.assembling.order import AssemblyRequest
from app.drafting.core.draft import keyed_text
from app.drafting.core.lint_findings import lint_findings
from app.drafting.core.queries import find_document as stored_document
from app.wiring.cli.chinese_usage import ChineseCommand
from app.wiring.cli.document_options import (
    CODES_HELP,
    KIND_CHOICE,
    compose_now,
    request_from_options,
    subject_options,
)
from reports.frozen_text import document_from_json
from reports.lint import LintFinding, Severity, place_words
from reports.model import DocumentError, DocumentPart, OfficialDocument

FINDING_COLUMNS = (("程度", 4), ("位置", 30), ("原文", 24), ("改为", 16))
CUT_MARK = "…"


@click.command("lint", cls=ChineseCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
@click.option("--document", "number", type=int, help="公文的编号，即网址里的数字。")
@click.option("--period", "code", help=CODES_HELP)
@click.option(
    "--kind",
    type=KIND_CHOICE,
    default=USUAL_KIND.value,
    help="公文种类，与 --period 同用。",
)
@subject_options
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@with_appcontext
@click.pass_context
def lint_document(
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
        fullness = TextFullness.FULL if full else TextFullness.CONCISE
        order = request_from_options(DocumentKind(kind), code, **about, fullness=fullness) if code else None
        text, facts, chosen = document_to_lint(file, number, order)
        budget = current_settings().report_budget
        found = lint_findings(text, facts, budget=spec_of(chosen).longest_text(budget) if chosen else budget)
    except DocumentError as error:
        raise BadInput(str(error)) from None
    click.echo(
        json.dumps([finding_values(one, text) for one in found], ensure_ascii=False, indent=2)
        if as_json
        else findings_table(found, text)
    )
    if any(one.severity is Severity.ERROR for one in found):
        ctx.exit(1)


def document_to_lint(
    file: Path | None, number: int | None, order: AssemblyRequest | None
) -> tuple[OfficialDocument, DocumentFacts | None, DocumentKind | None]:
    """Return the document that was named, with its facts and its kind where they are known.

    Raises BadInput, DocumentError.
    """
    if file is not None:
        return document_from_file(file), None, None
    if order is not None:
        return *compose_now(order), order.kind
    return document_from_database(cast(int, number))


def document_from_file(file: Path) -> OfficialDocument:
    """Read a document from JSON. Raises BadInput."""
    try:
        return document_from_json(json.loads(read_table_bytes(file).decode()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, BaseValidationError):
        raise BadInput(f"“{file.name}”不是公文的 JSON 文件，请核对。") from None


def document_from_database(number: int) -> tuple[OfficialDocument, DocumentFacts, DocumentKind]:
    """Return an assembled document as it stands. Raises BadInput."""
    document = stored_document(number)
    if document is None:
        raise BadInput(f"没有编号为 {number} 的公文，请核对。")
    if not document.facts:
        raise BadInput("这份公文还没有汇编好，请稍后再检查。")
    return keyed_text(document), DocumentFacts.from_json(document.facts), document.kind


def finding_values(finding: LintFinding, text: OfficialDocument) -> dict[str, Any]:
    """Return a finding as JSON holds it, its place in words beside the numbers."""
    place = finding.place
    return asdict(finding) | {
        "place": {
            "block": place.block,
            "annex": place.annex,
            "start": place.start,
            "end": place.end,
            "part": place_words(text, place),
            "kind": place.kind,
            "enclosure": place.part is DocumentPart.ENCLOSURE,
        }
    }


def findings_table(found: tuple[LintFinding, ...], text: OfficialDocument) -> str:
    """Return findings as lines of a table, with how many there are below it."""
    errors = sum(one.severity is Severity.ERROR for one in found)
    summary = f"错误 {errors} 处，提醒 {len(found) - errors} 处。" if found else "没有发现问题。"
    heads = padded_line([title for title, _ in FINDING_COLUMNS], "说明")
    return "\n".join([*([heads, *(finding_line(one, text) for one in found)] if found else []), summary])


def finding_line(finding: LintFinding, text: OfficialDocument) -> str:
    right = "" if finding.fix is None else finding.fix.replacement or "（删去）"
    reason = f"{finding.reason.removesuffix('。')}（{finding.rule.source}）。"
    words = place_words(text, finding.place)
    return padded_line([finding.severity.label, words, finding.quote, right], reason)


def padded_line(cells: list[str], last: str) -> str:
    """Return cells padded to the widths of their columns, the last one as long as it is."""
    padded = (fit_to_width(cell, width) for cell, (_, width) in zip(cells, FINDING_COLUMNS, strict=True))
    return "  ".join((*padded, last))


def fit_to_width(text: str, width: int) -> str:
    """Return a text cut or padded to so many columns of a terminal; a hanzi takes two."""
    text = " ".join(text.split())
    if terminal_width(text) > width:
        while terminal_width(text) > width - 1:
            text = text[:-1]
        text += CUT_MARK
    return text + " " * (width - terminal_width(text))


def terminal_width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
