"""Verifying the log against itself and its anchors. Rows and lines are read as streams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

from app.audit.anchor_file import AnchorFile, AnchorOrigin, LogAnchor
from app.audit.models import Event
from app.audit.proof_files import log_files
from app.audit.queries import (
    NO_HEAD,
    event_rows,
    missing_triggers,
    read_head,
)
from app.audit.rules import (
    ChainScan,
    ChainState,
    LogFinding,
    LogProblem,
    LogSeal,
    head_findings,
)
from app.base.clock import now

# A log of so few events is looked through from its beginning at every start.
FEW_EVENTS = 2000

# The worker writes an anchor every ten minutes, unless it finds something wrong.
LONGEST_SILENCE = timedelta(minutes=30)


@dataclass(frozen=True)
class LogReport:
    """The result of a verification.

    events: their number. unanchored: the number of events after the last anchor. notes: sentences about what is in
    order but should be known, such as a restored backup.
    """

    events: int = 0
    unanchored: int = 0
    last_anchor: LogAnchor | None = None
    findings: tuple[LogFinding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_intact(self) -> bool:
        return not self.findings


@dataclass
class AnchorSurvey:
    """What the file of anchors shows by itself.

    restores: the anchors of restored backups of this database, in order. foreign: the number of lines of other
    databases.
    """

    lines: int = 0
    last: LogAnchor | None = None
    restores: list[LogAnchor] = field(default_factory=list)
    foreign: int = 0
    changed_line: int = 0

    @classmethod
    def survey_file(cls, file: AnchorFile, database_id: str) -> AnchorSurvey:
        survey, previous = cls(), ""
        for anchor in file.read_anchors():
            survey.lines += 1
            follows = anchor is not None and anchor.number == survey.lines and anchor.previous == previous
            if anchor is None or not follows or not file.is_genuine(anchor):
                survey.changed_line = survey.changed_line or survey.lines
            if anchor is not None:
                previous = anchor.signature
                survey.add_anchor(anchor, database_id)
        return survey

    def add_anchor(self, anchor: LogAnchor, database_id: str) -> None:
        if anchor.database != database_id:
            self.foreign += 1
            return
        self.last = anchor
        if anchor.origin == AnchorOrigin.RESTORE:
            self.restores.append(anchor)

    def is_superseded(self, anchor: LogAnchor) -> bool:
        """Return whether an anchor is beyond a backup that was restored after it."""
        return any(
            restored.number > anchor.number and restored.events < anchor.events for restored in self.restores
        )

    def file_findings(self, head: ChainState) -> Iterator[LogFinding]:
        if self.changed_line:
            sentence = f"锚点文件第 {self.changed_line} 行被改动过，或者它前面的行被删去了。"
            yield LogFinding(LogProblem.ANCHORS_CHANGED, sentence)
        yield from missing_anchor_findings(head, self.lines)

    def file_notes(self) -> Iterator[str]:
        for anchor in self.restores:
            yield f"{anchor.written_at_text} 恢复自备份 {anchor.note}（当时共 {anchor.events} 条记录）。"
        if self.foreign:
            yield f"锚点文件中有 {self.foreign} 行属于别的数据库，不参与核对。"
        if not self.lines:
            yield "还没有锚点：后台程序运行后，每 10 分钟写一次。"


class AnchorCheck:
    """Compares anchors with the rows as these are read, in the order of their events."""

    def __init__(self, anchors: Iterator[LogAnchor]) -> None:
        self.anchors = anchors
        self.next = next(anchors, None)
        self.matched: LogAnchor | None = None
        self.contradicted: LogAnchor | None = None

    def compare_chain(self, number: int, last_hash: str) -> None:
        """Compare the chain after so many rows with the anchors written then."""
        while self.next is not None and self.next.events <= number:
            if self.next.events == number and self.next.hash == last_hash:
                self.matched = self.next if self.contradicted is None else self.matched
            else:
                self.contradicted = self.contradicted or self.next
            self.next = next(self.anchors, None)

    def contradiction_findings(self) -> Iterator[LogFinding]:
        if self.contradicted is None:
            return
        good = (
            f"与锚点相符到第 {self.matched.events} 条（{self.matched.written_at_text}）为止"
            if self.matched
            else "没有一个锚点相符"
        )
        yield LogFinding(
            LogProblem.CONTRADICTED,
            f"第 {self.contradicted.events} 条记录不是 {self.contradicted.written_at_text} 的锚点记下的那一条，{good}："
            "其后的记录被改动并重新封存过，或者数据库换成了较旧的副本又继续使用。",
        )


def verify_log() -> LogReport:
    """Recompute the whole chain and compare it with every anchor."""
    before, files = read_head(), log_files()
    if before is None:
        return LogReport(findings=(NO_HEAD,))
    seal = LogSeal(files.seal_key, before.database_id)
    file = AnchorFile(files.anchors_path, files.seal_key)
    survey = AnchorSurvey.survey_file(file, before.database_id)
    head = head_after(before)
    scan, check = ChainScan(seal), AnchorCheck(anchors_in_force(file, survey, head))
    check.compare_chain(0, "")
    for row in event_rows(after=0, to=head.last_id):
        scan.scan_row(row)
        check.compare_chain(scan.number, scan.expected)
    return LogReport(
        events=scan.number,
        unanchored=scan.number - min(scan.number, check.matched.events if check.matched else 0),
        last_anchor=survey.last,
        findings=(*chain_findings(head, seal, scan, check), *survey.file_findings(head), *trigger_findings()),
        notes=tuple(survey.file_notes()),
    )


def head_after(before: ChainState) -> ChainState:
    """Return the present end of the chain, with the number of anchors as it was before they were read.

    In this order, rows and anchors written meanwhile cause no contradiction.
    """
    return replace(read_head() or before, anchors=before.anchors)


def anchors_in_force(file: AnchorFile, survey: AnchorSurvey, head: ChainState) -> Iterator[LogAnchor]:
    """Yield the genuine anchors of the database that no restored backup has replaced, by their events."""
    reached = 0
    for anchor in islice(file.read_anchors(), survey.lines):
        if anchor is None or anchor.database != head.database_id or not file.is_genuine(anchor):
            continue
        if not survey.is_superseded(anchor) and anchor.events >= reached:
            reached = anchor.events
            yield anchor


def chain_findings(
    head: ChainState, seal: LogSeal, scan: ChainScan, check: AnchorCheck
) -> Iterator[LogFinding]:
    if head.key_check not in ("", seal.key_check):
        yield other_key_finding(scan)
        return
    within = tuple(scan.scan_findings())
    at_end = tuple(head_findings(head, seal, rows=scan.number, last_hash=scan.expected))
    yield from (*within, *at_end)
    if not within:
        yield from check.contradiction_findings()
    if check.next is not None:
        yield from anchor_ahead_findings(check.next, head, rows=scan.number, at_end=at_end)


def other_key_finding(scan: ChainScan) -> LogFinding:
    if not scan.bad_rows:
        return LogFinding(LogProblem.HEAD_CHANGED, "链尾记下的密钥标记被改动过。")
    return LogFinding(
        LogProblem.OTHER_KEY,
        "记录不是用现在的密钥封存的：密钥文件 audit-key 丢失后另建过，或者有人用别的密钥重新封存过。"
        "请从备份恢复 audit-key 后再核验。",
    )


def anchor_ahead_findings(
    anchor: LogAnchor, head: ChainState, *, rows: int, at_end: tuple[LogFinding, ...]
) -> Iterator[LogFinding]:
    """Yield what an anchor means that has seen more rows than there are."""
    seen = f"{anchor.written_at_text} 的锚点已记到第 {anchor.events} 条，现在只有 {rows} 条"
    known = {finding.problem for finding in at_end}
    if not rows:
        if LogProblem.EMPTIED not in known:
            yield LogFinding(LogProblem.EMPTIED, f"操作记录被清空：{seen}。")
    elif not known:
        yield LogFinding(LogProblem.OLDER_COPY, f"数据库是一份较旧的副本：{seen}。")
    elif LogProblem.TAIL_MISSING not in known:
        yield LogFinding(LogProblem.TAIL_MISSING, f"末尾缺少记录：{seen}。")


def missing_anchor_findings(head: ChainState, lines: int) -> Iterator[LogFinding]:
    if not lines and head.anchors:
        yield LogFinding(LogProblem.ANCHORS_MISSING, f"锚点文件不见了，其中应有 {head.anchors} 行。")
    elif lines < head.anchors:
        yield LogFinding(LogProblem.ANCHORS_MISSING, f"锚点文件末尾缺少 {head.anchors - lines} 行。")


def trigger_findings() -> Iterator[LogFinding]:
    missing = missing_triggers()
    if missing:
        sentence = f"数据库里拒绝改动操作记录的触发器不见了：{'、'.join(missing)}。"
        yield LogFinding(LogProblem.UNPROTECTED, sentence)


@dataclass(frozen=True)
class LastCheck:
    """What is known without verifying: the last anchor that was written after a check."""

    anchor: LogAnchor | None

    @property
    def is_recent(self) -> bool:
        written_at = datetime.fromisoformat(self.anchor.at) if self.anchor else None
        return written_at is not None and now() - written_at <= LONGEST_SILENCE

    @property
    def in_words(self) -> str:
        advice = "请在服务器上运行 flask audit verify"
        if self.anchor is None:
            return f"还没有核对的结果。后台程序运行时每 10 分钟核对一次；要马上逐条核对，{advice}。"
        passed = f"{self.anchor.written_at_text}，共 {self.anchor.events} 条"
        if not self.is_recent:
            return (
                f"最近一次核对通过是 {passed}。此后没有新的结果：后台程序没有运行，或者核对发现了问题。"
                f"{advice}，逐条核对。"
            )
        return (
            f"后台程序核对到 {passed}，新增的记录与前面的相接。前面的记录有无改动，每天夜里逐条核对，"
            f"有问题写进程序日志；要马上逐条核对，{advice}。"
        )


def last_check() -> LastCheck:
    """Return the last check without errors: one query, and the end of the anchor file.

    The anchor of a restored backup is written without a check.
    """
    head, files = read_head(), log_files()
    file = AnchorFile(files.anchors_path, files.seal_key)
    anchor = file.last_anchor()
    if head is None or anchor is None or anchor.database != head.database_id:
        return LastCheck(None)
    is_check = anchor.origin != AnchorOrigin.RESTORE and file.is_genuine(anchor)
    return LastCheck(anchor if is_check else None)


@dataclass(frozen=True)
class TailCheck:
    """The end of the chain that was verified, and what is wrong."""

    head: ChainState | None
    findings: tuple[LogFinding, ...]


def check_since_anchor() -> TailCheck:
    """Verify what came after the last anchor, and that everything before is still there: fast however
    long the log is.
    """
    before, files = read_head(), log_files()
    anchor = AnchorFile(files.anchors_path, files.seal_key).last_anchor()
    head = before and head_after(before)
    if head is None or anchor is None or anchor.database != head.database_id or head.count <= FEW_EVENTS:
        return TailCheck(head, verify_log().findings)
    seal = LogSeal(files.seal_key, head.database_id)
    if not AnchorFile(files.anchors_path, files.seal_key).is_genuine(anchor):
        return TailCheck(head, (LogFinding(LogProblem.ANCHORS_CHANGED, "锚点文件的最后一行被改动过。"),))
    scan = ChainScan(seal, number=anchor.events, expected=anchor.hash)
    check = AnchorCheck(iter([anchor]))
    anchored = Event.select().where(Event.id <= anchor.event_id)
    last = Event.get_or_none(Event.id == anchor.event_id)
    check.compare_chain(anchored.count(), last.hash if last else "")
    if check.contradicted is None and check.next is None:
        for row in event_rows(after=anchor.event_id, to=head.last_id):
            scan.scan_row(row)
    else:
        scan.number, scan.expected = anchored.count(), head.last_hash
    findings = (*chain_findings(head, seal, scan, check), *missing_anchor_findings(head, anchor.number))
    return TailCheck(head, (*findings, *trigger_findings()))
