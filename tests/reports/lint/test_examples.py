"""Examples of what a rule blames, once each, and of what none does: rows of examples/wrong.csv, lines of right.txt, and
those that phrases.csv has beside its patterns.
"""

import csv
import re
from pathlib import Path

from reports.lint import check_document
from reports.lint.finding import FindingPlace
from reports.lint.passages import TextPassage
from reports.lint.phrases import RELATIONS, TABLE, WORD_GROUPS, phrases_by_rule
from reports.lint.rules import all_rules
from reports.lint.rules.wording.formulas import fixed_formulas
from reports.model import DocumentPart
from tests.reports.lint.cases import quotes, with_text

EXAMPLES = Path(__file__).parent / "examples"


def test_each_rule_blames_its_examples_once() -> None:
    with (EXAMPLES / "wrong.csv").open(encoding="utf-8", newline="") as rows:
        examples = [(row["rule"], row["text"]) for row in csv.DictReader(rows)]
    assert examples
    assert [(rule, text) for rule, text in examples if len(quotes(rule, with_text(text))) != 1] == []


def test_no_rule_blames_what_is_right() -> None:
    texts = (EXAMPLES / "right.txt").read_text(encoding="utf-8").splitlines()
    blamed = {text: [one.rule.id for one in check_document(with_text(text))] for text in texts}
    assert {text: rules for text, rules in blamed.items() if rules} == {}


def test_every_phrase_is_found_in_its_example_and_not_in_what_its_fix_makes_of_it() -> None:
    assert phrases_by_rule().keys() <= {one.rule.id for one in all_rules()}
    for phrase in (phrase for phrases in phrases_by_rule().values() for phrase in phrases):
        hit = next(phrase.hits_in(_passage(phrase.example)), None)
        assert hit, phrase
        if hit.replacement is not None:
            right = phrase.example[: hit.start] + hit.replacement + phrase.example[hit.end :]
            assert not any(other.start == hit.start for other in phrase.hits_in(_passage(right))), phrase


def test_tables_of_phrases_are_whole_and_hold_nothing_that_no_phrase_takes() -> None:
    """A cell with a comma and without quotation marks would lose its end, and say so nowhere."""
    files = {path.stem: path for path in (TABLE, WORD_GROUPS, *RELATIONS.glob("*.csv"))}
    rows = {name: list(csv.reader(path.read_text("utf-8").splitlines())) for name, path in files.items()}
    assert {name for name, found in rows.items() if len({len(row) for row in found}) > 1} == set()
    written = "".join(cell for found in rows.values() for row in found for cell in row)
    assert [name for name, _ in rows[WORD_GROUPS.stem][1:] if f"〖{name}〗" not in written] == []
    relations = rows.keys() - {TABLE.stem, WORD_GROUPS.stem}
    taken = {name: "".join("".join(row) for row in rows[TABLE.stem] if row[-1] == name) for name in relations}
    columns = [(name, column) for name in relations for column in rows[name][0]]
    assert [one for one in columns if not re.search(rf"〖{one[1]}\??〗", taken[one[0]])] == []


def test_formulas_are_right_as_they_stand_and_wrong_with_another_member() -> None:
    for formula in fixed_formulas():
        first, *rest, last = formula.members
        assert quotes("fixed-formula", with_text(f"坚持{formula.words}。")) == []
        other = "、".join((first, *rest, "甲" * len(last)))
        assert len(quotes("fixed-formula", with_text(f"坚持{other}。"))) == 1, formula


def _passage(text: str) -> TextPassage:
    return TextPassage(text, FindingPlace(DocumentPart.BODY), lambda put: put)
