"""The tool that plants faults reaches every module that holds rules, wherever the house puts it."""

from __future__ import annotations

from app.base.settings.settings import ROOT
from tests.mutation.__main__ import mutated_modules

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

    assert rules - {*mutated_modules()} == set()
