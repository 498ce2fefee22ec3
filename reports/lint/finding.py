"""What the lint says: a rule, the place where it was broken, the words concerned, the reason and, where sure, a fix."""

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
    """How much a finding weighs: an error breaks what a standard lays down, a warning what it says "generally"."""

    ERROR = "error"
    WARNING = "warning"

    @property
    def label(self) -> str:
        return "错误" if self is Severity.ERROR else "提醒"


class PassageKind(StrEnum):
    """What a piece of text is in its document."""

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

    `clause` is its source: of GB/T 9704-2012 where only a number stands, otherwise the standard's name or
    条例 (《党政机关公文处理工作条例》) before it. Of a rule that is not certain a person decides on every fix.
    """

    id: str
    label: str
    severity: Severity
    clause: str
    is_certain: bool = True

    @property
    def source(self) -> str:
        """Its source in full, as a reader would look it up."""
        if self.clause[0].isdigit():
            return f"GB/T 9704-2012，{self.clause}"
        return REGULATION.sub("《党政机关公文处理工作条例》", self.clause)


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Where something was found.

    kind: which text of the part or block, such as a paragraph's run-in head or its text.
    start, end: positions in that text, in characters.
    annex: index of the annex, None outside of annexes.
    block: its index in the body, or in the blocks of the annex or of the enclosure; None outside of blocks.
    item: which one of several names in a field; None where it has one.
    row, column: of a table's cell, a sheet's field; a table's head, a chart's series have a column alone.
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
    """The words to put in the place of those quoted."""

    replacement: str


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One broken rule: `quote` are the words concerned, `reason` says in Chinese what to do.

    before, after: the few words on either side of the quote, so that a reader finds it in a long paragraph.
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
        """Whether its fix may be applied together with others, unread."""
        return self.fix is not None and self.rule.is_certain


@dataclass(frozen=True, slots=True)
class LintContext:
    """What the document itself does not say but a careful reader would know.

    previous: paragraphs of the last period's document, to find what was copied.
    names: official names of units, full and short forms of the same one together.
    persons: names of officials.
    lights: light word (绿灯, 黄灯, 红灯, 灰灯) by index of the body's block that reports on the measure.
    right_texts: texts that are known to be right, such as the plan: what they have is no typing error.
    words: words that the text should not have.
    today: the day on which it is checked; None where that does not matter.
    budget: longest body, in characters; a special report's (专题报告) is 4,000 at most. None: no matter how long.
    """

    previous: tuple[str, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    persons: tuple[str, ...] = ()
    lights: Mapping[int, str] = field(default_factory=dict)
    right_texts: tuple[str, ...] = ()
    words: WordList = field(default_factory=default_words)
    today: date | None = None
    budget: int | None = LONGEST_REPORT
