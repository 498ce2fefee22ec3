"""Editing the word list: the office's changes override the defaults and can be undone word by word."""

from __future__ import annotations

from app.audit.operations import record_event
from app.authority.actor import Actor
from app.authority.policy import Action, require
from app.base.database import transaction
from app.base.errors import BadInput, StaleVersion, raise_field_problems
from app.base.text import quoted_input
from app.word_list.models import OfficeWord
from app.word_list.queries import WordEntry, current_words, entry_of_word
from reports.lint.words import ListedWord, WordLevel, WordList


@transaction
def add_word(listed: ListedWord, *, by: Actor) -> OfficeWord:
    """Add a word. Raises NotAllowed, FieldProblems, also if the list has the word or would contradict itself."""
    require(by, Action.EDIT_WORD_LIST)
    present = entry_of_word(listed.word)
    hint = "" if present is None or present.is_used else "（已停用）"
    repeated = f"词表里已有“{listed.word}”{hint}，请在词表里找到它再修改。" if present else ""
    raise_field_problems({"word": repeated or word_problem(listed)})
    return store_listed(listed, 0, f"词表新增“{listed.word}”", by=by)


@transaction
def change_word(listed: ListedWord, *, version: int, by: Actor) -> OfficeWord:
    """Change a word. Raises NotAllowed, BadInput if the list has no such word, FieldProblems, StaleVersion."""
    require(by, Action.EDIT_WORD_LIST)
    require_entry(listed.word)
    raise_field_problems({"word": word_problem(listed)})
    return store_listed(listed, version, f"词表修改“{listed.word}”", by=by)


@transaction
def switch_off_word(word: str, *, version: int, by: Actor) -> None:
    """Switch a default off. Raises NotAllowed, BadInput, StaleVersion."""
    require(by, Action.EDIT_WORD_LIST)
    if not require_entry(word).has_default:
        raise BadInput(f"“{word}”是自行添加的，不用停用，删除即可。")
    row = row_at(word, version)
    row.write_listed(None)
    store_row(row, version)
    record_event(Action.EDIT_WORD_LIST, row, by=by, summary=f"词表停用“{word}”")


@transaction
def restore_word(word: str, *, version: int, by: Actor) -> None:
    """Undo the office's change of a word; a word that it added is deleted. Raises NotAllowed, BadInput,
    StaleVersion.
    """
    require(by, Action.EDIT_WORD_LIST)
    entry = require_entry(word)
    before = current_words().problems
    row = row_at(word, version)
    if not entry.is_own:
        return
    row.delete_instance()
    if problems := problems_since(before):
        raise BadInput(f"没有恢复：{problems[0]}")
    done = "恢复默认" if entry.has_default else "删除"
    detail = {"before": list(entry.listed.row)}
    record_event(Action.EDIT_WORD_LIST, row, by=by, summary=f"词表{done}“{word}”", detail=detail)


@transaction
def restore_all_words(*, by: Actor) -> int:
    """Undo all of the office's changes; return how many words. Raises NotAllowed."""
    require(by, Action.EDIT_WORD_LIST)
    rows = list(OfficeWord.select().order_by(OfficeWord.id))
    OfficeWord.delete().execute()
    detail = {row.word: list(row.listed.row) if row.listed else [] for row in rows}
    summary = f"词表全部恢复默认，撤销 {len(rows)} 处改动"
    record_event(Action.EDIT_WORD_LIST, by=by, summary=summary, detail=detail)
    return len(rows)


def store_listed(listed: ListedWord, version: int, summary: str, *, by: Actor) -> OfficeWord:
    before, row = current_words().problems, row_at(listed.word, version)
    row.write_listed(listed)
    store_row(row, version)
    raise_field_problems({"word": next(iter(problems_since(before)), "")})
    detail = {"after": list(listed.row)}
    record_event(Action.EDIT_WORD_LIST, row, by=by, summary=summary, detail=detail)
    return row


def store_row(row: OfficeWord, version: int) -> None:
    if version:
        row.save_as_next(read_at=version)
    else:
        row.save()


def row_at(word: str, version: int) -> OfficeWord:
    """Return the office's row of a word, or a new one. Raises StaleVersion."""
    row = OfficeWord.get_or_none(OfficeWord.word == word)
    if (row.version if row else 0) != version:
        raise StaleVersion(row)
    return row or OfficeWord(word=word)


def problems_since(before: tuple[str, ...]) -> list[str]:
    """Return the problems of the list that a change causes; those of a new release's defaults block nothing."""
    return [problem for problem in current_words().problems if problem not in before]


def word_problem(listed: ListedWord) -> str:
    """Return what is wrong with a word by itself; contradictions are found in the whole list."""
    if not listed.word:
        return "请写明要查的词。"
    if any(character.isspace() for character in listed.word + listed.replacement):
        return "词和改法里不能有空格、换行。"
    if listed.level is WordLevel.WRONG and len(listed.word) == 1:
        return "一个字到处都有，不能列为必错，请写成词。"
    return next(iter(WordList((listed,)).problems), "")


def require_entry(word: str) -> WordEntry:
    """Raises BadInput."""
    entry = entry_of_word(word)
    if entry is None:
        raise BadInput(f"词表里没有{quoted_input(word)}，可能已被他人删除。请返回词表核对。")
    return entry
