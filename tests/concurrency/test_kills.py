"""The plug pulled under load: what was acknowledged is there, the file is whole, and the service comes back.

By the dozen, and how soon it is back: `python -m benchmarks.writers`.
"""

from __future__ import annotations

from app.audit.queries import verify_chain
from app.base.database import database
from tests.concurrency.killed_service import kill_under_load
from tests.concurrency.service import Service
from tests.concurrency.writers import account_for
from tests.world import World

KILLS = 2


def test_no_acknowledged_save_is_lost_however_often_it_is_killed(service: Service, world: World) -> None:
    down_for, attempts = kill_under_load(service, world, kills=KILLS, writers=4)
    assert len(down_for) == KILLS
    account_for(attempts)
    assert verify_chain() is None
    assert database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
