from __future__ import annotations

from peewee import CharField, Check

from app.base.database import ChoiceField, VersionedTable
from reports.lint.words import (
    COLUMNS,
    LONGEST_LIST,
    LONGEST_REASON,
    LONGEST_WORD,
    ListedWord,
    WordLevel,
)


class OfficeWord(VersionedTable):
    """The office's change of one word: added, changed or, without a level, switched off.

    Only differences from the defaults have a row, so that the defaults of a new release take effect. Lists of
    characters are written as in the table of defaults.
    """

    word = CharField(max_length=LONGEST_WORD, unique=True, constraints=[Check("word <> ''")])
    level = ChoiceField(WordLevel, null=True)
    not_after = CharField(max_length=LONGEST_LIST, default="")
    before = CharField(max_length=LONGEST_LIST, default="")
    not_before = CharField(max_length=LONGEST_LIST, default="")
    replacement = CharField(max_length=LONGEST_WORD, default="")
    reason = CharField(max_length=LONGEST_REASON, default="")
    source = CharField(max_length=LONGEST_REASON, default="")

    @property
    def listed(self) -> ListedWord | None:
        """Return the word as the check uses it; None if it is switched off."""
        if self.level is None:
            return None
        lists = (self.not_after, self.before, self.not_before)
        row = (self.word, self.level.value, *lists, self.replacement, self.reason, self.source)
        return ListedWord.from_row(dict(zip(COLUMNS, row, strict=True)))

    def write_listed(self, listed: ListedWord | None) -> None:
        """Store a word's columns; None switches it off."""
        columns = ("not_after", "before", "not_before", "replacement", "reason", "source")
        values = listed.row[2:] if listed else ("",) * len(columns)
        self.level = listed.level if listed else None
        for name, value in zip(columns, values, strict=True):
            setattr(self, name, value)
