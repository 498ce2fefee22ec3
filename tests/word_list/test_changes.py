"""Every change of the office's word list, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.base.clock import clock_stopped_at
from app.word_list import operations
from reports.lint.words import ListedWord, WordLevel
from tests.recorded_changes import changes_beside
from tests.world import World

MOMENT = datetime(2026, 9, 14, 9, 30)
OWN = ListedWord("示例楼", WordLevel.WRONG, "示例大楼", ("新",), (), ("群",), "街道的叫法", "街道办公室")
WRONG = {
    "no word": ListedWord("", WordLevel.HINT, "大楼"),
    "a word with a gap": ListedWord("示例 楼", WordLevel.HINT, "大楼"),
    "a replacement with a gap": ListedWord("示例房", WordLevel.HINT, "大 楼"),
    "one character as wrong": ListedWord("楼", WordLevel.WRONG, "大楼"),
    "one character as a hint": ListedWord("楼", WordLevel.HINT, "大楼"),
    "a word with itself": ListedWord("示例房", WordLevel.WRONG, "示例房"),
    "a long word": ListedWord("长" * 21, WordLevel.HINT, "短"),
    "a word that is there": OWN,
    "a default": ListedWord("严励", WordLevel.HINT, "严格"),
    "what corrects into a wrong one": ListedWord("旧楼", WordLevel.WRONG, "示例楼"),
}


def test_each_change_changes_what_it_names_and_nothing_else(world: World) -> None:
    found, by, filer = changes_beside(__file__), world.users["office"], world.users["filer"]

    def change(word: str, level: WordLevel, better: str, version: int) -> Callable[[], object]:
        return partial(operations.change_word, ListedWord(word, level, better), version=version, by=by)

    with clock_stopped_at(MOMENT):
        found.record("add as filer", partial(operations.add_word, OWN, by=filer))
        found.record("add", partial(operations.add_word, OWN, by=by))
        for name, listed in WRONG.items():
            found.record(f"add {name}", partial(operations.add_word, listed, by=by))
        found.record("change a default", change("严励", WordLevel.HINT, "严格", 0))
        found.record("change it as if nobody had", change("严励", WordLevel.HINT, "严谨", 0))
        found.record("change it again", change("严励", WordLevel.SUSPECT, "严谨", 1))
        found.record("change it with a gap", change("严励", WordLevel.SUSPECT, "严 谨", 2))
        found.record("change what is in no list", change("无此词", WordLevel.HINT, "有", 0))
        found.record("change one's own", change("示例楼", WordLevel.HINT, "示例大楼", 1))
        off = operations.switch_off_word
        found.record("switch off as filer", partial(off, "演炼", version=0, by=filer))
        found.record("switch off", partial(off, "演炼", version=0, by=by))
        found.record("switch off again", partial(off, "演炼", version=1, by=by))
        found.record("switch off what was changed", partial(off, "严励", version=1, by=by))
        found.record("switch off one's own", partial(off, "示例楼", version=2, by=by))
        found.record(
            "add what is switched off",
            partial(operations.add_word, ListedWord("演炼", WordLevel.HINT, "演练"), by=by),
        )
        restore = operations.restore_word
        found.record("restore as filer", partial(restore, "演炼", version=2, by=filer))
        found.record("restore what is as it was", partial(restore, "制渡", version=0, by=by))
        found.record("restore an older one", partial(restore, "严励", version=1, by=by))
        found.record("restore a default", partial(restore, "严励", version=2, by=by))
        found.record("restore one's own", partial(restore, "示例楼", version=2, by=by))
        found.record("restore all as filer", partial(operations.restore_all_words, by=filer))
        found.record("restore all", partial(operations.restore_all_words, by=by))
        found.record("restore all again", partial(operations.restore_all_words, by=by))
    found.compare()
