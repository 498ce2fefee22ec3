"""What each part of WeasyPrint's extension buys: a report with all of it, and with that part left out.

    python -m benchmarks.engine

Parts that only belong together are left out together. Seconds are processor time for 45 measures, best of several,
with and without by turns; MB are the most that a fresh process ever held for 450 measures. Tags are
measured on what is to be read aloud.
"""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from app.printing.process_memory import most_held
from benchmarks.report_pdf import measured, report
from benchmarks.targets import Targets, as_program
from reports.fonts import find_fonts
from reports.pdf import render_pdf, renderer_for
from reports.pdf_variants import PdfVariant
from reports.weasyprint_extension import PATCHES

RUNS = 4
TIMES = 10
NONE: frozenset[str] = frozenset()
# By the names in the table of patches: the parts that work only together.
PARTS = {
    "shaping and drawing": frozenset({"split_text_box", "iter_line_boxes", "draw_text"}),
    "filling": frozenset({"justify_line"}),
    "table edges": frozenset({"table_layout", "find_earlier_page_break"}),
    "embedding": frozenset({"get_hb_object_data", "Font"}),
}


def main(_targets: Targets) -> None:
    """Measure and print."""
    seconds = best_seconds([NONE, *PARTS.values()])
    print(f"{'all of it':27} {seconds[NONE]:.2f} s, {long_report(NONE).megabytes} MB")
    for name, left_out in PARTS.items():
        ratio = seconds[left_out] / seconds[NONE]
        print(
            f"without {name:19} {seconds[left_out]:.2f} s ({ratio:.2f} ×), {long_report(left_out).megabytes} MB"
        )
    for name, left_out in {"all of it": NONE, "without tags": frozenset({"add_tags"})}.items():
        print(f"{name:27} {long_report(left_out, PdfVariant.ACCESSIBLE)}, 450 measures to be read aloud")


def best_seconds(choices: Iterable[frozenset[str]]) -> dict[frozenset[str], float]:
    """Return the processor time of a report by what is left out; all choices by turns, each run another text."""
    best: dict[frozenset[str], float] = {}
    for run in range(RUNS):
        for left_out in choices:
            install(left_out)
            best[left_out] = min(
                best.get(left_out, 999), measured(partial(render_pdf, report(run))).processor
            )
    return best


@dataclass(frozen=True)
class LongReport:
    """What ten times the text took: seconds of processor time, and the most memory that its process ever held."""

    seconds: float
    megabytes: int

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.megabytes} MB"


def long_report(left_out: frozenset[str], variant: PdfVariant = PdfVariant.PLAIN) -> LongReport:
    """Set it in a fresh process, with a part of the extension left out."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(long_report_here, left_out, variant).result()


def long_report_here(left_out: frozenset[str], variant: PdfVariant) -> LongReport:
    """Set it in this process."""
    install(left_out)
    measurement = measured(lambda: render_pdf(report(0, times=TIMES), variant=variant))
    return LongReport(measurement.processor, most_held() // 1024**2)


def install(left_out: frozenset[str]) -> None:
    """Put all patches in place but for some, once the first rendering, which puts all in place, is behind us."""
    renderer_for(find_fonts())
    for patch in PATCHES:
        if patch.name in left_out:
            patch.restore_original()
        else:
            patch.put_replacement()


if __name__ == "__main__":
    as_program(main)
