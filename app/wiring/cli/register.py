"""flask report verify | start-register: the register of documents and what it vouches for."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask.cli import with_appcontext

from app.base.errors import BadInput
from app.drafting.core.models import Document
from app.drafting.core.rules import OUT
from app.issuing import register
from app.issuing.verification import Finding
from app.issuing.verification import verify as verified
from app.wiring.cli.groups import COMMAND_LINE, Refusal
from app.wiring.cli.press import opened_press
from app.wiring.cli.usage import ChineseCommand
from reports.model import DocumentNumber

OTHER_VERSION = 3  # exit status


@click.command("verify", cls=ChineseCommand)
@click.option("--number", default="", help="文号，如 华街〔2026〕12号；不写则核对全部已印发的公文。")
@click.option("--document", "document_id", type=int, help="公文的编号，即网址里的数字。")
@with_appcontext
def verify(number: str, document_id: int | None) -> None:
    """由冻结的正文重新生成各种文件，与印发时的文件逐字节比较。

    退出码：0 全部相同；3 由别的版本的程序或者字体生成，内容没有改动；1 有改动，或者没有核对成。
    """
    documents = list(chosen(number, document_id))
    found: list[Finding] = []
    with opened_press() as press:
        for document in documents:
            click.echo(f"{document.number or '（无文号）'}　{document.title}{edition_in_words(document)}")
            findings = verified(document, press.printed)
            found += findings
            for finding in findings:
                click.echo(line(finding))
    say_verdict(len(documents), found)


def say_verdict(count: int, findings: list[Finding]) -> None:
    """Say what findings on so many documents come to. Raises Refusal; ends with 3 where only versions differ."""
    renewed = [finding for finding in findings if finding.by_other_version]
    faults = [finding for finding in findings if not (finding.is_sound or finding.by_other_version)]
    if faults:
        raise Refusal(f"共核对 {count} 份公文，{len(faults)} 个文件需要查明。")
    if renewed:
        click.echo(
            f"共核对 {count} 份公文，{len(renewed)} 个文件由别的版本生成，内容没有改动，可以照常使用。"
        )
        click.get_current_context().exit(OTHER_VERSION)
    click.echo(f"共核对 {count} 份公文，全部与印发时一致。")


def chosen(number: str, document_id: int | None) -> Iterator[Document]:
    """Yield the issued documents that are to be verified, oldest first. Raises BadInput where there is none."""
    query = Document.select().where(Document.state.in_(OUT)).order_by(Document.id)
    if number:
        query = query.where(Document.number == number)
    if document_id is not None:
        query = query.where(Document.id == document_id)
    if (number or document_id is not None) and not query.exists():
        raise BadInput(f"没有已印发的公文“{number or document_id}”，请在“发文登记簿”中核对。")
    yield from query


def edition_in_words(document: Document) -> str:
    """Return which correction it is, if it is one."""
    return f"（第 {document.edition} 版）" if document.edition > 1 else ""


def line(finding: Finding) -> str:
    """Return a finding as it is printed: why, only where something is to be looked into."""
    told = f"  {finding.format.label}：{finding.outcome.label}"
    return told if finding.is_sound else f"{told}。{finding.sentence}"


@click.command("start-register", cls=ChineseCommand)
@click.argument("word")
@click.argument("year", type=int)
@click.argument("first", type=int)
@with_appcontext
def start_register(word: str, year: int, first: int) -> None:
    """登记以前已用的文号：WORD（如 华街）YEAR 年从 FIRST 号编起。"""
    register.start_register(word, year, first, by=COMMAND_LINE)
    click.echo(f"已登记，下一份公文编为{DocumentNumber(word, year, first)}。")
