"""flask report verify | start-register: verifying issued documents, and starting a number register."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask.cli import with_appcontext

from app.base.errors import BadInput
from app.drafting.core.life_cycle import ISSUED_STATES
from app.drafting.core.models import Document
from app.issuing import register
from app.issuing.verification import FileFinding
from app.issuing.verification import verify_document as verified
from app.wiring.cli.chinese_usage import ChineseCommand
from app.wiring.cli.command_groups import COMMAND_LINE, CommandRefusal
from app.wiring.cli.command_printing import opened_pool
from reports.model import DocumentNumber

OTHER_VERSION = 3  # exit status


@click.command("verify", cls=ChineseCommand)
@click.option("--number", default="", help="文号，如 代字〔2026〕12号；不写则核对全部已印发的公文。")
@click.option("--document", "document_id", type=int, help="公文的编号，即网址里的数字。")
@with_appcontext
def verify_issued_documents(number: str, document_id: int | None) -> None:
    """由冻结的正文重新生成各种文件，与印发时的文件逐字节比较。

    退出码：0 全部相同；3 由别的版本的程序或者字体生成，内容没有改动；1 有改动，或者没有核对成。
    """
    documents = list(documents_to_verify(number, document_id))
    found: list[FileFinding] = []
    with opened_pool() as renderers:
        for document in documents:
            click.echo(f"{document.number or '（无文号）'}　{document.title}{edition_in_words(document)}")
            findings = verified(document, renderers.render_document)
            found += findings
            for finding in findings:
                click.echo(describe_finding(finding))
    report_verdict(len(documents), found)


def report_verdict(count: int, findings: list[FileFinding]) -> None:
    """Print the verdict. Raises CommandRefusal for faults; exits with status 3 if only versions differ."""
    renewed = [finding for finding in findings if finding.by_other_version]
    faults = [finding for finding in findings if not (finding.is_sound or finding.by_other_version)]
    if faults:
        raise CommandRefusal(f"共核对 {count} 份公文，{len(faults)} 个文件需要查明。")
    if renewed:
        click.echo(
            f"共核对 {count} 份公文，{len(renewed)} 个文件由别的版本生成，内容没有改动，可以照常使用。"
        )
        click.get_current_context().exit(OTHER_VERSION)
    click.echo(f"共核对 {count} 份公文，全部与印发时一致。")


def documents_to_verify(number: str, document_id: int | None) -> Iterator[Document]:
    """Yield the issued documents to verify, oldest first. Raises BadInput if the requested one does not exist."""
    query = Document.select().where(Document.state.in_(ISSUED_STATES)).order_by(Document.id)
    if number:
        query = query.where(Document.number == number)
    if document_id is not None:
        query = query.where(Document.id == document_id)
    if (number or document_id is not None) and not query.exists():
        raise BadInput(f"没有已印发的公文“{number or document_id}”，请在“发文登记簿”中核对。")
    yield from query


def edition_in_words(document: Document) -> str:
    return f"（第 {document.edition} 版）" if document.edition > 1 else ""


def describe_finding(finding: FileFinding) -> str:
    """Return a finding as one line, with its reason if it must be investigated."""
    line = f"  {finding.format.label}：{finding.outcome.label}"
    return line if finding.is_sound else f"{line}。{finding.sentence}"


@click.command("start-register", cls=ChineseCommand)
@click.argument("word")
@click.argument("year", type=int)
@click.argument("first", type=int)
@with_appcontext
def start_number_register(word: str, year: int, first: int) -> None:
    """登记以前已用的文号：WORD（发文机关代字）YEAR 年从 FIRST 号编起。"""
    register.start_register(word, year, first, by=COMMAND_LINE)
    click.echo(f"已登记，下一份公文编为{DocumentNumber(word, year, first)}。")
