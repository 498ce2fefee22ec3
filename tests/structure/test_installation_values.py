"""What belongs to one installation stands in its settings and tables, not in the program."""

from __future__ import annotations

import re
from pathlib import Path

from tests.structure.project_files import ROOT, project_files

# The sub-district of the sample, its words and its district.
SAMPLE_NAMES = re.compile(r"华街|华阳|长宁|[Hh]uayang|[Cc]hangning")
OF_THE_SAMPLE = ("plans", "app/wiring/demo", "tests", "docs", "migrations")


def is_of_the_sample(path: Path) -> bool:
    return any(path.is_relative_to(ROOT / folder) for folder in OF_THE_SAMPLE)


def test_no_program_names_the_samples_sub_district() -> None:
    kinds = (
        ".py",
        ".html",
        ".js",
        ".mjs",
        ".css",
        ".svg",
        ".sh",
        ".toml",
        ".service",
        ".md",
        "Makefile",
        "Procfile",
    )
    files = [path for kind in kinds for path in project_files(kind) if not is_of_the_sample(path)]
    assert len(files) > 500
    named = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if SAMPLE_NAMES.search(line)
    }
    assert named == set()
