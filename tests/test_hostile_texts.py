"""No text, however hostile, holds up its reader: four times the text takes at most six times as long."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache, partial

import pytest

from app.base.text_differences import (
    TextChange,
    TextDifference,
    TextPiece,
    compare_texts,
)
from reports.lint import LintContext
from reports.lint.phrases import phrases_by_rule
from reports.lint.registration import RegisteredRule
from reports.lint.rules import all_rules
from reports.lint.rules.wrong_phrases import PHRASE_RULES
from reports.lint.subject import LintSubject
from reports.lint.written import check_lines, lines_of_text
from reports.model import OfficialDocument
from tests.hostile_texts import (
    READERS,
    TEXTS,
    count_findings,
    grows_too_fast,
    in_many_pieces,
    in_one_piece,
    read,
    subject,
)
from tests.patterns import hostile_to, is_anchored, patterns

# Patterns that are only asked whether a text begins with them, or is them, under the name of a loop.
ANCHORED = (
    "app.composition.kinds.plan.LEVELS",
    "app.plan.importer.page_layout._BACKWARDS",
    "app.plan.importer.numbering.NUMBERING_LEVELS",
    "app.plan.importer.sources.task_tables.LABELS",
)


@pytest.mark.parametrize("name", READERS)
def test_a_reader_takes_no_longer_than_a_text_is_long(name: str) -> None:
    slow = {}
    for words, make in TEXTS.items():
        if growth := grows_too_fast(partial(reading, name, make), 2_000, 0.002):
            slow[words] = growth
    assert slow == {}


def reading(name: str, make: Callable[[int], str], length: int) -> Callable[[], object]:
    return partial(read, READERS[name], make(length))


@pytest.mark.parametrize("laid_out", [in_one_piece, in_many_pieces])
def test_a_rule_of_the_lint_takes_no_longer_than_a_text_is_long(
    laid_out: Callable[[str], OfficialDocument],
) -> None:
    """Those that are patterns alone are among the patterns below."""
    patterns_alone = {registered.rule.id for registered in PHRASE_RULES}
    rules = [registered for registered in all_rules() if registered.rule.id not in patterns_alone]
    length, slow = 320, {}
    phrases_by_rule()  # compiled once, which is no matter of a text's length
    for words, make in TEXTS.items():
        made = cache(partial(laid_out_subject, laid_out, make))
        assert made(length).passages
        for registered in rules:
            if growth := grows_too_fast(partial(counting, registered, made), length, 0.001):
                slow[registered.rule.id, words] = growth
    assert slow == {}


def laid_out_subject(
    laid_out: Callable[[str], OfficialDocument], make: Callable[[int], str], length: int
) -> LintSubject:
    return subject(laid_out(make(length)))


def counting(rule: RegisteredRule, made: Callable[[int], LintSubject], length: int) -> Callable[[], object]:
    return partial(count_findings, rule, made(length))


@pytest.mark.parametrize(
    "line",
    [
        "街道走访了企业三家。",
        "情况如下表所示。",
        "按附件1办理。",
        "（以下简称“甲乙”）",
        "一、同意更新。",
        "2月5日已完成整改。",
        "各社区情况如下：\n社区\t隐患（处）\n甲\t3\n乙\t5\n甲社区有隐患3处。",
    ],
)
def test_a_pasted_text_of_many_lines_is_checked_in_a_time_that_follows_its_length(line: str) -> None:
    checking_lines(line, 24)()  # the first check makes the patterns
    assert grows_too_fast(partial(checking_lines, line), 4_000) == ""


def checking_lines(line: str, length: int) -> Callable[[], object]:
    lines, context = lines_of_text(f"{line}\n" * (length // len(line))), LintContext(today=date(2026, 12, 1))
    return partial(check_lines, lines, context)


def test_a_pattern_takes_no_longer_than_a_text_is_long() -> None:
    slow = {}
    for place, pattern in patterns().items():
        begins = is_anchored(place) or place.startswith(ANCHORED)
        for head, unit in hostile_to(pattern):
            if growth := grows_too_fast(partial(searching, pattern, begins, head, unit), 1_000, 0.0005):
                slow[place, head, unit] = growth
    assert slow == {}


def searching(
    pattern: re.Pattern[str], begins: bool, head: str, unit: str, length: int
) -> Callable[[], object]:
    text = f"{head if begins else '国' + head}{unit * (length // len(unit))}\0"
    if begins:
        return lambda: (pattern.match(text), pattern.fullmatch(text))
    return lambda: sum(1 for _ in pattern.finditer(text))


def test_what_grows_with_the_square_is_found_and_what_has_a_bound_is_not() -> None:
    def counting_to(numbers: int) -> Callable[[], object]:
        return lambda: sum(1 for _ in range(numbers))

    assert grows_too_fast(lambda length: counting_to(length * length), 60, 0.0)
    assert not grows_too_fast(lambda length: counting_to(min(length * length, 20_000) + length), 60, 0.0)
    assert not grows_too_fast(lambda length: counting_to(100 * length), 60, 0.0)


def test_patterns_are_found_wherever_they_stand() -> None:
    found = patterns()
    assert {
        "app.base.text_differences.TOKEN",
        "reports.lint.phrases.phrases_by_rule[1]",
    } <= found.keys()
    assert {re.sub(r"\[\d+\]$", "", place) for place in found} >= set(ANCHORED)


def test_what_takes_too_long_to_compare_is_shown_between_common_ends() -> None:
    old, new = (f"开头。{one * 25_000}结尾。" for one in ("甲；", "乙；"))
    found = compare_texts(old, new)
    changes = [piece.change for piece in found.pieces]
    assert found.note == "文字太长，只列出首尾不同处"
    assert changes == [TextChange.KEPT, TextChange.DELETED, TextChange.INSERTED, TextChange.KEPT]
    assert text_of(found, TextChange.INSERTED) == old
    assert text_of(found, TextChange.DELETED) == new


def text_of(found: TextDifference, without: TextChange) -> str:
    return "".join(piece.text for piece in found.pieces if piece.change is not without)


def test_a_long_text_with_few_changes_is_compared_in_full() -> None:
    sentences = [f"第{number}次走访企业{number}家，形成线索{number}条。" for number in range(4_000)]
    changed = [*sentences[:2_000], "又走访一次。", *sentences[2_000:]]
    found = compare_texts("".join(sentences), "".join(changed))
    assert (found.note, found.pieces[1]) == ("", TextPiece(TextChange.INSERTED, "又走访一次。"))
