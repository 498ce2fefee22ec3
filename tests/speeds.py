"""Two speeds of tests: `make check` runs what is quick, `make test` everything.

Slow is what opens a browser, starts PostgreSQL or another process, or sets pages. What tries many random examples, and
what builds the application for its pages, commands or tasks, is marked by itself. The rest is quick: rules, models, the
lint, composition, operations on SQLite. A test belongs to a speed by what it asks for and where it stands, so that none
is forgotten.
"""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import is_hypothesis_test
from hypothesis.stateful import RuleBasedStateMachine

SLOW_FIXTURES = frozenset({"chromium", "postgres", "run_command"})
# The longest place that a test stands in decides.
SLOW_PLACES = {
    "tests/base/files/test_private_files.py": True,
    "tests/base/processes": True,
    "tests/base/test_hostile_files.py": True,
    "tests/browser": True,
    "tests/composition/test_every_kind.py": True,
    "tests/composition/test_ink.py": True,
    "tests/composition/test_printed.py": True,
    "tests/composition/test_closing_figures.py": True,
    "tests/composition/test_reconciliation.py": True,
    "tests/concurrency": True,
    "tests/deploy": True,
    "tests/drafting/jobs/test_hanging_worker.py": True,
    "tests/maintenance/test_clean_stop.py": True,
    "tests/overview/test_brief_pdf.py": True,
    "tests/overview/test_two_plans.py": True,
    "tests/plan/core/test_plan_files.py": True,
    "tests/plan/importer/sources/test_pdf_pages.py": True,
    "tests/plan/importer/sources/test_same_tree.py": True,
    "tests/printing": True,
    "tests/reports": True,
    "tests/reports/lint": False,
    "tests/reports/test_characters.py": False,
    "tests/reports/test_frozen_text.py": False,
    "tests/reports/test_model.py": False,
    "tests/reports/test_numbering.py": False,
    "tests/reports/test_titles.py": False,
    "tests/security/test_printed_payloads.py": True,
    "tests/static": True,
    "tests/test_benchmarks.py": True,
    "tests/test_hostile_texts.py": True,
    "tests/wiring/cli": True,
}


def mark_speeds(items: list[pytest.Item]) -> None:
    for item in items:
        if is_slow(item):
            item.add_marker("slow")
        if tries_random_examples(item):
            item.add_marker("random")
        if "app" in getattr(item, "fixturenames", ()):
            item.add_marker("whole_app")


def is_slow(item: pytest.Item) -> bool:
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    asked = {*getattr(item, "fixturenames", ()), parameters.get("databases")}
    return bool(SLOW_FIXTURES & asked) or is_slow_place(item.nodeid.partition("::")[0])


def tries_random_examples(item: pytest.Item) -> bool:
    return is_hypothesis_test(getattr(item, "obj", None)) or has_state_machine(getattr(item, "module", item))


@cache
def has_state_machine(module: object) -> bool:
    kinds = (one for one in vars(module).values() if isinstance(one, type))
    return any(issubclass(one, RuleBasedStateMachine) and one is not RuleBasedStateMachine for one in kinds)


@cache
def is_slow_place(path: str) -> bool:
    places = [place for place in SLOW_PLACES if path == place or path.startswith(f"{place}/")]
    return bool(places) and SLOW_PLACES[max(places, key=len)]
