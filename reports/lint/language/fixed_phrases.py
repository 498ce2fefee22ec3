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
SHORTEST, LONG, LONGEST_KNOWN = 4, 6, 5
# What may stand in a phrase, or in the place of one of its characters, without being a slip.
FREE = frozenset(
    "的地得了和与及或等各有所在为是将以于对把被向从到中上下内外前后时已也都均还不无未新大小多这那其该本个着过再更最之全总就化会法力优共要请打守高清日市区县镇"
    "一二三四五六七八九十两〇、，库站点室队局所科办组"
)
# What is left of a phrase with these may be a word and a verb, the name of a body, or the end of another word:
# 任组长, 强监管, 主动担, 立即改, 工作部, 增长极作用, 风沙源治理.
BESIDE_WORDS = FREE | frozenset("自任应强担改查办管抓部日按极源型性率线区器机品物体群链圈带网店厂馆院校园楼")


@dataclass(frozen=True, slots=True)
class PhraseSlip:
    """Characters of a text that are a phrase but for one character, at `place`."""

    start: int
    end: int
    place: int
    phrase: str
    confusion: Confusion


def find_phrase_slips(text: str, model: WordModel) -> list[PhraseSlip]:
    """Where a text has a phrase but for one character, of several at one place the longest, in order."""
    found: list[PhraseSlip] = []
    for slip in sorted(_phrase_slips(text, model), key=lambda one: one.start - one.end):
        if not _has_rest_beside(slip, text) and not any(
            one.start < slip.end and slip.start < one.end for one in found
        ):
            found.append(slip)
    return sorted(found, key=lambda one: one.start)


def _has_rest_beside(slip: PhraseSlip, text: str) -> bool:
    """Whether what a phrase lacks stands in brackets beside it, or ends the next word: 社区居（村）民, 财政预决算."""
    if slip.confusion is not Confusion.LEFT_OUT:
        return False
    before, after = text[max(0, slip.start - 1) : slip.start], text[slip.end : slip.end + 2]
    missing = slip.phrase[slip.place - slip.start]
    return before in ("）", ")") or after[:1] in ("（", "(") or missing in after[1:]


def _phrase_slips(text: str, model: WordModel) -> Iterator[PhraseSlip]:
    first, last, phrases = _phrases_by_anchor(model)
    backwards, size = text[::-1], len(text)
    found: list[PhraseSlip] = []
    for at, pair in enumerate(map("".join, pairwise(text))):
        swapped = text[at : at + 3 : 2] + text[at + 1 : at + SHORTEST : 2]
        if swapped in phrases and swapped[1] != swapped[2]:
            found.append(PhraseSlip(at, at + SHORTEST, at + 1, swapped, Confusion.SWAPPED))
        for phrase in first.get(pair, ()):
            found += _slips_at(text, at, phrase)
            if _ends_early(text, at, phrase, model, phrases):
                end = at + len(phrase) - 1
                yield PhraseSlip(at, end, end - 1, phrase, Confusion.LEFT_OUT)
        for phrase in last.get(pair, ()):
            for one in _slips_at(backwards, size - at - ANCHOR, phrase):
                place = size - one.place - (one.confusion is not Confusion.LEFT_OUT)
                turned = PhraseSlip(size - one.end, size - one.start, place, phrase[::-1], one.confusion)
                found += [turned] if place - turned.start < ANCHOR else []
    yield from (one for one in found if _is_certain(one, text, model, phrases))
    yield from _cut_phrases(text, model, phrases)


def _cut_phrases(text: str, model: WordModel, phrases: frozenset[str]) -> Iterator[PhraseSlip]:
    """Fixed phrases of four characters with one left out: 高度视, 分级责."""
    for start in range(len(text) - ANCHOR):
        end = start + SHORTEST - 1
        for phrase, missing in _cuts(model).get(text[start:end], ()):
            slip = PhraseSlip(start, end, start + missing, phrase, Confusion.LEFT_OUT)
            stray = start if missing < ANCHOR else end - 1
            is_word = text[start:end] in model.numbers or text[stray] in BESIDE_WORDS
            is_other = (
                is_word
                or model.is_in_word(text, stray)
                or (stray == start and _straddles(text, end, model))
                or _is_of_another(slip, text, model, phrases)
            )
            if not is_other and _stands_alone(text, slip, model):
                yield slip


def _stands_alone(text: str, slip: PhraseSlip, model: WordModel) -> bool:
    """Whether what is left of a broken word begins or ends no word that nobody knows: a mark or a known word stands
    beside it, or the whole word beside it has few others behind it.
    """
    start, end, phrase = slip.start, slip.end, slip.phrase
    is_first = slip.place - start < ANCHOR
    beyond = text[start - 1 : start] if is_first else text[end : end + 1]
    is_known = model.is_in_laws(phrase) or not _are_words(phrase, model)
    has_few = not is_first and _followers(phrase[:ANCHOR], model) <= FEW_FOLLOWERS
    if not _is_hanzi(beyond or "。"):
        return (is_known or has_few) and not beyond.isdigit()
    words = (text[start - size : start] if is_first else text[end : end + size] for size in WORD_SIZES)
    is_beside_word = is_known and any(len(word) > 1 and word in model.candidates for word in words)
    if is_first:
        return is_beside_word
    return has_few and (slip.place - start == ANCHOR or is_beside_word)


@lru_cache(maxsize=1 << 12)
def _followers(word: str, model: WordModel) -> int:
    """How many characters statutes have behind a word."""
    return sum(model.is_in_laws(word + one) for one in model.readings)


@lru_cache(maxsize=2)
def _cuts(model: WordModel) -> dict[str, list[tuple[str, int]]]:
    """The fixed phrases of four characters by what is left without one of them, and which one."""
    cuts = defaultdict[str, list[tuple[str, int]]](list)
    for phrase in FIXED_PHRASES.read_text("utf-8").split():
        for missing, one in enumerate(phrase if len(phrase) == SHORTEST else ""):
            if (
                one not in FREE
                and one not in phrase[max(0, missing - 1) : missing] + phrase[missing + 1 : missing + 2]
            ):
                cuts[phrase[:missing] + phrase[missing + 1 :]].append((phrase, missing))
    return dict(cuts)


@lru_cache(maxsize=2)
def _fixed(model: WordModel) -> frozenset[str]:
    """Phrases that are said in these words alone."""
    return frozenset((*FIXED_PHRASES.read_text("utf-8").split(), *model.official))


@lru_cache(maxsize=2)
def _phrases_by_anchor(model: WordModel) -> tuple[dict[str, list[str]], dict[str, list[str]], frozenset[str]]:
    """The phrases by their first characters, turned round by their last ones, and all of them."""
    first, last = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    phrases = {
        one for one in (*FIXED_PHRASES.read_text("utf-8").split(), *model.candidates) if len(one) >= SHORTEST
    }
    for phrase in sorted(phrases, key=lambda one: (-len(one), one)):
        first[phrase[:ANCHOR]].append(phrase)
        last[phrase[-ANCHOR:]].append(phrase[::-1])
    return dict(first), dict(last), frozenset(phrases)


def _slips_at(text: str, start: int, phrase: str) -> Iterator[PhraseSlip]:
    """How a text that begins as a phrase differs from it by one character."""
    size = len(phrase)
    if phrase[-1] not in text[start + ANCHOR : start + size + 1] and not text.startswith(phrase[:-1], start):
        return
    same = next((at for at in range(size) if text[start + at : start + at + 1] != phrase[at]), size)
    if same == size or start + same >= len(text):
        return
    place, rest = start + same, phrase[same + 1 :]
    if text.startswith(rest, place + 1):
        yield PhraseSlip(start, start + size, place, phrase, Confusion.WRONG)
    if rest and text.startswith(rest, place):
        yield PhraseSlip(start, start + size - 1, place, phrase, Confusion.LEFT_OUT)
    if text.startswith(phrase[same:], place + 1):
        yield PhraseSlip(start, start + size + 1, place, phrase, Confusion.DOUBLED)
    if (
        rest
        and text[place : place + 2] == phrase[same : same + 2][::-1]
        and text.startswith(rest[1:], place + 2)
    ):
        yield PhraseSlip(start, start + size, place, phrase, Confusion.SWAPPED)


def _ends_early(text: str, start: int, phrase: str, model: WordModel, phrases: frozenset[str]) -> bool:
    """Whether a mark stands where the last character of a phrase would: 压实属地管理责，."""
    typed, end = phrase[:-1], start + len(phrase) - 1
    if len(typed) < SHORTEST or not text.startswith(typed, start) or _is_hanzi(text[end : end + 1] or "。"):
        return False
    is_other = typed in phrases or typed in model.numbers or _are_words(typed, model)
    return not is_other and typed[-1] not in FREE and typed[-2:] not in model.numbers


def _is_certain(slip: PhraseSlip, text: str, model: WordModel, phrases: frozenset[str]) -> bool:
    start, end, place, size = slip.start, slip.end, slip.place, len(slip.phrase)
    one, meant = text[place], slip.phrase[min(place - start, size - 1)]
    # 一畦一策 is made for what there is one for each of.
    is_other = text[start - 1 : start].isdigit() or text[start:end:2] == "一一"
    is_within = size == SHORTEST and (_straddles(text, start, model) or _straddles(text, end, model))
    if not (_is_hanzi(one) and _is_hanzi(meant)) or is_other or is_within:
        return False
    if _is_of_another(slip, text, model, phrases) or _is_of_words(slip, text, model):
        return False
    if size == SHORTEST and slip.phrase not in _fixed(model) and _are_words(slip.phrase, model):
        return False  # 餐品价格 is no 产品价格: two words, each of which may be another one
    before, after = text[max(0, place - 1) : place + 1], text[place : place + 2]
    if slip.confusion is Confusion.DOUBLED:
        is_twice = one in (text[place - 1], text[place + 1 : place + 2])
        return is_twice or (size >= LONG and one not in FREE and not _are_known((before, after), model))
    if slip.confusion is Confusion.LEFT_OUT:
        return _is_left_out(slip, text, model)
    if slip.confusion is Confusion.SWAPPED:
        return not _are_known((text[place : place + 2],), model)
    at_ends = (before,) * (place == start) + (after,) * (place == end - 1)
    if model.are_alike(one, meant):
        # 意见或建议
        return not (FREE.issuperset((one, meant)) or _are_known((text[start:end], *at_ends), model))
    return (
        size >= (LONG if at_ends else LONG - 1) and one not in FREE and not _are_known((before, after), model)
    )


def _is_left_out(slip: PhraseSlip, text: str, model: WordModel) -> bool:
    """Whether what stands around a gap is of no other word: 成效不明显 is not short of 果."""
    start, end, place = slip.start, slip.end, slip.place
    if _straddles(text, start, model):
        return False
    if len(slip.phrase) == SHORTEST:
        return start < place and not _are_known((text[start : start + 2], text[end - 2 : end]), model)
    return start < place or not _are_known((text[max(0, place - 1) : place + 1],), model)


def _is_hanzi(one: str) -> bool:
    return "一" <= one <= "鿿"


def _is_of_another(slip: PhraseSlip, text: str, model: WordModel, phrases: frozenset[str]) -> bool:
    """Whether another phrase or long word of the text has the place as it stands."""
    return any(
        text[start : start + size] in known
        for known, sizes in ((phrases, range(SHORTEST, 12)), (model.numbers, (SHORTEST,)))
        for size in sizes
        for start in range(
            max(0, slip.place - size + 1), slip.place + 1 - (slip.confusion is Confusion.LEFT_OUT)
        )
    )


def _is_of_words(slip: PhraseSlip, text: str, model: WordModel) -> bool:
    """Whether characters, with what stands beside them or without, are words of two and more, one after the other."""
    return any(
        _are_words(text[start:end], model)
        for start in range(max(0, slip.start - 1), slip.start + 1)
        for end in range(slip.end, min(len(text), slip.end + 1) + 1)
    )


def _straddles(text: str, place: int, model: WordModel) -> bool:
    """Whether a word goes over the end of what would be a phrase."""
    return any(
        text[start : start + size] in model.numbers
        for size in WORD_SIZES
        for start in range(max(0, place - size + 1), min(place, len(text) - size + 1))
    )


def _are_words(typed: str, model: WordModel) -> bool:
    ends = {0}
    for end in range(2, len(typed) + 1):
        if any(start in ends and typed[start:end] in model.numbers for start in range(end - 1)):
            ends.add(end)
    return len(typed) in ends


def _are_known(sequences: tuple[str, ...], model: WordModel) -> bool:
    return any(
        one in model.numbers or (1 < len(one) <= LONGEST_KNOWN and model.is_in_laws(one)) for one in sequences
    )
