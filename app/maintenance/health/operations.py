"""Recording signs of life and waiting times, each with one cheap statement."""

from __future__ import annotations

from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.clock import now, today
from app.base.database import lock_waited, transaction
from app.maintenance.health.models import Heartbeat, LockWait

WORKER = "worker"


@transaction
def record_heartbeat(*, by: Actor) -> None:
    require(by, Action.RUN_TASKS)
    if not Heartbeat.update(at=now()).where(Heartbeat.name == WORKER).execute():
        Heartbeat.create(name=WORKER)


@lock_waited.connect
def record_lock_wait(_sender: object, *, seconds: float) -> None:
    """Record the day's longest wait for the write lock, in the transaction that waited."""
    waited = {"milliseconds": round(seconds * 1000), "at": now()}
    is_longer = (LockWait.day == today()) & (LockWait.milliseconds < waited["milliseconds"])
    if not LockWait.update(waited).where(is_longer).execute():
        LockWait.insert(day=today(), **waited).on_conflict_ignore().execute()
