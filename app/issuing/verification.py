"""Whether an issued document's files are still those that were issued.

Three things prove one another: the files, the frozen text from which they can be made again, and the event log with the
SHA-256 of both. Another version of a library or font may produce other bytes from the same text, so the versions used
are stored with each file and named if the bytes differ.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.audit.queries import events_of_subject
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now
from app.base.database import database, transaction
from app.base.errors import IllegalTransition
from app.base.labels import LabelledEnum, LabelTone
from app.drafting.core.draft import content_digest
from app.drafting.core.models import Document, DocumentFile
from app.drafting.core.queries import way_to_document
from app.drafting.core.signals import verification_requested
from app.drafting.jobs.operations import render_in_process
from app.issuing.models import Verification
from app.printing.formats import PrintedFile
from app.printing.render_pool import Printer, RenderingFailed, no_heartbeat
from app.printing.rules import FileFormat
from reports.frozen_text import document_from_json
from reports.model import DocumentError

PATIENCE = timedelta(minutes=2)

REPEATED = "由冻结的正文重新生成，与印发时的文件逐字节相同。"
ONLY_BYTES = "系统升级前印发，没有冻结的正文，不能重新生成；文件与登记的校验码相符。"
GONE = "文件已不在库中，请从备份恢复。"
OTHER_BYTES = "文件与印发时登记的校验码不符，请从备份恢复，并报告系统管理员。"
OTHER_TEXT = "冻结的正文与印发时登记的校验码不符，请从备份恢复，并报告系统管理员。"
NEW_TOOLS = "文件与登记的校验码相符。重新生成的字节不同，因为生成它的程序或者字体已经更换：{changes}。"
NOT_KNOWN = "文件与登记的校验码相符。重新生成的字节不同；印发时用的程序和字体没有记录。"
NOT_EXPLAINED = (
    "文件与登记的校验码相符，但同样的程序和字体重新生成的字节不同：冻结的正文可能被改动，请报告系统管理员。"
)
NO_SUCH_FILE = "现在的程序不再为它生成这种文件。"
INTERRUPTED = "生成文件的程序中途中断，请再核对一次；如仍中断，请联系系统管理员。"
NOT_MADE = "文件与登记的校验码相符，但现在不能重新生成：{reason}"

# What all of it comes to, for a reader who is no engineer.
GENUINE = (
    "印发时，系统给每个文件算出校验码，记入不能改动的操作记录；文件改动一个字，校验码就会不同。"
    "现在重新计算，全部相符，可以放心使用。"
)
TO_RESTORE = (
    "请不要使用、转发这些文件，也不要重新印发。请系统管理员从备份恢复，恢复后再核对一次。{others}已经下载、"
    "打印的文件，可以按下表的校验码辨别。"
)
OTHERS_GOOD = "其余文件与印发时一致，可以照常使用。"
TO_EXPLAIN = "文件的校验码与印发时相符，内容没有改动，可以照常使用。只是现在重新生成的结果不同，原因见下表。"


class FileOutcome(LabelledEnum):
    """The result for one file."""

    SAME = "same", "一致", LabelTone.GOOD
    UNTOUCHED = "untouched", "文件未改动", LabelTone.GOOD
    DIFFERS = "differs", "重算不同", LabelTone.ATTENTION
    DAMAGED = "damaged", "不符", LabelTone.BAD


SOUND = (FileOutcome.SAME, FileOutcome.UNTOUCHED)


@dataclass(frozen=True)
class FileFinding:
    """The result for a document's file in one format, with the reason.

    `by_other_version`: it differs only because other programs or fonts made it.
    """

    format: FileFormat
    outcome: FileOutcome
    sentence: str
    by_other_version: bool = False

    @property
    def is_sound(self) -> bool:
        """Return whether nothing has to be done about it."""
        return self.outcome in SOUND


@dataclass(frozen=True)
class LoggedHashes:
    """What the event log holds of a document: the SHA-256 of its files and of its text; empty if nothing."""

    files: Mapping[FileFormat, str]
    content: str


def verify_document(document: Document, printer: Printer = render_in_process) -> list[FileFinding]:
    """Compare a document's files with the log and with files made again from its frozen text."""
    files = list(DocumentFile.select().where(DocumentFile.document == document))
    sealed = sealed_by_log(document)
    if sealed.content not in ("", content_digest(document.content)):
        return in_order(FileFinding(file.format, FileOutcome.DAMAGED, OTHER_TEXT) for file in files)
    gone = sealed.files.keys() - {file.format for file in files}
    whole = [file for file in files if is_whole(file, sealed)]
    broken = [file for file in files if file not in whole]
    return in_order(
        [
            *(FileFinding(one, FileOutcome.DAMAGED, GONE) for one in gone),
            *(FileFinding(file.format, FileOutcome.DAMAGED, OTHER_BYTES) for file in broken),
            *compare_files(document, whole, printer),
        ]
    )


def damaged_files(document: Document) -> list[FileFinding]:
    """Return the files that are not those that were issued, by their hashes alone, without making any again."""
    return [one for one in verify_document(document, lambda *_: []) if one.outcome is FileOutcome.DAMAGED]


def in_order(findings: Iterable[FileFinding]) -> list[FileFinding]:
    """Return findings in the order of the formats."""
    return sorted(findings, key=lambda finding: list(FileFormat).index(finding.format))


def sealed_by_log(document: Document) -> LoggedHashes:
    """Return the hashes recorded when the document was issued and when it was last printed."""
    files: dict[FileFormat, str] = {}
    content = ""
    for event in events_of_subject(document):
        if event.action == Action.PRINT_DOCUMENT:
            hashes = event.detail["sha256"]
            named = hashes if isinstance(hashes, dict) else {FileFormat.PDF.value: hashes}
            files = {FileFormat(name): sha256 for name, sha256 in named.items()}
        elif event.action == Action.ISSUE_DOCUMENT:
            content = event.detail.get("content", "")
    return LoggedHashes(files, content)


def is_whole(file: DocumentFile, sealed: LoggedHashes) -> bool:
    """Return whether a file's bytes match the hash beside it and the one in the log."""
    sha256 = hashlib.sha256(file.data).hexdigest()
    return sha256 == file.sha256 == sealed.files.get(file.format, file.sha256)


def compare_files(document: Document, files: list[DocumentFile], printer: Printer) -> Iterator[FileFinding]:
    """Yield the results of making again the files that are undamaged."""
    if not document.content:
        yield from (FileFinding(file.format, FileOutcome.UNTOUCHED, ONLY_BYTES) for file in files)
        return
    try:
        made = printer(document_from_json(document.content), [file.format for file in files], no_heartbeat)
    except (DocumentError, RenderingFailed) as error:
        is_refused = isinstance(error, DocumentError)
        reason = NOT_MADE.format(reason=error if is_refused else INTERRUPTED)
        yield from (FileFinding(file.format, FileOutcome.DIFFERS, reason, is_refused) for file in files)
        return
    printed_again = {one.format: one for one in made}
    for file in files:
        yield judge_file(file, printed_again.get(file.format))


def judge_file(file: DocumentFile, printed_again: PrintedFile | None) -> FileFinding:
    """Return the result for an issued file compared with one made again."""
    if printed_again is None:
        return FileFinding(file.format, FileOutcome.DIFFERS, NOT_MADE.format(reason=NO_SUCH_FILE), True)
    if printed_again.sha256 == file.sha256:
        return FileFinding(file.format, FileOutcome.SAME, REPEATED)
    if not file.made_with:
        return FileFinding(file.format, FileOutcome.DIFFERS, NOT_KNOWN, True)
    changed = tool_changes(file.made_with, printed_again.made_with)
    sentence = NEW_TOOLS.format(changes="、".join(changed)) if changed else NOT_EXPLAINED
    return FileFinding(file.format, FileOutcome.DIFFERS, sentence, bool(changed))


def tool_changes(before: str, after: str) -> list[str]:
    """Return the differences between two lists of programs and fonts with their versions, in words."""
    old, new = (dict(line.rsplit(" ", 1) for line in text.splitlines()) for text in (before, after))
    return [
        f"{name} {old.get(name, '无')} → {new.get(name, '无')}"
        for name in dict.fromkeys([*old, *new])
        if old.get(name) != new.get(name)
    ]


@transaction
def request_verification(document: Document, *, by: Actor) -> None:
    """Request a verification by the worker; a request during another one returns that one.

    Raises NotAllowed, IllegalTransition for a document that is not issued.
    """
    require(by, Action.REQUEST_VERIFICATION, document)
    if not document.is_out:
        raise IllegalTransition("公文印发以后才有可以核对的文件。", way_to_document(document))
    about = Verification.document == document
    Verification.delete().where(about & is_over()).execute()
    question = {"document": document, "asked_at": now(), "asked_by": by.person}
    if not Verification.insert(question).on_conflict_ignore().as_rowcount().execute():
        return
    asked = Verification.get(about)
    record_event(Action.REQUEST_VERIFICATION, document, by=by, summary=document.title)
    database.after_commit(lambda: verification_requested.send(asked))


def run_verification(verification_id: int, printer: Printer = render_in_process, *, by: Actor) -> None:
    """Carry out a requested verification in the worker, and store the result."""
    require(by, Action.RUN_TASKS)
    asked = Verification.get_or_none(Verification.id == verification_id)
    if asked is not None:
        store_findings(asked, verify_document(asked.document, printer), by=by)


@transaction
def store_findings(asked: Verification, findings: list[FileFinding], *, by: Actor) -> None:
    """Store the findings, for the page and in the event log."""
    asked.findings, asked.done_at = [vars(finding) for finding in findings], now()
    asked.save()
    outcomes = {finding.format.value: finding.outcome.value for finding in findings}
    record_event(
        EventKind.VERIFY_DOCUMENT, asked.document, by=by, summary=asked.document.title, detail=outcomes
    )


def latest_verification(document: Document) -> Verification | None:
    return Verification.get_or_none(Verification.document == document)


def findings_of(asked: Verification) -> list[FileFinding]:
    return [
        FileFinding(
            FileFormat(one["format"]),
            FileOutcome(one["outcome"]),
            one["sentence"],
            one.get("by_other_version", False),
        )
        for one in asked.findings
    ]


def is_over() -> Any:
    """Return the condition that no result is to be expected any more."""
    return Verification.done_at.is_null(False) | (Verification.asked_at <= now() - PATIENCE)


def is_under_way(asked: Verification) -> bool:
    """Return whether a result is still to be expected; a task may have been lost from the queue."""
    return asked.done_at is None and now() < asked.asked_at + PATIENCE


@dataclass(frozen=True)
class VerificationVerdict:
    """The verdict on all files: a sentence with a colour, and what to do."""

    tone: LabelTone
    title: str
    sentence: str


def verdict_of(findings: Sequence[FileFinding]) -> VerificationVerdict:
    """Return the verdict: damage first, then files that cannot be made again."""
    damaged = [one for one in findings if one.outcome is FileOutcome.DAMAGED]
    if damaged or not findings:
        others = OTHERS_GOOD if len(damaged) < len(findings) else ""
        named = named_in(damaged) if damaged else "全部文件"
        return VerificationVerdict(LabelTone.BAD, f"核对不符：{named}", TO_RESTORE.format(others=others))
    differing = [one for one in findings if one.outcome is FileOutcome.DIFFERS]
    if differing:
        return VerificationVerdict(
            LabelTone.ATTENTION, f"文件未改动，但{named_in(differing)}不能照原样重新生成", TO_EXPLAIN
        )
    return VerificationVerdict(LabelTone.GOOD, f"核对无误：{len(findings)} 个文件都是印发时的文件", GENUINE)


def named_in(findings: Iterable[FileFinding]) -> str:
    """Return the formats of findings in words."""
    return "、".join(one.format.label for one in findings)
