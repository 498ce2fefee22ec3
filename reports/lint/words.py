"""The word list: words that are wrong, doubtful or not in official style. The defaults are in default_words.csv."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path

DEFAULTS = Path(__file__).with_name("default_words.csv")
COLUMNS = ("词", "级别", "前面不是", "后面是", "后面不是", "改为", "理由", "来源")
BETWEEN = "、"
LONGEST_WORD, LONGEST_LIST, LONGEST_REASON = 20, 300, 100
MOST_WORDS = 5_000


class WordLevel(StrEnum):
    """How certain the list is: always wrong, probably wrong, or better replaced."""

    WRONG = "必错"
    SUSPECT = "疑似"
    HINT = "提示"


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word that a text should not have.

    replacement: the word to write instead; empty if only a person can say. not_after, not_before: characters next to
    the word that make it right. before: what must follow for it to be wrong; empty for anything.
    """

    word: str
    level: WordLevel
    replacement: str = ""
    not_after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    reason: str = ""
    source: str = ""

    def is_wrong_at(self, text: str, start: int) -> bool:
        end = start + len(self.word)
        if not text.startswith(self.word, start):
            return False
        if self.not_after and text.endswith(self.not_after, 0, start):
            return False
        if self.not_before and text.startswith(self.not_before, end):
            return False
        return not self.before or text.startswith(self.before, end)

    @property
    def row(self) -> tuple[str, ...]:
        """Its columns in a table."""
        lists = (BETWEEN.join(one) for one in (self.not_after, self.before, self.not_before))
        return (self.word, self.level.value, *lists, self.replacement, self.reason, self.source)

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> "ListedWord":
        """Read it from a table's row. Raises ValueError for an unknown level."""
        values = {name: (row.get(name) or "").strip() for name in COLUMNS}
        not_after, before, not_before = (_pieces(values[name]) for name in ("前面不是", "后面是", "后面不是"))
        return cls(
            values["词"],
            WordLevel(values["级别"]),
            values["改为"],
            not_after,
            before,
            not_before,
            values["理由"],
            values["来源"],
        )


def _pieces(text: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in text.split(BETWEEN) if piece.strip())


@dataclass(frozen=True, eq=False)
class WordList:
    """A list of words searched all at once, in a time that does not grow with their number."""

    words: tuple[ListedWord, ...] = ()
    by_start: dict[str, tuple[ListedWord, ...]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        found = defaultdict(list)
        for one in sorted(self.words, key=lambda one: -len(one.word)):
            found[one.word[:2]].append(one)
        self.by_start.update({start: tuple(words) for start, words in found.items()})

    def words_in(self, text: str) -> Iterator[tuple[int, ListedWord]]:
        """The words of the list in a text with their positions; of overlapping ones the longest."""
        end = 0
        for start, character in enumerate(text):
            if start < end:
                continue
            for one in (*self.by_start.get(text[start : start + 2], ()), *self.singles.get(character, ())):
                if one.is_wrong_at(text, start):
                    yield start, one
                    end = start + len(one.word)
                    break

    @cached_property
    def singles(self) -> dict[str, tuple[ListedWord, ...]]:
        """The words of one character."""
        return {start: words for start, words in self.by_start.items() if len(start) == 1}

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the list itself, in sentences: too long, or a word that contradicts another or itself."""
        if len(self.words) > MOST_WORDS:
            return (f"词表有{len(self.words)}个词，最多{MOST_WORDS}个，请删去一些。",)
        found = [problem for one in self.words if (problem := _problem_of_word(one))]
        return tuple(found) or tuple(self._contradictions())

    def _contradictions(self) -> Iterator[str]:
        seen: set[tuple[str, ...]] = set()
        for one in self.words:
            key = (one.word, *one.not_after, "", *one.before, "", *one.not_before)
            if key in seen:
                yield f"“{one.word}”在词表里有两条，请删去一条。"
            seen.add(key)
            for _, other in self.words_in(one.replacement):
                if other.word == one.word and other.replacement == one.replacement:
                    yield f"“{one.word}”改为“{one.replacement}”，改了以后还是错的，请改正。"
                else:
                    reason = f"“{one.word}”改为“{one.replacement}”，而“{other.word}”也在词表里"
                    yield f"{reason}（改为“{other.replacement}”），两条互相矛盾，请改一条。"


def _problem_of_word(one: ListedWord) -> str:
    if not one.word:
        return "有一条没有写词，请补上或者删去。"
    if len(one.word) > LONGEST_WORD or len(one.replacement) > LONGEST_WORD:
        return f"“{one.word[:LONGEST_WORD]}”太长，词和改法最多{LONGEST_WORD}个字。"
    if one.word == one.replacement:
        return f"“{one.word}”的改法和它自己一样，请改正。"
    if max(map(len, (one.reason, one.source))) > LONGEST_REASON:
        return f"“{one.word}”的理由或者来源太长，最多{LONGEST_REASON}个字。"
    if any(len(BETWEEN.join(words)) > LONGEST_LIST for words in (one.not_after, one.before, one.not_before)):
        return f"“{one.word}”前后的字词太多，每栏最多{LONGEST_LIST}个字。"
    if one.before and all(words.startswith(one.not_before) for words in one.before):
        return f"“{one.word}”的“后面是”都在“后面不是”里，永远查不到，请改正。"
    return ""


@lru_cache(maxsize=1)
def default_words() -> WordList:
    """The word list that comes with the program."""
    with DEFAULTS.open(encoding="utf-8", newline="") as file:
        return WordList(tuple(ListedWord.from_row(row) for row in csv.DictReader(file)))
