"""Fixed phrases of official documents with one character wrong, left out, doubled or in the wrong place.

What single words cannot show a phrase can: nothing but 生命财产安全 ends in 命财产安全, whatever stands before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from reports.lint.language.word_model import WORD_SIZES, WordModel
from reports.lint.language.words_meant import Confusion

FIXED_PHRASES = Path(__file__).with_name("fixed_phrases.txt")
ANCHOR = 2  # One slip leaves either the first two characters of a phrase as they are or the last two.
FEW_FOLLOWERS = 80  # characters that statutes have behind a word
SHORTEST, LONG, LONGEST, LONGEST_KNOWN = 4, 6, 11, 5
# What may stand in a phrase, or in the place of one of its characters, without being a slip.
FREE = frozenset(
    "的地得了和与及或等各有所在为是将以于对把被向从到中上下内外前后时已也都均还不无未新大小多这那其该本个着过再更最之全总就化会法力优共要请打守高清日市区县镇"
    "一二三四五六七八九十两〇、，库站点室队局所科办组"
)
# What is left of a phrase with these may be a word and a verb, the name of a body, or the end of another word:
# 任组长, 强监管, 主动担, 立即改, 工作部, 增长极作用, 风沙源治理.
BESIDE_WORDS = FREE | frozenset("自任应强担改查办管抓部日按极源型性率线区器机品物体群链圈带网店厂馆院校园楼")
OPENING, CLOSING = ("（", "("), ("）", ")")


@dataclass(frozen=True, slots=True)
class PhraseSlip:
    """Characters of a text that are a phrase but for one character, at `place`."""

    start: int
    end: int
    place: int
    phrase: str
    confusion: Confusion


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """The phrases that a model knows.

    first, last: by their first characters, and turned round by their last ones.
    fixed: those that are said in these words alone.
    cuts: those of four characters by what is left without one of them, and which one.
    """

    phrases: frozenset[str]
    first: dict[str, list[str]]
    last: dict[str, list[str]]
    fixed: frozenset[str]
    cuts: dict[str, list[tuple[str, int]]]


@lru_cache(maxsize=2)
def _phrase_table(model: WordModel) -> PhraseTable:
    listed = FIXED_PHRASES.read_text("utf-8").split()
    phrases = {one for one in (*listed, *model.candidates) if len(one) >= SHORTEST}
    first, last = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for phrase in sorted(phrases, key=lambda one: (-len(one), one)):
        first[phrase[:ANCHOR]].append(phrase)
        last[phrase[-ANCHOR:]].append(phrase[::-1])
    cuts = defaultdict[str, list[tuple[str, int]]](list)
    for phrase in listed:
        for at, one in enumerate(phrase if len(phrase) == SHORTEST else ""):
            if one not in FREE and one not in phrase[max(0, at - 1) : at] + phrase[at + 1 : at + 2]:
                cuts[phrase[:at] + phrase[at + 1 :]].append((phrase, at))
    fixed = frozenset((*listed, *model.official))
    return PhraseTable(frozenset(phrases), dict(first), dict(last), fixed, dict(cuts))


def find_phrase_slips(text: str, model: WordModel) -> list[PhraseSlip]:
    """Where a text has a phrase but for one character, of several at one place the longest, in order."""
    found: list[PhraseSlip] = []
    search = _PhraseSearch(text, model)
    for slip in sorted(search.slips(), key=lambda one: one.start - one.end):
        if not any(one.start < slip.end and slip.start < one.end for one in found):
            found.append(slip)
    return sorted(found, key=lambda one: one.start)


def _slips_at(text: str, start: int, phrase: str) -> Iterator[PhraseSlip]:
    """How a text that begins as a phrase differs from it by one character."""
    size = len(phrase)
    if phrase[-1] not in text[start + ANCHOR : start + size + 1] and not text.startswith(phrase[:-1], start):
        return
    same = next((at for at in range(size) if text[start + at : start + at + 1] != phrase[at]), size)
    place, rest = start + same, phrase[same + 1 :]
    if same == size or place >= len(text):
        return
    if text.startswith(rest, place + 1):
        yield PhraseSlip(start, start + size, place, phrase, Confusion.WRONG)
    if rest and text.startswith(rest, place):
        yield PhraseSlip(start, start + size - 1, place, phrase, Confusion.LEFT_OUT)
    if text.startswith(phrase[same:], place + 1):
        yield PhraseSlip(start, start + size + 1, place, phrase, Confusion.DOUBLED)
    if rest and text.startswith(rest[0] + phrase[same] + rest[1:], place):
        yield PhraseSlip(start, start + size, place, phrase, Confusion.SWAPPED)


def _turned(slip: PhraseSlip, size: int) -> PhraseSlip:
    """A slip of a text of this size that was read backwards."""
    place = size - slip.place - (slip.confusion is not Confusion.LEFT_OUT)
    return PhraseSlip(size - slip.end, size - slip.start, place, slip.phrase[::-1], slip.confusion)


def _is_hanzi(one: str) -> bool:
    return "一" <= one <= "鿿"


@lru_cache(maxsize=1 << 12)
def _followers(word: str, model: WordModel) -> int:
    """How many characters statutes have behind a word."""
    return sum(model.is_in_laws(word + one) for one in model.readings)


class _PhraseSearch:
    def __init__(self, text: str, model: WordModel) -> None:
        self.text, self.model, self.table = text, model, _phrase_table(model)

    def slips(self) -> Iterator[PhraseSlip]:
        certain = (one for one in self._differing() if self._is_certain(one))
        for slip in (*certain, *self._ending_early(), *self._cut_short()):
            if not self._has_rest_beside(slip):
                yield slip

    def _differing(self) -> Iterator[PhraseSlip]:
        text, table = self.text, self.table
        backwards, size = text[::-1], len(text)
        for at, pair in enumerate(map("".join, pairwise(text))):
            swapped = text[at : at + 3 : 2] + text[at + 1 : at + SHORTEST : 2]
            if swapped in table.phrases and swapped[1] != swapped[2]:
                yield PhraseSlip(at, at + SHORTEST, at + 1, swapped, Confusion.SWAPPED)
            for phrase in table.first.get(pair, ()):
                yield from _slips_at(text, at, phrase)
            for phrase in table.last.get(pair, ()):
                for one in _slips_at(backwards, size - at - ANCHOR, phrase):
                    slip = _turned(one, size)
                    if slip.place - slip.start < ANCHOR:
                        yield slip

    def _ending_early(self) -> Iterator[PhraseSlip]:
        """Phrases with a mark where the last character would stand: 压实属地管理责，."""
        for start, pair in enumerate(map("".join, pairwise(self.text))):
            for phrase in self.table.first.get(pair, ()):
                typed, end = phrase[:-1], start + len(phrase) - 1
                if len(typed) < SHORTEST or not self.text.startswith(typed, start):
                    continue
                is_other = typed in self.table.phrases or typed in self.model.numbers
                is_other = is_other or self._are_words(typed) or typed[-2:] in self.model.numbers
                if not (_is_hanzi(self.text[end : end + 1] or "。") or is_other or typed[-1] in FREE):
                    yield PhraseSlip(start, end, end - 1, phrase, Confusion.LEFT_OUT)

    def _cut_short(self) -> Iterator[PhraseSlip]:
        """Fixed phrases of four characters with one left out: 高度视, 分级责."""
        for start in range(len(self.text) - ANCHOR):
            end = start + SHORTEST - 1
            for phrase, missing in self.table.cuts.get(self.text[start:end], ()):
                slip = PhraseSlip(start, end, start + missing, phrase, Confusion.LEFT_OUT)
                stray = start if missing < ANCHOR else end - 1
                is_other = (
                    self.text[start:end] in self.model.numbers
                    or self.text[stray] in BESIDE_WORDS
                    or self.model.is_in_word(self.text, stray)
                    or (stray == start and self._straddles(end))
                    or self._is_of_another(slip)
                )
                if not is_other and self._stands_alone(slip):
                    yield slip

    def _stands_alone(self, slip: PhraseSlip) -> bool:
        """Whether what is left of a broken word begins or ends no word that nobody knows: a mark or a known word stands
        beside it, or the whole word beside it has few others behind it.
        """
        text, start, end, phrase = self.text, slip.start, slip.end, slip.phrase
        is_first = slip.place - start < ANCHOR
        beyond = text[start - 1 : start] if is_first else text[end : end + 1]
        is_known = self.model.is_in_laws(phrase) or not self._are_words(phrase)
        has_few = not is_first and _followers(phrase[:ANCHOR], self.model) <= FEW_FOLLOWERS
        if not _is_hanzi(beyond or "。"):
            return (is_known or has_few) and not beyond.isdigit()
        words = (text[start - size : start] if is_first else text[end : end + size] for size in WORD_SIZES)
        is_beside_word = is_known and any(len(word) > 1 and word in self.model.candidates for word in words)
        if is_first:
            return is_beside_word
        return has_few and (slip.place - start == ANCHOR or is_beside_word)

    def _has_rest_beside(self, slip: PhraseSlip) -> bool:
        """Whether what a phrase lacks stands in brackets beside it, or ends the next word: 居（村）民, 财政预决算."""
        before, after = self.text[max(0, slip.start - 1) : slip.start], self.text[slip.end : slip.end + 2]
        missing = slip.phrase[min(slip.place - slip.start, len(slip.phrase) - 1)]
        is_beside = before in CLOSING or after[:1] in OPENING or missing in after[1:]
        return slip.confusion is Confusion.LEFT_OUT and is_beside

    def _is_certain(self, slip: PhraseSlip) -> bool:
        one, meant = self.text[slip.place], slip.phrase[min(slip.place - slip.start, len(slip.phrase) - 1)]
        if not (_is_hanzi(one) and _is_hanzi(meant)) or self._is_other(slip):
            return False
        match slip.confusion:
            case Confusion.DOUBLED:
                return self._is_doubled(slip)
            case Confusion.LEFT_OUT:
                return self._is_left_out(slip)
            case Confusion.SWAPPED:
                return not self._are_known(self.text[slip.place : slip.place + 2])
        return self._is_wrong(slip, one, meant)

    def _is_other(self, slip: PhraseSlip) -> bool:
        """Whether a text means what it has, and no phrase."""
        text, start, end = self.text, slip.start, slip.end
        # 一畦一策 is made for what there is one for each of.
        if text[start - 1 : start].isdigit() or text[start:end:2] == "一一":
            return True
        if len(slip.phrase) == SHORTEST:
            if self._straddles(start) or self._straddles(end):
                return True
            # 餐品价格 is no 产品价格: two words, each of which may be another one
            if slip.phrase not in self.table.fixed and self._are_words(slip.phrase):
                return True
        return self._is_of_another(slip) or self._is_of_words(slip)

    def _is_doubled(self, slip: PhraseSlip) -> bool:
        one, (before, after) = self.text[slip.place], self._around(slip.place)
        is_twice = one in (before[:-1], after[1:])
        is_long = len(slip.phrase) >= LONG
        return is_twice or (is_long and one not in FREE and not self._are_known(before, after))

    def _is_left_out(self, slip: PhraseSlip) -> bool:
        """Whether what stands around a gap is of no other word: 成效不明显 is not short of 果."""
        start, end, place = slip.start, slip.end, slip.place
        if self._straddles(start):
            return False
        if len(slip.phrase) == SHORTEST:
            return start < place and not self._are_known(
                self.text[start : start + 2], self.text[end - 2 : end]
            )
        return start < place or not self._are_known(self._around(place)[0])

    def _is_wrong(self, slip: PhraseSlip, one: str, meant: str) -> bool:
        before, after = self._around(slip.place)
        at_ends = (before,) * (slip.place == slip.start) + (after,) * (slip.place == slip.end - 1)
        if self.model.are_alike(one, meant):
            # 意见或建议
            known = self._are_known(self.text[slip.start : slip.end], *at_ends)
            return not (FREE.issuperset((one, meant)) or known)
        least = LONG if at_ends else LONG - 1
        return len(slip.phrase) >= least and one not in FREE and not self._are_known(before, after)

    def _around(self, place: int) -> tuple[str, str]:
        """A character with the one before it, and with the one behind it."""
        return self.text[max(0, place - 1) : place + 1], self.text[place : place + 2]

    def _is_of_another(self, slip: PhraseSlip) -> bool:
        """Whether another phrase or long word of the text has the place as it stands."""
        last = slip.place - (slip.confusion is Confusion.LEFT_OUT)
        for size in range(SHORTEST, LONGEST + 1):
            for start in range(max(0, slip.place - size + 1), last + 1):
                sequence = self.text[start : start + size]
                if sequence in self.table.phrases or (size == SHORTEST and sequence in self.model.numbers):
                    return True
        return False

    def _is_of_words(self, slip: PhraseSlip) -> bool:
        """Whether characters, with what stands beside them or without, are words of two and more, one after the
        other.
        """
        starts, ends = range(max(0, slip.start - 1), slip.start + 1), range(slip.end, slip.end + 2)
        return any(
            self._are_words(self.text[start:end]) for start in starts for end in ends if end <= len(self.text)
        )

    def _straddles(self, place: int) -> bool:
        """Whether a word goes over the end of what would be a phrase."""
        text = self.text
        return any(
            text[start : start + size] in self.model.numbers
            for size in WORD_SIZES
            for start in range(max(0, place - size + 1), min(place, len(text) - size + 1))
        )

    def _are_words(self, typed: str) -> bool:
        ends = {0}
        for end in range(2, len(typed) + 1):
            if any(start in ends and typed[start:end] in self.model.numbers for start in range(end - 1)):
                ends.add(end)
        return len(typed) in ends

    def _are_known(self, *sequences: str) -> bool:
        return any(
            one in self.model.numbers or (1 < len(one) <= LONGEST_KNOWN and self.model.is_in_laws(one))
            for one in sequences
        )
