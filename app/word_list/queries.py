"""Reading the word list, and its entries with their origin: one query each."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.labels import LabelledEnum, LabelTone
from app.word_list.models import OfficeWord
from reports.lint.words import ListedWord, WordLevel, WordList, default_words


class WordOrigin(LabelledEnum):
    DEFAULT = "default", "默认", LabelTone.QUIET
    CHANGED = "changed", "已修改", LabelTone.ATTENTION
    ADDED = "added", "自行添加", LabelTone.GOOD
    OFF = "off", "已停用", LabelTone.WAITING


@dataclass(frozen=True)
class WordEntry:
    """A word of the list. `version`: of the office's row, 0 without one."""

    listed: ListedWord
    origin: WordOrigin
    version: int = 0

    @property
    def is_used(self) -> bool:
        return self.origin is not WordOrigin.OFF

    @property
    def has_default(self) -> bool:
        return self.origin is not WordOrigin.ADDED

    @property
    def is_own(self) -> bool:
        return self.origin is not WordOrigin.DEFAULT


@dataclass(frozen=True)
class WordFilter:
    """The filter of the list: characters of the word or its replacement, a level, an origin."""

    words: str = ""
    level: WordLevel | None = None
    origin: WordOrigin | None = None

    def admits(self, entry: WordEntry) -> bool:
        one = entry.listed
        return (
            (self.words in one.word or self.words in one.replacement)
            and self.level in (None, one.level)
            and self.origin in (None, entry.origin)
        )


def word_entries() -> tuple[WordEntry, ...]:
    """Return all words: the office's own first, the latest on top, then the defaults in order."""
    defaults = {one.word: one for one in default_words().words}
    rows = list(OfficeWord.select().order_by(OfficeWord.id.desc()))
    changed = {row.word for row in rows}
    own = (entry for row in rows if (entry := entry_of(row, defaults.get(row.word))))
    rest = (WordEntry(one, WordOrigin.DEFAULT) for word, one in defaults.items() if word not in changed)
    return (*own, *rest)


def entry_of(row: OfficeWord, default: ListedWord | None) -> WordEntry | None:
    """Return the entry of an office's row; None if it switches off a word that is no default any more."""
    if row.listed:
        return WordEntry(row.listed, WordOrigin.CHANGED if default else WordOrigin.ADDED, row.version)
    return WordEntry(default, WordOrigin.OFF, row.version) if default else None


def entry_of_word(word: str) -> WordEntry | None:
    return next((entry for entry in word_entries() if entry.listed.word == word), None)


def current_words() -> WordList:
    """Return the list that texts are checked with."""
    entries = word_entries()
    if not any(entry.is_own for entry in entries):
        return default_words()
    return WordList(tuple(entry.listed for entry in entries if entry.is_used))
