"""A benchmark says what it measures before it measures, and fails where a target is missed."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from app.base.settings.settings import ROOT
from benchmarks.__main__ import NAMES
from benchmarks.targets import Targets, as_program


def asked(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "benchmarks", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_asking_for_help_starts_nothing() -> None:
    answer = asked("--help")
    assert answer.returncode == 0
    assert "".join(answer.stdout.split()).count(",".join(NAMES)) == 1
    assert "target" not in answer.stdout.partition("positional arguments")[2]


def test_an_unknown_name_starts_nothing() -> None:
    answer = asked("pages", "nonsense")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "no benchmark named nonsense" in answer.stderr


def test_every_benchmark_can_be_named() -> None:
    files = {path.stem for path in (ROOT / "benchmarks").glob("*.py")}
    assert files == {*NAMES, "__main__", "targets"}


def test_a_missed_target_is_named_and_ends_the_program_with_1() -> None:
    def measure(targets: Targets) -> None:
        assert targets.at_most(1.0, 0.5, "a quick thing", "s") == "target ≤ 1 s"
        assert targets.at_most(1.0, 1.234, "a slow thing", "s") == "target ≤ 1 s, missed"

    with pytest.raises(SystemExit) as ended:
        as_program(measure)
    assert str(ended.value).split("\n") == ["", "Missed:", "a slow thing: 1.23 s, target ≤ 1 s"]


def test_a_target_that_is_just_met_is_met() -> None:
    targets = Targets()
    assert targets.at_most(3, 3.0, "a page") == "target ≤ 3"
    targets.leave()


@pytest.mark.parametrize("name", NAMES)
def test_every_one_of_them_can_be_loaded(name: str) -> None:
    """None is run by the tests, and what they share with them may change under their feet."""
    assert callable(importlib.import_module(f"benchmarks.{name}").main)
