"""Words of one sound that are both right, each among other words: 反映意见 and 快速反应 (条例第二十条（四）)."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.subject import RuleHit, hit_at, unquoted_matches

TABLE = Path(__file__).with_name("confusable_words.csv")
# How far the words that decide may stand before and behind, within the clause.
BEFORE, BEHIND = 12, 12
# What makes the word right may stand farther behind.
FAR_BEHIND = 40
CLAUSE_MARK = re.compile("[，。；：！？\n]")
SENTENCE_MARK = re.compile("[。！？\n]")


@dataclass(frozen=True, slots=True)
class ConfusableWord:
    """A word that is another one's mistake beside some words, unless others stand there; without any, anywhere."""

    right: str
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    not_behind: re.Pattern[str] | None

    def is_meant(self, before: str, behind: str) -> bool:
        if (self.not_behind and self.not_behind.search(SENTENCE_MARK.split(behind, maxsplit=1)[0])) or (
            self.not_before and self.not_before.search(before)
        ):
            return False
        if self.before is None and self.behind is None:
            return True
        clause = CLAUSE_MARK.split(behind[:BEHIND], maxsplit=1)[0]
        found = (self.before and self.before.search(before)) or (self.behind and self.behind.search(clause))
        return bool(found)


def _pattern_of(cell: str, end: str = "") -> re.Pattern[str] | None:
    return re.compile(f"(?:{cell}){end}") if cell else None


@lru_cache(maxsize=1)
def confusable_words() -> tuple[re.Pattern[str], dict[str, ConfusableWord]]:
    """A pattern for all of them, and what is known of each."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        words = {
            row["词"]: ConfusableWord(
                row["改为"],
                _pattern_of(row["前面有"], "$"),
                _pattern_of(row["前面没有"], "$"),
                _pattern_of(row["后面有"]),
                _pattern_of(row["后面没有"]),
            )
            for row in csv.DictReader(file)
        }
    return re.compile("|".join(words)), words


@passage_rule("confusable-word", "近音词的用处", WARNING, ACCURACY, is_certain=False)
def confused_words(passage: TextPassage) -> Iterator[RuleHit]:
    """及时反应群众的意见, 度过难关, 燃气泄露."""
    pattern, words = confusable_words()
    for match in unquoted_matches(pattern, passage.text):
        word = words[match[0]]
        before = CLAUSE_MARK.split(text_before(passage.text, match.start(), BEFORE))[-1]
        behind = passage.text[match.end() : match.end() + FAR_BEHIND]
        if word.is_meant(before, behind):
            reason = f"这里的“{match[0]}”像是“{word.right}”之误，请核对。"
            yield hit_at(passage, match, reason, word.right)
