"""Tasks that the worker runs outside of requests; the queue lies beside the data (SQLite file or PostgreSQL).

As they lie there they are a name and whole numbers, in JSON: reading one never runs anything.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast

from flask import Flask, current_app
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.api import Task
from huey.registry import Message
from huey.serializer import Serializer
from huey.signals import SIGNAL_INTERRUPTED

from app.administration.hand_over.operations import run_due_hand_overs
from app.audit.anchoring import anchor_regularly, verify_nightly
from app.authority.actor import SYSTEM, Actor
from app.base.clock import from_utc
from app.base.database import database
from app.base.settings.settings import Settings
from app.directives.core.operations import remind_of_due_directives
from app.drafting.core.models import RenderJob
from app.drafting.core.signals import job_requested, verification_requested
from app.drafting.jobs.operations import (
    reconcile_jobs,
    release_job,
    render_in_process,
    run_job,
)
from app.filing.attachments.upkeep import delete_unneeded
from app.filing.core.lights import thresholds_of
from app.filing.review.reminders import remind_due
from app.following.daily_notices import send_daily_notices
from app.issuing import verification
from app.issuing.models import Verification
from app.maintenance.backup.operations import BackupProcess
from app.maintenance.health.operations import record_heartbeat
from app.maintenance.installation import Installation
from app.notices.delivery import deliver_mail
from app.printing.render_pool import Printer
from app.uploads.current_store import current_store

logger = logging.getLogger(__name__)

LONGEST_TASK = 1_000  # bytes
TASK_NAME_LENGTH = 200
USUAL_PRIORITY, LOW_PRIORITY = 0, -1
PLAIN_TASK = Message(None, None, retries=0, retry_delay=0, args=(), kwargs={}, retry_backoff=0)


@dataclass(frozen=True)
class TaskQueue:
    """The queue of one application, with the tasks that requests may start."""

    huey: Huey
    render: Callable[..., Any]
    verify: Callable[[int], Any]


def open_queue(app: Flask, huey: Huey, printer: Printer = render_in_process) -> TaskQueue:
    """Register all tasks of `app` with a queue; only a worker runs them, and prints documents with its `printer`."""

    settings: Settings = app.config["SETTINGS"]
    thresholds = thresholds_of(settings)

    def render(job_id: int, *, by: Actor) -> None:
        run_job(job_id, printer, by=by, thresholds=thresholds)

    def verify(verification_id: int, *, by: Actor) -> None:
        verification.run_verification(verification_id, printer, by=by)

    backups = BackupProcess()

    def back_up(*, by: Actor) -> None:
        backups.start_if_due(Installation(settings, current_store()), by=by)

    rendering = huey.task()(as_worker_task(app, render))

    @huey.signal(SIGNAL_INTERRUPTED)
    def hand_back_interrupted(_signal: str, task: Task) -> None:
        if isinstance(task, rendering.task_class):
            as_worker_task(app, release_job)(*task.args)

    huey.on_startup()(as_worker_task(app, record_heartbeat))
    periodic: tuple[tuple[Callable[[datetime], bool], tuple[Callable[..., None], ...]], ...] = (
        (local_crontab(), (record_heartbeat, reconcile_jobs, deliver_mail)),
        (local_crontab(minute="*/10"), (remind_due, remind_of_due_directives, send_daily_notices)),
        (local_crontab(minute="*/10"), (anchor_regularly, run_due_hand_overs, back_up)),
        (local_crontab(hour="2", minute="40"), (verify_nightly,)),
        (local_crontab(hour="3", minute="20"), (sweep_attachments,)),
    )
    for is_due, tasks in periodic:
        for task in tasks:
            huey.periodic_task(is_due)(as_worker_task(app, task))
    return TaskQueue(huey, rendering, huey.task()(as_worker_task(app, verify)))


def local_crontab(**fields: str) -> Callable[[datetime], bool]:
    """Return when huey should run a periodic task: huey asks in UTC, but the fields mean China's time."""
    is_due = crontab(**fields)
    return lambda moment: bool(is_due(from_utc(moment)))


def open_queue_storage(settings: Settings) -> Huey:
    """Open the queue in PostgreSQL if the data is there, otherwise in a file of its own."""
    if settings.database_url.startswith("sqlite:"):
        file = str(settings.instance / "queue.db")
        return SqliteHuey("work-plan", filename=file, results=False, serializer=TaskSerializer())
    return PostgresHuey("work-plan", dsn=settings.database_url, results=False, serializer=TaskSerializer())


def as_worker_task(app: Flask, task: Callable[..., None]) -> Callable[..., None]:
    """Run a task in the application's context, with its own database connection and the worker's rights."""

    @wraps(task)
    def run_in_context(*args: Any) -> None:
        with app.app_context(), database.connection_context():
            task(*args, by=SYSTEM)

    return run_in_context


def sweep_attachments(*, by: Actor) -> None:
    delete_unneeded(current_store(), by=by)


def current_queue() -> TaskQueue:
    """Return the application's queue, opened on first use because most processes never need it."""
    extensions = current_app.extensions
    if "queue" not in extensions:
        app = cast(Any, current_app)._get_current_object()
        extensions["queue"] = open_queue(app, open_queue_storage(app.config["SETTINGS"]))
    queue: TaskQueue = extensions["queue"]
    return queue


@job_requested.connect
def enqueue_render(job: RenderJob, is_urgent: bool = True) -> None:
    """Pass a render job on to the worker. If it is lost there, the reconciler finds it."""
    try:
        current_queue().render(job.id, priority=USUAL_PRIORITY if is_urgent else LOW_PRIORITY)
    except Exception:
        logger.exception("render job %s could not be queued", job.id)


@verification_requested.connect
def enqueue_verification(requested: Verification) -> None:
    """Pass a verification on to the worker. If it is lost, it is simply requested again."""
    try:
        current_queue().verify(requested.id)
    except Exception:
        logger.exception("verification %s could not be queued", requested.id)


class UnreadableTask(ValueError):
    """An entry in the queue is no task of this system; the worker drops it."""


class TaskSerializer(Serializer):
    """Serialises tasks safely: with huey's own serialiser, anybody who can write to the queue could run any code."""

    def serialize(self, message: Message) -> bytes:
        """Return the bytes of a task. Raises TypeError if it holds more than a name and whole numbers."""
        unusual = [
            name for name in Message._fields if getattr(message, name) != expected_value(name, message)
        ]
        if unusual or not are_whole_numbers(message.args):
            raise TypeError(f"a task of the queue takes whole numbers alone: {message}")
        return json.dumps([message.id, message.name, *message.args]).encode()

    def deserialize(self, data: bytes) -> Message:
        """Return the task described by bytes. Raises UnreadableTask."""
        if len(data) > LONGEST_TASK:
            raise UnreadableTask(f"{len(data)} bytes")
        try:
            written = json.loads(bytes(data))
        except (ValueError, RecursionError):
            raise UnreadableTask(f"not JSON: {bytes(data[:32])!r}") from None
        if not isinstance(written, list) or len(written) < len(("identity", "name")):
            raise UnreadableTask("not a name and whole numbers")
        identity, name, *numbers = written
        if not is_short_text(identity) or not is_short_text(name) or not are_whole_numbers(numbers):
            raise UnreadableTask("not a name and whole numbers")
        return PLAIN_TASK._replace(id=identity, name=name, args=tuple(numbers))


def expected_value(field: str, message: Message) -> Any:
    """Return the value that a field must have for a task to be written; the queue stores its priority separately."""
    return getattr(message if field in ("id", "name", "args", "priority") else PLAIN_TASK, field)


def is_short_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= TASK_NAME_LENGTH


def are_whole_numbers(values: object) -> bool:
    """Return whether all values are whole numbers; unlike in Python, True and False do not count."""
    return isinstance(values, list | tuple) and all(type(value) is int for value in values)
