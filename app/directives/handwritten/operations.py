"""Entering a handwritten directive with its scan, confirming it, and opening the scan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO

from app.audit.event_kinds import EventKind
from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now, today
from app.base.database import transaction
from app.base.errors import BadInput, raise_field_problems
from app.base.text import text_problem
from app.directives.core.announcements import ask_to_confirm, confirmation_topic
from app.directives.core.content import DIRECTIVE_LENGTH, DirectiveContent, DirectiveTarget
from app.directives.core.models import Directive
from app.directives.core.operations import write_directive
from app.directives.core.scans import DirectiveScan
from app.directives.steps.operations import StepWords, current_directive, take_step
from app.notices.operations import settle_topic
from app.uploads.inspection import ExaminedFile, SentFile, examine_files
from app.uploads.rules import FileKind, FileQuota
from app.uploads.signals import stored_files_asked
from app.uploads.store import FileStore

EARLIEST = timedelta(days=366)
SCAN_KINDS = (FileKind.PDF, FileKind.OFD, FileKind.JPEG, FileKind.PNG)
NO_LEADER = "手写批示是领导写的，请选择是哪位领导。"
NO_SCAN = "请选择手写批示的扫描件或照片。"
NOT_A_SCAN = "“{}”不是扫描件。请上传 PDF、OFD 文件或者 JPG、PNG 图片。"


@dataclass(frozen=True)
class Handwriting:
    """The day of writing and the examined scans, or why they cannot be taken."""

    written_on: date | None
    scans: Sequence[ExaminedFile]
    scan_problem: str = ""


def handwriting_problems(content: DirectiveContent, handwriting: Handwriting) -> dict[str, str]:
    """Return, by field, everything that prevents handwriting from being entered."""
    return {
        "leader": "" if content.leader else NO_LEADER,
        "written_on": written_day_problem(handwriting.written_on),
        "scans": handwriting.scan_problem or ("" if handwriting.scans else NO_SCAN),
    }


def written_day_problem(day: date | None) -> str:
    if day is None:
        return "请填写领导写批示的日期。"
    if day > today():
        return "领导写批示的日期不能晚于今天。"
    return "领导写批示的日期太早了，请核对年份。" if day < today() - EARLIEST else ""


def examined_handwriting(written_on: date | None, sent: Sequence[SentFile], quota: FileQuota) -> Handwriting:
    """Examine the uploaded files. This takes time, so it comes before the transaction."""
    try:
        found = examine_files(sent, quota)
    except BadInput as refusal:
        return Handwriting(written_on, (), "；".join(refusal.problems))
    strange = [NOT_A_SCAN.format(one.name) for one in found if one.kind not in SCAN_KINDS]
    problem = "；".join(strange) or quota.excess_problem(attached=[one.size for one in found])
    return Handwriting(written_on, found, problem)


def store_scans(handwriting: Handwriting, store: FileStore) -> None:
    """Store the files; a row is written only for a file that is in the store. Raises OSError if the store fails."""
    for file in handwriting.scans:
        store.put_file(file.file, file.sha256)


@transaction
def enter_handwritten(
    target: DirectiveTarget,
    content: DirectiveContent,
    handwriting: Handwriting,
    *,
    by: Actor,
    store: FileStore,
) -> Directive:
    """Issue a handwritten directive with its scans, and ask the leader to confirm it.

    Raises NotAllowed, FieldProblems, OSError if the store fails.
    """
    require(by, Action.ENTER_HANDWRITTEN)
    raise_field_problems(handwriting_problems(content, handwriting))
    directive = write_directive(target, content, by=by, handwritten_on=handwriting.written_on)
    for file in handwriting.scans:
        scan = {"name": file.name, "kind": file.kind, "size": file.size, "sha256": file.sha256}
        DirectiveScan.create(directive=directive, uploaded_by=by.person, **scan)
    # Writing put us in line with the sweep, which may just have taken an old file of the same content.
    store_scans(handwriting, store)
    ask_to_confirm(directive, by=by)
    return directive


@transaction
def confirm_directive(directive: Directive, text: str, *, by: Actor, version: int) -> None:
    """Confirm or correct the text as its leader; the text as first entered is kept with the step.

    Raises NotAllowed, FieldProblems, StaleVersion, IllegalTransition if it was confirmed already.
    """
    require(by, Action.CONFIRM_DIRECTIVE, directive)
    text = text.strip()
    raise_field_problems(
        {"text": text_problem(text, "内容", DIRECTIVE_LENGTH, when_empty="请写明批示内容。")}
    )
    current = current_directive(directive)
    former = current.text

    def confirm() -> None:
        current.confirmed_at, current.text = now(), text

    words = StepWords(f"录入时为：{former}" if text != former else "")
    take_step(current, Action.CONFIRM_DIRECTIVE, words, by=by, version=version, change=confirm)
    settle_topic(confirmation_topic(current))


@transaction
def open_scan(scan: DirectiveScan, *, by: Actor, store: FileStore) -> IO[bytes]:
    """Open a scan for download and record who took it. Raises NotAllowed, NotFound."""
    require(by, Action.READ_DIRECTIVE, scan)
    directive = scan.directive
    summary = directive.number_words if directive.is_confidential else f"{directive.author}：{scan.name}"
    record_event(EventKind.DOWNLOAD_SCAN, scan, by=by, summary=summary)
    return store.open_kept(scan.sha256)


@stored_files_asked.connect
def stored_scans(_sender: None) -> dict[str, str]:
    """Return the files that directives need in the store: name by hash."""
    return {row.sha256: row.name for row in DirectiveScan.select(DirectiveScan.sha256, DirectiveScan.name)}
