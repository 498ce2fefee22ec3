"""What reading hostile files costs, and what reading in a process of its own adds to a good one.

    python -m benchmarks hostile_files

Prints, for every hostile workbook, table and document, the seconds until its answer, the processor seconds and the
most memory of the process that reads it, and what the process that serves the pages gained meanwhile; then the time of
a full form of 45 measures, and of a small table, read as uploads are and read within this process.
"""

from __future__ import annotations

import io
import logging
import re
import resource
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from timeit import repeat
from typing import Any

from app.base.errors import BadInput
from app.base.processes.confined_reader import ConfinedReader, ReadingLimits
from app.base.tables.sheet_parsing import parse_csv, parse_workbook
from app.base.tables.spreadsheets import limits_for
from app.filing.core.content import FilingContent
from app.filing.workbook.layout import SHEETS
from app.uploads.packages import kind_of_package
from benchmarks.targets import Targets, as_program
from tests.base.hostile_files import (
    DOCUMENTS,
    TABLES,
    WORKBOOKS,
    HostileFile,
    measured,
)
from tests.filing.workbook.forms import form, form_row

RUNS = 5
MIB = 1024**2
LIMITS = ReadingLimits()
READER = ConfinedReader(LIMITS)
# A second for the start of a process, and for ending it, on a machine with other work.
TARGET_SECONDS = LIMITS.seconds + 1.0
TARGET_GROWTH = 64  # MiB: the file, its copy, and an answer of the longest
TARGET_EXTRA = 0.6


@dataclass(frozen=True)
class Reading:
    """A function of the process that reads, and how it is called."""

    function: Callable[..., Any]
    arguments: dict[str, Any]

    def confined(self, data: bytes) -> str:
        """Read a file as uploads are read; return the refusal, or nothing."""
        try:
            READER.call_with_file(self.function, io.BytesIO(data), **self.arguments)
        except BadInput as refusal:
            return refusal.sentence
        return ""

    def peak(self, data: bytes) -> int:
        """Return the most memory that reading takes, in MiB; the limit where that ends it."""
        name, module = self.function.__name__, self.function.__module__
        try:
            most = READER.call_with_file(
                measured, io.BytesIO(data), module=module, name=name, arguments=self.arguments
            )
        except BadInput:
            most = LIMITS.memory
        return int(most) // MIB


SHEET_LIMITS = limits_for("表", 5_000)
WORKBOOK = Reading(
    parse_workbook,
    {"names": [layout.name for layout in SHEETS], "computed": False, "limits": SHEET_LIMITS},
)
TABLE = Reading(parse_csv, {"limits": SHEET_LIMITS})
DOCUMENT = Reading(kind_of_package, {})


def main(targets: Targets) -> None:
    """Print what was measured."""
    logging.getLogger("app.base.processes.confined_reader").setLevel(logging.ERROR)
    for reading, files in ((WORKBOOK, WORKBOOKS), (TABLE, TABLES), (DOCUMENT, DOCUMENTS)):
        for hostile in files:
            attack(reading, hostile, targets)
    long = FilingContent(progress="推" * 2_000, problems="问" * 500, next_steps="下" * 500)
    filled = form(*(form_row(long, filing_id=number) for number in range(1, 46)))
    compare("a form of 45 measures", WORKBOOK, filled, targets)
    compare("a table of 3 rows", TABLE, "日期,安排\n2027-01-01,放假\n2027-01-02,上班\n".encode(), targets)


def attack(reading: Reading, hostile: HostileFile, targets: Targets) -> None:
    """Print what one file costs."""
    data = hostile.make()
    Path("/proc/self/clear_refs").write_text("5")  # forget the most that this process ever held
    before, spent, begun = most_held(), processor(), perf_counter()
    refusal = reading.confined(data)
    seconds, spent, growth = perf_counter() - begun, processor() - spent, most_held() - before
    name = f"{reading.function.__name__}, {hostile.name}"
    slow = targets.at_most(TARGET_SECONDS, seconds, name, "s")
    grown = targets.at_most(TARGET_GROWTH, growth, f"{name}, growth", "MiB")
    print(
        f"{name} ({len(data):,} bytes): {seconds:.2f} s ({slow}), {spent:.2f} s of processor,"
        f" {reading.peak(data)} MiB there, {growth} MiB here ({grown}); {refusal[:24] or 'read'}",
        flush=True,
    )


def compare(name: str, reading: Reading, data: bytes, targets: Targets) -> None:
    """Print what a process of its own adds to reading a good file."""
    apart = min(repeat(lambda: reading.confined(data), number=1, repeat=RUNS))
    here = min(repeat(lambda: reading.function(io.BytesIO(data), **reading.arguments), number=1, repeat=RUNS))
    target = targets.at_most(TARGET_EXTRA, apart - here, f"{name}, what a process adds", "s")
    print(f"{name}: {1000 * apart:.0f} ms apart, {1000 * here:.0f} ms within this process ({target} more)")


def most_held() -> int:
    """Return the most memory that this process held, in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s*(\d+)", status)[0]) * 1024 // MIB


def processor() -> float:
    """Return the processor seconds of all processes that this one started and that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    as_program(main)
