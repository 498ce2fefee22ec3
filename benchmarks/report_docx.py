"""How long a quarterly report over 45 measures takes to become a DOCX and an XLSX, beside LibreOffice printing it.

    python -m benchmarks.report_docx

Prints seconds, and the ratios to LibreOffice turning the same DOCX into a PDF in the same run. Each run writes
other text than the one before, so that nothing can be answered from a cache.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.report_pdf import report
from benchmarks.targets import Targets, as_program
from reports.docx import render_docx
from reports.pdf import render_pdf
from reports.xlsx import render_xlsx

RUNS = 5
DOCX_SECONDS, XLSX_SECONDS = 0.5, 0.3
TARGET_GROWTH = 11.0


def best(action: Callable[[int], object]) -> float:
    """The shortest of several runs after a first one, in seconds."""
    return min([seconds(partial(action, run)) for run in range(RUNS + 1)][1:])


def seconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def print_by_libreoffice(file: Path, profile: Path) -> None:
    """Turn a DOCX into a PDF beside it."""
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(file.parent), str(file)], check=True, capture_output=True)


def libreoffice() -> float:
    """How long LibreOffice takes from DOCX to PDF, once its profile is there; its start is part of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "report.docx"
        file.write_bytes(render_docx(report(RUNS + 1)))
        return [seconds(partial(print_by_libreoffice, file, folder / "profile")) for _ in range(2)][1]


def main(targets: Targets) -> None:
    """Measure and print."""
    docx = best(lambda run: render_docx(report(run)))
    xlsx = best(lambda run: render_xlsx(report(run)))
    pdf = best(lambda run: render_pdf(report(run)))
    office = libreoffice()
    target = targets.at_most(DOCX_SECONDS, docx, "45 measures as DOCX", "s")
    print(f"45 measures as DOCX: {docx:.2f} s ({target}); best of {RUNS} after a first one")
    target = targets.at_most(XLSX_SECONDS, xlsx, "45 measures as XLSX", "s")
    print(f"45 measures as XLSX: {xlsx:.2f} s ({target})")
    print(f"LibreOffice, DOCX to PDF: {office:.2f} s; our DOCX takes {docx / office:.2f} of that")
    print(f"45 measures as our PDF: {pdf:.2f} s, {pdf / office:.2f} of LibreOffice's time")
    long = report(RUNS + 2, times=10)
    for name, short, render in (("DOCX", docx, render_docx), ("XLSX", xlsx, render_xlsx)):
        taken = seconds(partial(render, long))
        target = targets.at_most(TARGET_GROWTH, taken / short, f"growth of the {name}")
        print(f"450 measures as {name}: {taken:.2f} s; ratio {taken / short:.1f} ({target})")


if __name__ == "__main__":
    as_program(main)
