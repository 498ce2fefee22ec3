"""A worker as the Procfile starts it, but impatient: it takes over from a dead one after seconds, not minutes.

python -m tests.drafting.jobs.short_lease_worker
"""

from __future__ import annotations

import time
from threading import Thread

from app.drafting.jobs import operations as jobs
from app.printing import render_pool
from app.wiring.queue import as_worker_task
from app.wiring.worker import app, huey
from tests.drafting.jobs.killed_jobs import LEASE

BETWEEN_LOOKS = 0.5
PULSE_SECONDS = 0.5


def keep_looking() -> None:
    """Look for what was lost all the time instead of every minute."""
    look = as_worker_task(app, jobs.reconcile_jobs)
    while True:
        time.sleep(BETWEEN_LOOKS)
        look()


if __name__ == "__main__":
    jobs.LEASE, render_pool.PULSE_SECONDS = LEASE, PULSE_SECONDS
    Thread(target=keep_looking, daemon=True).start()
    huey.create_consumer(workers=1, max_delay=0.1, check_worker_health=False).run()
