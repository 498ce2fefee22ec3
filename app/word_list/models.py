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
    """What the office made of one word of the list: added or changed it, or, without a level, switched the default off.

    Only what differs from the defaults has a row, so that a new release's defaults come through. The lists are
    written as in the table of the defaults.
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
        """The word as the check uses it; none where it is switched off."""
        if self.level is None:
            return None
        lists = (self.not_after, self.before, self.not_before)
        row = (self.word, self.level.value, *lists, self.replacement, self.reason, self.source)
        return ListedWord.from_row(dict(zip(COLUMNS, row, strict=True)))

    def write_listed(self, listed: ListedWord | None) -> None:
        """Take over a word's columns; none switches it off."""
        columns = ("not_after", "before", "not_before", "replacement", "reason", "source")
        values = listed.row[2:] if listed else ("",) * len(columns)
        self.level = listed.level if listed else None
        for name, value in zip(columns, values, strict=True):
            setattr(self, name, value)
