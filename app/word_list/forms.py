from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Form, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from app.base.text import plain_text
from app.web.forms import Chosen, MarkedLimit, OfferedRadioField, OfferedSelectField, WholeNumberField
from app.word_list.queries import WordEntry, WordFilter, WordOrigin
from reports.lint.words import COLUMNS, LONGEST_WORD, ListedWord, WordLevel

LEVELS = {level: level.value for level in WordLevel}


class WordFilterForm(Form):
    """The filter of the word list."""

    words = StringField("词或者改法", filters=[plain_text])
    level = OfferedSelectField("级别", offered=LEVELS, unset="全部")
    origin = OfferedSelectField("来历", offered=WordOrigin, unset="全部")

    @property
    def chosen(self) -> WordFilter:
        return WordFilter((self.words.data or "").strip(), self.level.data, self.origin.data)

    @property
    def values(self) -> dict[str, str]:
        """Return the filter as address arguments."""
        sent = {name: self[name].data for name in ("words", "level", "origin")}
        return {name: str(value) for name, value in sent.items() if value}


class WordForm(FlaskForm):
    """A word of the list. `version`: the version that was read; None for a new word."""

    version = WholeNumberField("版本", widget=HiddenInput())
    word = StringField(
        "词", [InputRequired("请写明要查的词。"), MarkedLimit(LONGEST_WORD)], filters=[plain_text]
    )
    level = OfferedRadioField("级别", [Chosen()], offered=LEVELS)
    replacement = StringField("改为", filters=[plain_text])
    not_after = StringField("前面不是", filters=[plain_text])
    before = StringField("后面是", filters=[plain_text])
    not_before = StringField("后面不是", filters=[plain_text])
    reason = StringField("理由", filters=[plain_text])
    source = StringField("来源", filters=[plain_text])

    @property
    def listed(self) -> ListedWord:
        """Return the word as typed; the form must be validated first."""
        names = ("word", "level", "not_after", "before", "not_before", "replacement", "reason", "source")
        row = (self[name].data or "" for name in names)
        return ListedWord.from_row(dict(zip(COLUMNS, row, strict=True)))


def form_of_entry(entry: WordEntry) -> WordForm:
    """Return the form with the stored values."""
    word, level, not_after, before, not_before, replacement, reason, source = entry.listed.row
    return WordForm(
        formdata=None,
        version=entry.version,
        word=word,
        level=WordLevel(level),
        not_after=not_after,
        before=before,
        not_before=not_before,
        replacement=replacement,
        reason=reason,
        source=source,
    )
