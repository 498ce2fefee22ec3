"""How long it takes to read a published plan, and how that grows with its length.

python -m benchmarks.plan_reading
"""

from __future__ import annotations

import time
from pathlib import Path

from app.plan.importer import read_plan
from benchmarks.targets import Targets, as_program

PLAN = Path(__file__).resolve().parent.parent / "plans" / "2026-work-plan.txt"
RUNS = 3
TIMES = (10, 100)


def main(_targets: Targets) -> None:
    """Print the CPU milliseconds of the 2026 plan, and the ratio for many times its body."""
    body = PLAN.read_text(encoding="utf-8").partition("一、优化")[2]
    once = seconds(body)
    print(f"2026 plan: {1000 * once:.0f} ms")
    for times in TIMES:
        print(f"{times:4} times the text: {seconds(chr(10).join([body] * times)) / once:.1f} times as long")


def seconds(text: str) -> float:
    """Return the CPU seconds of the fastest of some readings."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        read_plan(text)
        taken.append(time.process_time() - start)
    return min(taken)


if __name__ == "__main__":
    as_program(main)
