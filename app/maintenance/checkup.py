"""One look at everything that can be wrong with an installation, and what to do about it. Nothing is changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from peewee import PeeweeException

from app.audit.verification import verify_log
from app.base.files.private_files import entries_open_to_others
from app.base.settings.settings import SettingsReading
from app.drafting.core.models import Document
from app.drafting.core.rules import OUT
from app.filing.attachments.queries import kept_files
from app.filing.attachments.upkeep import unknown_files
from app.filing.attachments.upkeep import verify as faults_in_store
from app.issuing.verification import damaged_files
from app.maintenance.health import queries as health
from app.maintenance.installation import Installation
from app.maintenance.integrity import broken_references, damaged_pages, unknown_entries
from app.maintenance.schema import schema_status

RESTORE = "请停下系统，用 flask backup restore 从最近核对过的备份恢复。"


@dataclass(frozen=True)
class CheckResult:
    """What came of one check.

    Attributes:
        found: what was looked at, and how it stands, in a few words.
        problems: what is wrong, one by one.
        advice: what to do about it; empty where nothing is wrong.
    """

    label: str
    found: str = ""
    problems: tuple[str, ...] = ()
    advice: str = ""

    @property
    def is_good(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.advice


def check_installation(installation: Installation) -> Iterator[CheckResult]:
    """Yield the results one after the other, as they come in; what cannot be looked at is a result, too."""
    instance = installation.settings.instance
    yield from results("设置", check_settings)
    yield from results("文件权限", partial(check_modes, installation))
    yield from results("磁盘", lambda: from_health(health.disk_line(instance)))
    yield from results("数据库文件", partial(check_pages, installation))
    schema = list(results("数据库结构", check_schema))
    yield from schema
    if not all(result.is_good for result in schema):
        return
    yield from results("引用关系", check_references)
    yield from results("操作记录", check_log)
    yield from results("已印发的公文", check_documents)
    yield from results("佐证材料", partial(check_attachments, installation))
    yield from results("不认识的文件", partial(check_unknown_files, installation))
    yield from results("备份", lambda: from_health(health.backup_line()))
    yield from results("后台任务", lambda: from_health(health.worker_line()))
    yield from results("待生成的公文", lambda: from_health(health.queue_line()))


def results(label: str, check: Callable[[], CheckResult]) -> Iterator[CheckResult]:
    """Yield what a check finds, or what it broke off at."""
    try:
        yield check()
    except (PeeweeException, sqlite3.Error, OSError) as error:
        advice = "没有查完。请核对磁盘和数据库服务；数据库文件损坏的，" + RESTORE.removeprefix("请")
        yield CheckResult(label, "", (str(error),), advice)


def judged(label: str, found: str, problems: tuple[str, ...], advice: str) -> CheckResult:
    """Return a result whose advice counts only where something is wrong."""
    return CheckResult(label, found, problems, advice if problems else "")


def from_health(line: health.HealthLine) -> CheckResult:
    """Return what the health page shows."""
    return CheckResult(line.label, line.text, (), line.advice)


def check_settings() -> CheckResult:
    """Look at the environment and .env."""
    reading = SettingsReading.of()
    problems = (*reading.problems, *reading.warnings)
    return judged(
        "设置", f"{len(reading.entries)} 项", problems, "请对照 flask config check 改正后重新启动。"
    )


def check_modes(installation: Installation) -> CheckResult:
    """Look for files of ours that others can read."""
    places = dict.fromkeys(entries_open_to_others(installation.settings.private_places))
    open_files = tuple(str(path) for path in places)
    advice = "这些文件属于其他用户，系统改不了。请用管理员身份改归运行本系统的用户，并去掉其他人的权限。"
    return judged("文件权限", "只有运行本系统的用户可以读写", open_files, advice)


def check_pages(installation: Installation) -> CheckResult:
    """Have the database look through its own files."""
    problems = tuple(damaged_pages(installation.settings.instance / "queue.db"))
    return judged("数据库文件", health.database_in_words(), problems, RESTORE)


def check_schema() -> CheckResult:
    """Look whether the database has been through every migration."""
    status = schema_status()
    if status.problem:
        return CheckResult("数据库结构", "", (), f"{status.problem}以下各项须等升级以后再查。")
    return CheckResult("数据库结构", status.applied[-1])


def check_references() -> CheckResult:
    """Look for rows that refer to nothing."""
    return judged("引用关系", "每一行所指的都在", tuple(broken_references()), RESTORE)


def check_log() -> CheckResult:
    """Recompute the log, and hold it against its anchors."""
    report = verify_log()
    found = f"{report.events} 条，逐条相接，最后一个锚点之后 {report.unanchored} 条"
    problems = tuple(finding.sentence for finding in report.findings)
    return judged("操作记录", found, problems, "操作记录不可信。请保留现场，联系安全管理员和审计员。")


def check_documents() -> CheckResult:
    """Recompute the hashes of every issued document's text and files."""
    documents = list(Document.select().where(Document.state.in_(OUT)).order_by(Document.id))
    problems = tuple(
        f"{document.number or document.title}（{finding.format.label}）：{finding.sentence}"
        for document in documents
        for finding in damaged_files(document)
    )
    advice = "请从备份恢复；逐个重新生成比较，用 flask report verify。"
    return judged("已印发的公文", f"{len(documents)} 份，与印发时登记的校验码相符", problems, advice)


def check_attachments(installation: Installation) -> CheckResult:
    """Recompute the hashes of every attached file."""
    problems = tuple(fault.sentence for fault in faults_in_store(installation.store))
    advice = "请从备份找回这些文件，放回佐证材料的文件夹。"
    return judged("佐证材料", f"{len(kept_files())} 个文件，与上传时一致", problems, advice)


def check_unknown_files(installation: Installation) -> CheckResult:
    """Look for files that no row of this database and no part of this system speaks of. They are left alone."""
    in_store = (f"佐证材料中的 {place}" for place in unknown_files(installation.store))
    problems = (*unknown_entries(installation.settings.instance), *sorted(in_store))
    advice = "系统没有动这些文件。请查明来历：数据库是从较早的备份恢复的，先不要删除；确实无用的，移到别处。"
    return judged("不认识的文件", "没有", problems, advice)
