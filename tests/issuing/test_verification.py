"""Verifying what was issued: bytes, frozen text and log vouch for one another, and other tools are named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.audit.queries import events_of_subject
from app.authority.actor import SYSTEM
from app.base.clock import clock_stopped_at, now
from app.base.errors import IllegalTransition
from app.base.labels import LabelTone
from app.drafting.core.models import Document, DocumentFile
from app.issuing import verification
from app.issuing.models import Verification
from app.issuing.verification import (
    FileFinding,
    FileOutcome,
    tool_changes,
    verdict_of,
    verify_document,
)
from app.printing.formats import PrintedFile
from app.printing.render_pool import Pulse, RenderPool, RenderProcessDied
from app.printing.rules import FROZEN_FORMATS, FileFormat
from app.wiring.cli import issued_documents
from app.wiring.cli.command_printing import opened_pool
from app.wiring.queue import TaskQueue
from reports.model import DocumentError, OfficialDocument
from tests.databases import on_both
from tests.issuing.issued_documents import (
    TOOLS,
    issue_now,
    issued,
    made,
    quick,
)
from tests.world import World

pytestmark = pytest.mark.usefixtures("in_app")

NEW_TOOLS = TOOLS.replace("70.0", "71.0")


def test_others_are_good_only_where_there_are_others() -> None:
    damaged = FileFinding(FileFormat.PDF, FileOutcome.DAMAGED, "")
    good = FileFinding(FileFormat.DOCX, FileOutcome.SAME, "")
    verdicts = [verdict_of(found) for found in ([damaged], [damaged, good], [])]
    assert ["其余文件" in one.sentence for one in verdicts] == [False, True, False]


def test_files_that_come_out_otherwise_are_named_and_may_be_used() -> None:
    differing = FileFinding(FileFormat.PDF, FileOutcome.DIFFERS, "")
    good = FileFinding(FileFormat.DOCX, FileOutcome.SAME, "")
    verdict = verdict_of([differing, good])
    assert (verdict.tone, verdict.sentence) == (LabelTone.ATTENTION, verification.TO_EXPLAIN)
    assert verdict.title == f"文件未改动，但{FileFormat.PDF.label}不能照原样重新生成"


@pytest.fixture
def document(reported: World) -> Document:
    return issued(reported)


def pdf(document: Document) -> DocumentFile:
    return DocumentFile.get((DocumentFile.document == document) & (DocumentFile.format == FileFormat.PDF))


def found(document: Document, printer: object = quick) -> dict[FileFormat, tuple[FileOutcome, str]]:
    assert callable(printer)
    return {one.format: (one.outcome, one.sentence) for one in verify_document(document, printer)}


def otherwise(made_with: str) -> object:
    """Return a printer that gives other bytes for the same text."""

    def printer(*wanted: object) -> list[PrintedFile]:
        return [replace(one, sha256="f" * 64, made_with=made_with) for one in quick(*wanted)]  # type: ignore[arg-type]  # as given

    return printer


def refusing(error: Exception | None) -> object:
    """Return a printer that comes to no end, or gives no file."""

    def printer(*_wanted: object) -> list[PrintedFile]:
        if error:
            raise error
        return []

    return printer


@on_both
def test_what_was_issued_is_made_again_byte_for_byte(document: Document) -> None:
    findings = verify_document(document, quick)
    assert [one.format for one in findings] == sorted(FROZEN_FORMATS, key=list(FileFormat).index)
    assert {one.outcome for one in findings} == {FileOutcome.SAME}


def test_bytes_that_were_changed_are_found_even_with_a_checksum_that_fits(document: Document) -> None:
    file = pdf(document)
    file.data = b"%PDF forged"
    file.save()
    assert found(document)[FileFormat.PDF] == (FileOutcome.DAMAGED, verification.OTHER_BYTES)
    file.sha256 = verification.hashlib.sha256(file.data).hexdigest()
    file.save()
    assert found(document)[FileFormat.PDF] == (FileOutcome.DAMAGED, verification.OTHER_BYTES)
    assert found(document)[FileFormat.DOCX][0] is FileOutcome.SAME
    damaged = FileFinding(FileFormat.PDF, FileOutcome.DAMAGED, verification.OTHER_BYTES)
    assert verification.damaged_files(document) == [damaged]


def test_a_file_that_is_gone_is_missed(document: Document) -> None:
    pdf(document).delete_instance()
    assert found(document)[FileFormat.PDF] == (FileOutcome.DAMAGED, verification.GONE)


def test_a_frozen_text_that_was_changed_is_found(document: Document) -> None:
    Document.update(content=document.content | {"title": "另一个标题"}).execute()
    findings = found(Document.get_by_id(document.id))
    assert set(findings.values()) == {(FileOutcome.DAMAGED, verification.OTHER_TEXT)}


def test_other_tools_are_named_where_the_bytes_differ(document: Document) -> None:
    outcome, sentence = found(document, otherwise(NEW_TOOLS))[FileFormat.PDF]
    assert outcome is FileOutcome.DIFFERS
    assert "WeasyPrint 70.0 → 71.0" in sentence
    assert "与登记的校验码相符" in sentence
    assert found(document, otherwise(TOOLS))[FileFormat.PDF] == (
        FileOutcome.DIFFERS,
        verification.NOT_EXPLAINED,
    )
    versions = {
        one.by_other_version
        for tools in (TOOLS, NEW_TOOLS)
        for one in verify_document(document, otherwise(tools))
    }
    assert versions == {False, True}
    DocumentFile.update(made_with="").execute()
    printer = otherwise(NEW_TOOLS)
    assert callable(printer)
    assert verify_document(document, printer) == [
        FileFinding(one.format, FileOutcome.DIFFERS, verification.NOT_KNOWN, by_other_version=True)
        for one in verify_document(document, quick)
    ]


@pytest.mark.parametrize(
    ("error", "reason", "by_other_version"),
    [
        (DocumentError("缺少仿宋字体。"), "缺少仿宋字体。", True),
        (RenderProcessDied(), verification.INTERRUPTED, False),
        (None, verification.NO_SUCH_FILE, True),
    ],
)
def test_what_cannot_be_made_again_says_why(
    document: Document, error: Exception | None, reason: str, by_other_version: bool
) -> None:
    printer, sentence = refusing(error), verification.NOT_MADE.format(reason=reason)
    assert callable(printer)
    assert verify_document(document, printer) == [
        FileFinding(one.format, FileOutcome.DIFFERS, sentence, by_other_version)
        for one in verify_document(document, quick)
    ]


def test_an_older_document_without_a_frozen_text_is_checked_by_its_bytes(document: Document) -> None:
    Document.update(content={}).execute()
    log = events_of_subject(document)
    assert log
    sealed = verification.sealed_by_log(document)
    assert sealed.content
    bare = replace(sealed, content="")
    assert all(verification.is_whole(file, bare) for file in DocumentFile.select())
    older = Document.get_by_id(document.id)
    outcomes = {one.outcome for one in verification.compare_files(older, list(DocumentFile.select()), quick)}
    assert outcomes == {FileOutcome.UNTOUCHED}


def test_what_changed_is_listed_thing_by_thing() -> None:
    assert tool_changes("甲 1\n乙.otf aa", "甲 2\n乙.otf aa\n丙 3") == ["甲 1 → 2", "丙 无 → 3"]
    assert tool_changes(TOOLS, TOOLS) == []


def test_the_worker_answers_and_the_log_keeps_it(
    document: Document, reported: World, queue: TaskQueue
) -> None:
    queue.huey.flush()
    verification.request_verification(document, by=reported.users["leader"])
    asked = verification.latest_verification(document)
    assert asked is not None
    assert verification.is_under_way(asked)
    assert queue.huey.pending_count() == 1
    verification.run_verification(asked.id, quick, by=SYSTEM)
    done = verification.latest_verification(document)
    assert done is not None
    assert not verification.is_under_way(done)
    assert {one.outcome for one in verification.findings_of(done)} == {FileOutcome.SAME}
    last = events_of_subject(document)[-1]
    assert (last.action, last.detail["pdf"]) == ("verify_document", "same")


@on_both
def test_who_asks_again_gets_the_answer_under_way_and_a_new_one_once_it_came_or_never_will(
    document: Document, reported: World, queue: TaskQueue
) -> None:
    queue.huey.flush()

    def asked_again() -> Verification:
        verification.request_verification(document, by=reported.users["office"])
        (only,) = Verification.select()
        assert isinstance(only, Verification)
        return only

    with clock_stopped_at(now()):
        first = asked_again()
    with clock_stopped_at(first.asked_at + timedelta(minutes=2) - timedelta(seconds=1)):
        assert (asked_again().id, queue.huey.pending_count()) == (first.id, 1)
    with clock_stopped_at(first.asked_at + timedelta(minutes=2)):
        assert not verification.is_under_way(first)
        second = asked_again()
        assert (second.asked_at > first.asked_at, queue.huey.pending_count()) == (True, 2)
        verification.run_verification(second.id + 1, quick, by=SYSTEM)
        verification.run_verification(second.id, quick, by=SYSTEM)
        assert verification.is_under_way(asked_again())
    assert queue.huey.pending_count() == 3


def test_a_draft_has_nothing_to_verify(reported: World) -> None:
    with pytest.raises(IllegalTransition):
        verification.request_verification(made(reported), by=reported.users["office"])


@pytest.fixture
def another_process(in_app: None) -> Iterator[RenderPool]:
    """A process that prints for all the commands of a test: to start takes it longer than to print."""
    with opened_pool() as pool:
        yield pool


def test_what_a_process_printed_is_printed_again_by_another_and_one_changed_byte_is_named(
    app: Flask, reported: World, monkeypatch: pytest.MonkeyPatch, another_process: RenderPool
) -> None:
    document = issue_now(made(reported), reported, printed_once)
    monkeypatch.setattr(issued_documents, "opened_pool", lambda: nullcontext(another_process))
    code, lines = verified_by_command(app, document)
    assert (code, lines) == (0, [f"  {one.label}：{FileOutcome.SAME.label}" for one in FileFormat])

    changed = (FileFormat.DOCX, FileFormat.ARCHIVE)
    for file in DocumentFile.select().where(DocumentFile.format.in_(changed)):
        file.data = one_bit_off(file.data)
        file.save()
    code, lines = verified_by_command(app, document)
    outcomes = {one: FileOutcome.SAME.label for one in FileFormat}
    outcomes |= dict.fromkeys(changed, f"{FileOutcome.DAMAGED.label}。{verification.OTHER_BYTES}")
    assert (code, lines) == (1, [f"  {one.label}：{outcomes[one]}" for one in FileFormat])

    frozen = json.dumps(document.content, ensure_ascii=False)
    assert "企业32家" in frozen
    Document.update(content=json.loads(frozen.replace("企业32家", "企业33家"))).execute()
    code, lines = verified_by_command(app, document)
    assert code == 1
    assert lines == [
        f"  {one.label}：{FileOutcome.DAMAGED.label}。{verification.OTHER_TEXT}" for one in FileFormat
    ]


def printed_once(
    document: OfficialDocument, formats: Iterable[FileFormat], pulse: Pulse
) -> list[PrintedFile]:
    """Print in a process that does nothing else."""
    with opened_pool() as pool:
        return pool.render_document(document, formats, pulse)


def one_bit_off(data: bytes) -> bytes:
    """Return bytes of which the one in the middle is another."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def verified_by_command(app: Flask, document: Document) -> tuple[int, list[str]]:
    """Return the exit code of `flask report verify` and what it says of each file."""
    result = app.test_cli_runner().invoke(args=["report", "verify", "--number", document.number])
    return result.exit_code, [line for line in result.stdout.splitlines() if line.startswith("  ")]


def test_the_command_verifies_by_number_and_tells_another_version_from_a_change(
    app: Flask, reported: World
) -> None:
    document = issued(reported)
    run = app.test_cli_runner().invoke
    differs = run(args=["report", "verify", "--number", document.number])
    assert differs.exit_code == 3
    assert "重算不同" in differs.output
    assert "5 个文件由别的版本生成，内容没有改动" in differs.output
    DocumentFile.update(data=b"%PDF forged").where(DocumentFile.format == FileFormat.PDF).execute()
    changed = run(args=["report", "verify", "--number", document.number])
    assert (changed.exit_code, "1 个文件需要查明" in changed.stderr) == (1, True)
    unknown = run(args=["report", "verify", "--number", "华街〔2026〕99号"])
    assert unknown.exit_code == 1
    assert "没有已印发的公文" in unknown.stderr
