"""Registering rules: a decorator above a finding function gives the rule its id, label, severity and source.

    @passage_rule("padded-date", "日期补零", ERROR, "7.3.5.4", holding=DIGITS)
    def padded_dates(passage: TextPassage) -> Iterator[RuleHit]: ...

in any module of `reports.lint.rules` is all that a new rule needs. ERROR is for what a standard requires, WARNING for
what it recommends and for what only a reader can decide.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from reports.lint.finding import LintRule, PassageKind, Severity
from reports.lint.passages import TextPassage
from reports.lint.subject import LintSubject, RuleHit

DocumentFinder: TypeAlias = Callable[[LintSubject], Iterator[RuleHit]]
PassageFinder: TypeAlias = Callable[[TextPassage], Iterator[RuleHit]]

ERROR, WARNING = Severity.ERROR, Severity.WARNING
ACCURACY = "条例第二十条（四）"
PUNCTUATION = "GB/T 15834-2011"
NUMERAL_USE = "GB/T 15835-2011"
DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class RegisteredRule:
    """A rule with the function that finds where it is broken."""

    rule: LintRule
    find: DocumentFinder


def document_rule(
    rule_id: str, label: str, severity: Severity, clause: str, *, is_certain: bool = True
) -> Callable[[DocumentFinder], RegisteredRule]:
    """Make a rule from a function that examines the whole document."""
    rule = LintRule(rule_id, label, severity, clause, is_certain)
    return lambda find: RegisteredRule(rule, find)


def passage_rule(
    rule_id: str,
    label: str,
    severity: Severity,
    clause: str,
    *,
    kinds: tuple[PassageKind, ...] = tuple(PassageKind),
    holding: str = "",
    is_certain: bool = True,
) -> Callable[[PassageFinder], RegisteredRule]:
    """Make a rule from a function that examines one passage at a time.

    kinds: the kinds of passages to examine. holding: a passage without any of these characters is skipped, which
    makes long documents much faster.
    """
    rule = LintRule(rule_id, label, severity, clause, is_certain)
    needed = re.compile(f"[{re.escape(holding)}]" if holding else "")

    def register(find_in_passage: PassageFinder) -> RegisteredRule:
        def find(subject: LintSubject) -> Iterator[RuleHit]:
            for passage in subject.passages_of_kind(*kinds):
                if needed.search(passage.text):
                    yield from find_in_passage(passage)

        return RegisteredRule(rule, find)

    return register
