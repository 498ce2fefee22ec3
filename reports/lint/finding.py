"""The result of the lint: which rule was broken, where, the words concerned, the reason and, if certain, a fix."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reports.lint.words import WordList, default_words
from reports.model import DocumentPart
from reports.text_length import LONGEST_REPORT

REGULATION = re.compile("^条例")


class Severity(StrEnum):
    """How serious a finding is: an error breaks a requirement of a standard, a warning what it only recommends."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        return "错误" if self is Severity.ERROR else "提醒"


class PassageKind(StrEnum):
    """The kind of a piece of text within its document."""

    TITLE = "title"
    HEADING = "heading"
    HEAD = "head"
    TEXT = "text"
    CELL = "cell"
    LABEL = "label"
    CAPTION = "caption"
    ANNEX_TITLE = "annex_title"
    ADDRESSEE = "addressee"
    PARTY = "party"
    NOTE = "note"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class LintRule:
    """A rule of the lint.

    `clause` is its source: a bare number is a clause of GB/T 9704-2012; otherwise the name of the standard or 条例
    (《党政机关公文处理工作条例》) stands before it. For a rule that is not certain, a person decides on every fix.
    """

    id: str
    label: str
    severity: Severity
    clause: str
    is_certain: bool = True

    @property
    def source(self) -> str:
        """The source in full."""
        if self.clause[0].isdigit():
            return f"GB/T 9704-2012，{self.clause}"
        return REGULATION.sub("《党政机关公文处理工作条例》", self.clause)


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """The place of a finding.

    kind: which text of the part or block, such as a paragraph's run-in head or its text. start, end: the range in that
    text, in characters. annex: the index of the annex, None outside annexes. block: the index in the body, or in the
    blocks of the annex or enclosure; None outside blocks. item: the index among several names in a field; None for a
    single one. row, column: of a table's cell or a sheet's field; a table head or a chart's series has only a column.
    """

    part: DocumentPart
    kind: PassageKind = PassageKind.WHOLE
    start: int = 0
    end: int = 0
    annex: int | None = None
    block: int | None = None
    item: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class SuggestedFix:
    """The replacement of the quoted words."""

    replacement: str


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One broken rule: `quote` are the words concerned, `reason` says in Chinese what to do.

    before, after: a few words around the quote, so that a reader finds it in a long paragraph.
    """

    rule: LintRule
    place: FindingPlace
    quote: str
    reason: str
    fix: SuggestedFix | None = None
    before: str = ""
    after: str = ""

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def has_safe_fix(self) -> bool:
        """Whether the fix can be applied together with others without reading it."""
        return self.fix is not None and self.rule.is_certain


@dataclass(frozen=True, slots=True)
class LintContext:
    """What a careful reader knows besides the document itself.

    previous: the paragraphs of last period's document, to find what was copied. names: official names of bodies, full
    and short forms together. persons: names of officials. lights: the light (绿灯, 黄灯, 红灯, 灰灯) by the index of
    the block that reports on the measure. right_texts: texts known to be correct, such as the plan; their words are no
    typing errors. words: the list of words to avoid. today: the day of the check; None if it does not matter. budget:
    the maximum length of the body in characters; for a special report (专题报告) 4,000 at most; None for any length.
    """

    previous: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    persons: tuple[str, ...] = ()
    lights: Mapping[int, str] = field(default_factory=dict)
    right_texts: tuple[str, ...] = ()
    words: WordList = field(default_factory=default_words)
    today: date | None = None
    budget: int | None = LONGEST_REPORT
