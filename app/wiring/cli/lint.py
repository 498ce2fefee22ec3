"""flask report lint: what a strict reader would object to in a document or in any text."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast
from unicodedata import east_asian_width

import click
from cattrs import BaseValidationError
from flask.cli import ScriptInfo

from app.base.clock import today
from app.base.errors import BadInput
from app.base.settings.current import current_settings
from app.base.tables.tabular import read_table_bytes
from app.composition.facts import DocumentFacts
from app.composition.kinds import USUAL_KIND, spec_of
from app.composition.rules import DocumentKind, TextFullness
from app.drafting.core.draft import keyed_text
from app.drafting.core.lint_findings import lint_findings
from app.drafting.core.queries import find_document as stored_document
from app.maintenance.schema import require_known_schema
from app.wiring.cli.chinese_usage import ChineseCommand
from app.wiring.cli.command_groups import CommandRefusal
from app.wiring.cli.document_options import (
    CODES_HELP,
    KIND_CHOICE,
    compose_now,
    request_from_options,
    subject_options,
)
from reports.frozen_text import document_from_json
from reports.lint import LintContext, LintFinding, Severity, check_document, place_words
from reports.lint.written import TextFinding, WrittenLine, check_lines, lines_of_file
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
    """检查公文：一份已汇编的，一个季度现在汇编出来的，或者一个文件（.docx、.txt、.json）。有错误时退出码为 1。

    检查文件不用数据库。
    """
    if sum(given is not None for given in (file, number, code)) != 1:
        raise BadInput("请写明检查哪份公文：--document 编号、--period 季度，或者一个文件，三者取一。")
    if file is not None:
        show_findings(ctx, findings_in_file(file), as_json=as_json)
        return
    fullness = TextFullness.FULL if full else TextFullness.CONCISE
    try:
        with ctx.ensure_object(ScriptInfo).load_app().app_context():
            require_known_schema()
            found = findings_in_database(number, DocumentKind(kind), code, fullness=fullness, **about)
    except DocumentError as error:
        raise BadInput(str(error)) from None
    show_findings(ctx, found, as_json=as_json)


@click.command("lint", cls=ChineseCommand)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def lint_file(ctx: click.Context, /, file: Path, as_json: bool) -> None:
    """检查一个文件（.docx、.txt、.json）里的公文，不用数据库。有错误时退出码为 1。"""
    try:
        found = findings_in_file(file)
    except BadInput as error:
        raise CommandRefusal(error.sentence) from None
    show_findings(ctx, found, as_json=as_json)


def show_findings(ctx: click.Context, found: tuple[PlacedFinding, ...], *, as_json: bool) -> None:
    """Print findings; exit with status 1 if there are errors."""
    if as_json:
        click.echo(json.dumps([one.values for one in found], ensure_ascii=False, indent=2))
    else:
        click.echo(findings_table(found))
    if any(one.finding.severity is Severity.ERROR for one in found):
        ctx.exit(1)


@dataclass(frozen=True)
class PlacedFinding:
    """A finding with its place in words, and in numbers for other programs."""

    finding: LintFinding
    place_words: str
    numbers: dict[str, Any]

    @property
    def values(self) -> dict[str, Any]:
        """Return it as JSON values."""
        values = asdict(self.finding) | {"place": self.numbers | {"part": self.place_words}}
        del values["rule"]["is_certain"]
        return values


def findings_in_file(file: Path) -> tuple[PlacedFinding, ...]:
    """Check a file without a database. Raises BadInput."""
    if file.suffix.lower() == ".json":
        text = document_from_file(file)
        return placed_findings(check_document(text), text)
    try:
        lines = lines_of_file(file.name, read_table_bytes(file))
        found = tuple(in_source(one, lines) for one in check_lines(lines, LintContext(today=today())))
    except DocumentError as error:
        raise BadInput(str(error)) from None
    return tuple(PlacedFinding(one.finding, one.place_words, numbers_of_place(one)) for one in found)


def in_source(found: TextFinding, lines: tuple[WrittenLine, ...]) -> TextFinding:
    """Return a finding with its place in the lines of the file, some of which were joined for reading."""
    if found.line is None:
        return found
    line = lines[found.line]
    earlier = sum(len(one.breaks) for one in lines[: found.line])
    ended = [0, *(place for place, _ in line.breaks if place <= found.start)]
    indented = [0, *(len(gap.partition("\n")[2]) for place, gap in line.breaks if place <= found.start)]
    back = ended[-1] - indented[-1]
    number = found.line + earlier + len(ended) - 1
    return replace(found, line=number, start=found.start - back, end=found.end - back)


def numbers_of_place(found: TextFinding) -> dict[str, Any]:
    """Return the line of a finding, counted from 1 (None if it has none), and the characters within it."""
    line = None if found.line is None else found.line + 1
    return {"line": line, "start": found.start, "end": found.end, "kind": found.finding.place.kind}


def document_from_file(file: Path) -> OfficialDocument:
    """Read a document from a JSON file. Raises BadInput."""
    try:
        return document_from_json(json.loads(read_table_bytes(file).decode()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, BaseValidationError):
        raise BadInput(f"“{file.name}”不是公文的 JSON 文件，请核对。") from None


def findings_in_database(
    number: int | None, kind: DocumentKind, code: str | None, *, fullness: TextFullness, **about: str
) -> tuple[PlacedFinding, ...]:
    """Check an assembled document, or one as it would be assembled now. Raises BadInput, DocumentError."""
    if code is not None:
        text, facts = compose_now(request_from_options(kind, code, **about, fullness=fullness))
    else:
        text, facts, kind = document_from_database(cast(int, number))
    budget = spec_of(kind).longest_text(current_settings().report_budget)
    return placed_findings(lint_findings(text, facts, budget=budget), text)


def document_from_database(number: int) -> tuple[OfficialDocument, DocumentFacts, DocumentKind]:
    """Return an assembled document as it is now. Raises BadInput."""
    document = stored_document(number)
    if document is None:
        raise BadInput(f"没有编号为 {number} 的公文，请核对。")
    if not document.facts:
        raise BadInput("这份公文还没有汇编好，请稍后再检查。")
    return keyed_text(document), DocumentFacts.from_json(document.facts), document.kind


def placed_findings(found: tuple[LintFinding, ...], text: OfficialDocument) -> tuple[PlacedFinding, ...]:
    """Return findings with their places in a document."""
    return tuple(
        PlacedFinding(
            one,
            place_words(text, one.place),
            {
                "block": one.place.block,
                "annex": one.place.annex,
                "start": one.place.start,
                "end": one.place.end,
                "kind": one.place.kind,
                "enclosure": one.place.part is DocumentPart.ENCLOSURE,
            },
        )
        for one in found
    )


def findings_table(found: tuple[PlacedFinding, ...]) -> str:
    """Return findings as a table, followed by their number."""
    errors = sum(one.finding.severity is Severity.ERROR for one in found)
    summary = f"错误 {errors} 处，提醒 {len(found) - errors} 处。" if found else "没有发现问题。"
    heads = padded_line([title for title, _ in FINDING_COLUMNS], "说明")
    return "\n".join([*([heads, *map(finding_line, found)] if found else []), summary])


def finding_line(placed: PlacedFinding) -> str:
    finding = placed.finding
    right = "" if finding.fix is None else finding.fix.replacement or "（删去）"
    reason = f"{finding.reason.removesuffix('。')}（{finding.rule.source}）。"
    return padded_line([finding.severity.label, placed.place_words, finding.quote, right], reason)


def padded_line(cells: list[str], last: str) -> str:
    """Return cells padded to the widths of their columns, and the last one unpadded."""
    padded = (fit_to_width(cell, width) for cell, (_, width) in zip(cells, FINDING_COLUMNS, strict=True))
    return "  ".join((*padded, last))


def fit_to_width(text: str, width: int) -> str:
    """Return a text cut or padded to a width in terminal columns; a Chinese character takes two."""
    text = " ".join(text.split())
    if terminal_width(text) > width:
        while terminal_width(text) > width - 1:
            text = text[:-1]
        text += CUT_MARK
    return text + " " * (width - terminal_width(text))


def terminal_width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
