"""Examples of what a rule blames, once each, and of what none does: rows of examples/wrong.csv, lines of right.txt."""

import csv
from pathlib import Path

import pytest

from tests.reports.lint.cases import assert_left_alone, quotes, with_text

EXAMPLES = Path(__file__).parent / "examples"
RIGHT = (EXAMPLES / "right.txt").read_text(encoding="utf-8").splitlines()


def wrong_examples() -> list[tuple[str, str]]:
    with (EXAMPLES / "wrong.csv").open(encoding="utf-8", newline="") as rows:
        return [(row["rule"], row["text"]) for row in csv.DictReader(rows)]


@pytest.mark.parametrize(("rule", "text"), wrong_examples())
def test_the_rule_blames_it_once(rule: str, text: str) -> None:
    assert len(quotes(rule, with_text(text))) == 1


@pytest.mark.parametrize("text", RIGHT)
def test_no_rule_blames_it(text: str) -> None:
    assert_left_alone(text)
