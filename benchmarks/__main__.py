"""Run every benchmark: ``make bench``. Each prints its own figures; ratios come from one and the same run."""

from benchmarks import (
    growth,
    killed_jobs,
    pages,
    plan_reading,
    press,
    report_docx,
    report_memory,
    report_pdf,
    writers,
)

for benchmark in (
    plan_reading,
    pages,
    growth,
    report_pdf,
    report_memory,
    report_docx,
    press,
    writers,
    killed_jobs,
):
    print(f"\n{benchmark.__doc__.splitlines()[0]}")
    benchmark.main()
