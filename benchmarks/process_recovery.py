"""How soon the supervised system is back after its processes are killed, and whether anything outlives its supervisor.

    python -m benchmarks.process_recovery

Over SQLite and over PostgreSQL: worker, web, one of the web processes and the supervisor are killed by the dozen.
"""

from __future__ import annotations

import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from app.base.settings.settings import Settings
from benchmarks.concurrent_saves import BACK_SECONDS, on_both
from benchmarks.targets import Targets, as_program
from tests.databases import Databases
from tests.deploy.supervised import SupervisedSystem, supervised

KILLS = 12


def main(targets: Targets) -> None:
    """Print, for each database, how long the system was away after each sort of kill."""
    on_both(lambda name, databases: measure(name, databases, targets))


def measure(name: str, databases: Databases, targets: Targets) -> None:
    """Kill the processes over a database of their own, one sort after the other."""
    with TemporaryDirectory() as folder, databases.fresh("world", Path(folder)) as url:
        settings = Settings(Path(folder), url, "benchmark", plain_http=True)
        with supervised(settings) as system:
            away = {victim: [system.kill(victim) for _ in range(KILLS)] for victim in ("web", "worker")}
            away["web process"] = [seconds_of_web_worker(system) for _ in range(KILLS)]
            away["supervisor"] = [seconds_of_supervisor(system) for _ in range(KILLS)]
            if "Traceback" in system.log:
                targets.missed.append(f"{name}: a traceback in the log of the killed processes")
    for victim, seconds in away.items():
        what = f"the system over {name} back after a kill of {victim}"
        print(
            f"{name:10}  {victim}, {KILLS} kills: back after {min(seconds):.1f} to {max(seconds):.1f} s "
            f"({targets.at_most(BACK_SECONDS, max(seconds), what, 's')})"
        )


def seconds_of_web_worker(system: SupervisedSystem) -> float:
    """Kill one of the processes that answer requests; return the seconds until another stands in its place."""
    begun = time.monotonic()
    system.kill_web_worker()
    return time.monotonic() - begun


def seconds_of_supervisor(system: SupervisedSystem) -> float:
    """Kill the supervisor, see that all goes with it, and start it again; return the seconds until it answers.

    Raises AssertionError where a process stays behind.
    """
    begun = time.monotonic()
    system.end(signal.SIGKILL)
    system.start()
    return time.monotonic() - begun


if __name__ == "__main__":
    as_program(main)
