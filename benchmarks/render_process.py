"""What printing in a process of its own costs: time to get ready, time per report, and memory at 400 pages.

    python -m benchmarks.render_process

The same reports are printed here and there by turns; the time there includes the way to and fro.
"""

import time
from collections.abc import Callable

from app.printing.formats import render_document
from app.printing.render_pool import RenderPool
from app.printing.rules import FileFormat
from benchmarks.report_pdf import report
from benchmarks.targets import Targets, as_program

RUNS = 5
TIMES = 9  # so many times the text of 45 measures make about 400 pages
TARGET_MB = 500
TARGET_COST_MS = 50
PDF = (FileFormat.PDF,)


def main(targets: Targets) -> None:
    """Measure and print."""
    room = RenderPool()
    print(f"ready after {seconds(room.warm_up):.1f} s, once for each worker")
    try:
        compare(room, targets)
        grow(room, targets)
    finally:
        room.close_pool()


def compare(room: RenderPool, targets: Targets) -> None:
    """Print what a report of 45 measures takes here and there; the first one here only warms up."""
    render_document(report(RUNS), PDF)
    here, there = [], []
    for run in range(RUNS):
        document = report(run)
        there.append(seconds(lambda document=document: room.render_document(document, PDF, keep_waiting)))
        here.append(seconds(lambda document=document: render_document(document, PDF)))
    cost = 1000 * (min(there) - min(here))
    print(
        f"45 measures: {min(there):.2f} s in its own process, {min(here):.2f} s in this one; best of {RUNS} each; "
        f"it costs {cost:.0f} ms ({targets.at_most(TARGET_COST_MS, cost, 'what a process apart costs', 'ms')})"
    )


def grow(room: RenderPool, targets: Targets) -> None:
    """Print the most memory that the process held for a report of about 400 pages."""
    (process,) = room.idle
    (file,) = room.render_document(report(RUNS + 1, times=TIMES), PDF, keep_waiting)
    megabytes = process.peak_bytes / 1024**2
    target = targets.at_most(TARGET_MB, megabytes, "memory of the process at 400 pages", "MB")
    print(f"{file.pages} pages: at most {megabytes:.0f} MB ({target} for 400 pages)")


def keep_waiting() -> None:
    """Wait without anything else to do."""


def seconds(action: Callable[[], object]) -> float:
    """Return how long an action takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


if __name__ == "__main__":
    as_program(main)
