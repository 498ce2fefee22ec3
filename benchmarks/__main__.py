"""Run every benchmark, or those that are named: ``make bench``, ``python -m benchmarks pages report_docx``.

Each prints its own figures; ratios come from one and the same run. A missed target ends the run with status 1.
"""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from importlib import import_module

from benchmarks.targets import Targets

# In the order in which they run: the quickest first, and those that kill processes last.
NAMES = (
    "plan_reading",
    "pages",
    "data_growth",
    "search",
    "lint",
    "hostile_texts",
    "hostile_files",
    "report_pdf",
    "report_memory",
    "engine",
    "report_docx",
    "render_process",
    "document_waiting",
    "deadline_hour",
    "concurrent_saves",
    "backup_restore",
    "job_recovery",
    "process_recovery",
    "first_start",
)


def chosen() -> list[str]:
    """Return the names of the benchmarks that the command line asks for; without any, all."""
    parser = ArgumentParser(
        "python -m benchmarks", description=__doc__, formatter_class=RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(NAMES)}")
    names: list[str] = parser.parse_args().names
    if unknown := [name for name in names if name not in NAMES]:
        parser.error(f"no benchmark named {', '.join(unknown)}; there are {', '.join(NAMES)}")
    return names or list(NAMES)


def main() -> None:
    """Run what was chosen, one after the other, and say in the end which targets were missed."""
    names, targets = chosen(), Targets()
    for name in names:
        benchmark = import_module(f"benchmarks.{name}")
        print(f"\n{str(benchmark.__doc__).splitlines()[0]}", flush=True)
        benchmark.main(targets)
    targets.leave()


if __name__ == "__main__":
    main()
