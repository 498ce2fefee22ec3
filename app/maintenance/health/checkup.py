"""A full check of an installation, with advice for every problem. Nothing is changed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from peewee import PeeweeException

from app.audit.verification import verify_log
from app.base.database import SqliteFile, database
from app.base.files.private_files import entries_open_to_others
from app.base.settings.settings import SettingsReading
from app.drafting.core.life_cycle import ISSUED_STATES
from app.drafting.core.models import Document
from app.filing.attachments.queries import kept_files
from app.filing.attachments.upkeep import unknown_files
from app.filing.attachments.upkeep import verify_store as faults_in_store
from app.issuing.verification import damaged_files
from app.maintenance.health.running_checks import (
    CheckResult,
    check_backup,
    check_disk,
    check_queue,
    check_worker,
    database_in_words,
)
from app.maintenance.installation import Installation
from app.maintenance.schema import schema_status

RESTORE_ADVICE = "请停下系统，用 flask backup restore 从最近核对过的备份恢复。"
# What the system writes into its folder; SQLite adds companion files while its files are in use.
KNOWN_NAMES = re.compile(
    r"(work-plan|queue)\.db(-wal|-shm|-journal)?|secret-key|audit-key|audit-anchors\.log|web\.socket"
    r"|attachments|backups|demo|logs|front|caddy|\..*"
)
MOST_FAULTS = 20


def check_installation(installation: Installation) -> Iterator[CheckResult]:
    """Yield the results one by one; a check that fails to run also yields a result."""
    instance = installation.settings.instance
    yield from run_check("设置", check_settings)
    yield from run_check("文件权限", partial(check_file_modes, installation))
    yield from run_check("磁盘", partial(check_disk, instance))
    yield from run_check("数据库文件", partial(check_database_pages, installation))
    schema = list(run_check("数据库结构", check_schema))
    yield from schema
    if not all(result.is_good for result in schema):
        return
    yield from run_check("引用关系", check_references)
    yield from run_check("操作记录", check_log)
    yield from run_check("已印发的公文", check_documents)
    yield from run_check("佐证材料", partial(check_attachments, installation))
    yield from run_check("不认识的文件", partial(check_unknown_files, installation))
    yield from run_check("备份", check_backup)
    yield from run_check("后台任务", check_worker)
    yield from run_check("待生成的公文", check_queue)


def run_check(label: str, check: Callable[[], CheckResult]) -> Iterator[CheckResult]:
    """Yield the result of a check, or the error that interrupted it."""
    try:
        yield check()
    except (PeeweeException, sqlite3.Error, OSError) as error:
        advice = "没有查完。请核对磁盘和数据库服务；数据库文件损坏的，" + RESTORE_ADVICE.removeprefix("请")
        yield CheckResult(label, "", advice, (str(error),))


def advise_on_problems(label: str, found: str, problems: tuple[str, ...], advice: str) -> CheckResult:
    """Return a result whose advice is only included if there are problems."""
    return CheckResult(label, found, advice if problems else "", problems)


def check_settings() -> CheckResult:
    reading = SettingsReading.read_sources()
    problems = (*reading.start_problems, *reading.likely_mistakes)
    return advise_on_problems(
        "设置", f"{len(reading.entries)} 项", problems, "请对照 flask config check 改正后重新启动。"
    )


def check_file_modes(installation: Installation) -> CheckResult:
    """Look for files of the installation that others can read."""
    places = dict.fromkeys(entries_open_to_others(installation.settings.private_places))
    open_files = tuple(str(path) for path in places)
    advice = "这些文件属于其他用户，系统改不了。请用管理员身份改归运行本系统的用户，并去掉其他人的权限。"
    return advise_on_problems("文件权限", "只有运行本系统的用户可以读写", open_files, advice)


def check_database_pages(installation: Installation) -> CheckResult:
    """Let SQLite check the files of the database and the queue."""
    problems = tuple(damaged_pages(installation.settings.instance / "queue.db"))
    return advise_on_problems("数据库文件", database_in_words(), problems, RESTORE_ADVICE)


def check_schema() -> CheckResult:
    status = schema_status()
    if status.schema_problem:
        return CheckResult("数据库结构", "", f"{status.schema_problem}以下各项须等升级以后再查。")
    return CheckResult("数据库结构", status.applied_names[-1])


def check_references() -> CheckResult:
    return advise_on_problems("引用关系", "每一行所指的都在", tuple(broken_references()), RESTORE_ADVICE)


def check_log() -> CheckResult:
    """Recompute the log and compare it with its anchors."""
    report = verify_log()
    found = f"{report.events} 条，逐条相接，最后一个锚点之后 {report.unanchored} 条"
    problems = tuple(finding.sentence for finding in report.findings)
    return advise_on_problems(
        "操作记录", found, problems, "操作记录不可信。请保留现场，联系安全管理员和审计员。"
    )


def check_documents() -> CheckResult:
    """Recompute the hashes of the text and files of every issued document."""
    documents = list(Document.select().where(Document.state.in_(ISSUED_STATES)).order_by(Document.id))
    problems = tuple(
        f"{document.number or document.title}（{finding.format.label}）：{finding.sentence}"
        for document in documents
        for finding in damaged_files(document)
    )
    advice = "请从备份恢复；逐个重新生成比较，用 flask report verify。"
    return advise_on_problems(
        "已印发的公文", f"{len(documents)} 份，与印发时登记的校验码相符", problems, advice
    )


def check_attachments(installation: Installation) -> CheckResult:
    problems = tuple(fault.sentence for fault in faults_in_store(installation.store))
    advice = "请从备份找回这些文件，放回佐证材料的文件夹。"
    return advise_on_problems("佐证材料", f"{len(kept_files())} 个文件，与上传时一致", problems, advice)


def check_unknown_files(installation: Installation) -> CheckResult:
    """Look for files that belong to no row and no part of this system. They are not changed."""
    in_store = (f"佐证材料中的 {place}" for place in unknown_files(installation.store))
    problems = (*unknown_entries(installation.settings.instance), *sorted(in_store))
    advice = "系统没有动这些文件。请查明来历：数据库是从较早的备份恢复的，先不要删除；确实无用的，移到别处。"
    return advise_on_problems("不认识的文件", "没有", problems, advice)


def damaged_pages(queue_file: Path) -> Iterator[str]:
    """Yield what SQLite finds wrong in its files; PostgreSQL can be configured to check its pages itself."""
    if isinstance(database.obj, SqliteFile):
        rows = database.execute_sql(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall()
        yield from (f"数据库文件：{row[0]}" for row in rows if row[0] != "ok")
    if queue_file.exists():
        with closing(sqlite3.connect(f"file:{queue_file}?mode=ro", uri=True)) as queue:
            rows = queue.execute(f"PRAGMA integrity_check({MOST_FAULTS})").fetchall()
        yield from (f"任务队列文件：{row[0]}" for row in rows if row[0] != "ok")


def broken_references() -> Iterator[str]:
    """Yield the number of rows that refer to missing rows, by table and column."""
    for table in sorted(database.obj.get_tables()):
        for key in database.obj.get_foreign_keys(table):
            missing = (
                f'SELECT COUNT(*) FROM "{table}" AS child WHERE child."{key.column}" IS NOT NULL AND NOT EXISTS '  # noqa: S608
                f'(SELECT 1 FROM "{key.dest_table}" AS parent WHERE parent."{key.dest_column}" = child."{key.column}")'
            )
            count = database.execute_sql(missing).fetchone()[0]
            if count:
                yield f"{table}.{key.column} 有 {count} 行指向 {key.dest_table} 中不存在的行。"


def unknown_entries(instance: Path) -> Iterator[str]:
    """Yield the entries in the instance's folder that do not belong to the system."""
    for entry in sorted(instance.iterdir()):
        if not KNOWN_NAMES.fullmatch(entry.name):
            yield str(entry)
