"""The tool that plants faults reaches every module that holds rules, wherever the house puts it."""

from __future__ import annotations

from app.base.settings.settings import ROOT
from tests.mutation import __main__ as mutation

RULES = (
    "app/**/rules.py",
    "app/**/life_cycle.py",
    "app/plan/importer/**/*.py",
    "app/filing/core/lights.py",
    "app/filing/core/merging.py",
    "app/periods/calendar.py",
    "app/authority/policy.py",
    "app/authority/permits.py",
    "reports/lint/**/*.py",
)


def test_every_module_with_rules_is_reached() -> None:
    rules = {str(path.relative_to(ROOT)) for pattern in RULES for path in ROOT.glob(pattern)}

    assert rules - {*mutation.mutated_modules()} == set()


def test_every_fault_that_is_left_out_can_be_planted() -> None:
    left_out = mutation.left_out()
    modules = {one.partition(" ")[0] for one in left_out} & {*mutation.mutated_modules()}
    planted = {f"{one} {fault.key}" for one in modules for fault in mutation.faults_in(one)}

    assert left_out - planted == set()


def test_slow_tests_are_run_where_those_nearest_are_slow() -> None:
    assert mutation.are_slow(mutation.tests_beside("app/plan/core/plan_files.py"))
    assert not mutation.are_slow(mutation.tests_beside("app/filing/core/lights.py"))
    assert not mutation.are_slow(mutation.tests_beside("app/plan/importer/sources/task_tables.py"))
