"""How much memory a process takes that prints a report of 450 measures, more than 400 pages, as each sort of PDF.

    python -m benchmarks.report_memory

Each is printed in a fresh process, after a report of 45 measures as warm-up. Prints the most that the process ever
held, in MB.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from app.printing.process_memory import most_held
from benchmarks.report_pdf import Measurement, measured, report
from benchmarks.targets import Targets, as_program
from reports.pdf import render_pdf
from reports.pdf_variants import PdfVariant

TARGET_MB = 500
TIMES = 10


def main(targets: Targets) -> None:
    """Measure and print, one process after the other."""
    for variant in PdfVariant:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            megabytes, measurement = pool.submit(measured_memory, variant).result()
        target = targets.at_most(TARGET_MB, megabytes, f"memory for the PDF, {variant}", "MB")
        print(f"{variant:10}  {megabytes} MB for {measurement.pages} pages ({target}); {measurement}")


def measured_memory(variant: PdfVariant) -> tuple[int, Measurement]:
    """Print the long report, and return the most memory that this process ever held, in MB, beside what it took."""
    render_pdf(report(0), variant=variant)
    long = report(1, times=TIMES)
    measurement = measured(lambda: render_pdf(long, variant=variant))
    return most_held() // 1024**2, measurement


if __name__ == "__main__":
    as_program(main)
