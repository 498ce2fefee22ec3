"""Checks of the running system, quick enough for the system administrator's page, and their thresholds."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from peewee import PostgresqlDatabase, fn

from app.base.clock import now, today
from app.base.database import NOTABLE_WAIT_SECONDS, database
from app.drafting.core.life_cycle import JobState
from app.drafting.core.models import RenderJob
from app.maintenance.backup.queries import last_backup
from app.maintenance.health.models import Heartbeat, LockWait
from app.maintenance.health.operations import WORKER
from app.maintenance.installation import application_version
from app.maintenance.schema import schema_status

# The worker gives a sign of life every minute, but not while it prints a long document.
LONGEST_SILENCE = timedelta(minutes=5)
DAYS_OF_WAITS = 7
LONG_WAIT_MILLISECONDS = 5_000
QUEUE_PATIENCE = timedelta(minutes=10)
GIGABYTE = 1024**3
LITTLE_SPACE = GIGABYTE
BACKUP_AGE = timedelta(days=2)
MOMENT_FORMAT = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class CheckResult:
    """The result of one check.

    Attributes:
        found: what was checked and its state, in a few words.
        advice: what to do; empty if nothing is wrong.
        problems: what is wrong, one by one.
    """

    label: str
    found: str = ""
    advice: str = ""
    problems: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.advice


def check_running_system(instance: Path) -> Iterator[CheckResult]:
    """Yield the results of all quick checks."""
    yield CheckResult("版本", application_version())
    yield CheckResult("数据库", database_in_words())
    yield CheckResult("数据库结构", schema_status().applied_names[-1])
    yield check_lock_waits()
    yield check_worker()
    yield check_queue()
    yield check_disk(instance)
    yield check_backup()


def database_in_words() -> str:
    if isinstance(database.obj, PostgresqlDatabase):
        return f"PostgreSQL {database.execute_sql('SHOW server_version').fetchone()[0]}，连接正常"
    return f"SQLite {database.execute_sql('SELECT sqlite_version()').fetchone()[0]}，读写正常"


def check_lock_waits() -> CheckResult:
    """Return the longest waits for the write lock."""
    since = today() - timedelta(days=DAYS_OF_WAITS - 1)
    waits = list(LockWait.select().where(LockWait.day >= since).order_by(LockWait.milliseconds.desc()))
    if not waits:
        return CheckResult("等候写入", f"近 {DAYS_OF_WAITS} 天没有超过 {NOTABLE_WAIT_SECONDS} 秒的")
    longest, this_day = waits[0], next((wait for wait in waits if wait.day == today()), None)
    text = f"近 {DAYS_OF_WAITS} 天最长 {seconds_in_words(longest)}（{longest.at:{MOMENT_FORMAT}}）"
    text += (
        f"，今天最长 {seconds_in_words(this_day)}"
        if this_day
        else f"，今天没有超过 {NOTABLE_WAIT_SECONDS} 秒的"
    )
    is_long = this_day is not None and this_day.milliseconds >= LONG_WAIT_MILLISECONDS
    return CheckResult(
        "等候写入", text, "今天有人久等才得以保存，请看此刻在运行什么命令。" if is_long else ""
    )


def seconds_in_words(wait: LockWait) -> str:
    return f"{wait.milliseconds / 1000:.1f} 秒"


def check_worker() -> CheckResult:
    seen = Heartbeat.select(Heartbeat.at).where(Heartbeat.name == WORKER).scalar()
    if seen is None:
        return CheckResult("后台任务", "从未运行", "公文不会生成，邮件不会发出。请启动后台任务（worker）。")
    silent = now() - seen > LONGEST_SILENCE
    advice = (
        "后台任务没有响应，公文不会生成，邮件不会发出。请查看并重新启动后台任务（worker）。" if silent else ""
    )
    return CheckResult("后台任务", f"最近一次响应 {seen:{MOMENT_FORMAT}}", advice)


def check_queue() -> CheckResult:
    """Return how many documents are waiting for their files, and since when."""
    waiting = RenderJob.state.in_((JobState.QUEUED, JobState.RUNNING))
    columns = fn.COUNT(RenderJob.id).alias("count"), fn.MIN(RenderJob.requested_at).alias("oldest")
    figures: Any = RenderJob.select(*columns).where(waiting).dicts().get()
    count, oldest = figures["count"], figures["oldest"]
    if not count:
        return CheckResult("待生成的公文", "没有")
    is_late = moment_from_database(oldest) < now() - QUEUE_PATIENCE
    patience = QUEUE_PATIENCE // timedelta(minutes=1)
    advice = f"最早的一份等候超过 {patience} 分钟，请查看后台任务（worker）。" if is_late else ""
    return CheckResult(
        "待生成的公文",
        f"{count} 份，最早的一份自 {moment_from_database(oldest):{MOMENT_FORMAT}} 等候",
        advice,
    )


def moment_from_database(value: datetime | str) -> datetime:
    """Return a moment computed by the database; SQLite returns it as text."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def check_disk(instance: Path) -> CheckResult:
    usage = shutil.disk_usage(instance)
    found = f"剩余 {usage.free / GIGABYTE:.1f} GB，共 {usage.total / GIGABYTE:.1f} GB"
    is_little = usage.free < LITTLE_SPACE
    advice = (
        f"剩余不足 {LITTLE_SPACE / GIGABYTE:g} GB，写满后不能保存。请清理或扩充磁盘。" if is_little else ""
    )
    return CheckResult("磁盘", found, advice)


def check_backup() -> CheckResult:
    """Return when the last backup was taken, and whether it is complete."""
    backup = last_backup()
    if backup is None:
        advice = "请运行 flask backup create 文件夹；后台任务（worker）运行时每天自动备份一次。"
        return CheckResult("备份", "从未备份", advice)
    text = (
        f"最近一份 {backup.taken_at:{MOMENT_FORMAT}}，{'核对无误' if backup.is_verified else '没有核对通过'}"
    )
    if not backup.is_verified:
        return CheckResult("备份", text, f"{backup.problem or '这份备份没有核对。'}请再备份一次。")
    is_old = now() - backup.taken_at > BACKUP_AGE
    advice = f"已超过 {BACKUP_AGE.days} 天没有备份，请查看后台任务（worker）和磁盘。" if is_old else ""
    return CheckResult("备份", text, advice)
