"""What is known of the language: words and their sounds, how they follow each other, what statutes have.

The model is one file, built when the project is set up (deploy/setup/language_model.py, which says out of what) and
mapped into memory: costs, in it, are negative logarithms of probabilities. Where it was not built nothing is known, and
who asks does without.
"""

from __future__ import annotations

import json
import mmap
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from pathlib import Path
from zlib import crc32

MODEL_FILE = Path(__file__).parents[3] / "language" / "words.model"
# Words that official documents use today and neither newspapers nor statutes had, one after another in lines by field.
OFFICIAL_WORDS = Path(__file__).with_name("official_words.txt")
# Characters that look alike, a group on each line, besides those that share a part.
SIMILAR_CHARACTERS = Path(__file__).with_name("similar_characters.txt")

# Characters that writers take for each other more often than others that sound or look alike, a group on each line.
CONFUSED_CHARACTERS = Path(__file__).with_name("confused_characters.txt")

UNSEEN_COST = 16.0
OFFICIAL_COST = 10.5
COST_OF_LENGTH = 0.7  # for each character of an official word beyond three
LONGEST_CANDIDATE = 5
LEAST_CUT = 4
WORD_SIZES = (2, 3, 4)
GAP = "_"  # stands for one character of a word
SYLLABLE_CODES = 0x4000
# Words with these are two words more often than one, and so never what was meant: 其中的, 水和.
PARTICLES = frozenset("的和与及是在了")
# Initials and finals that speakers mix up: zh z, ch c, sh s, n l; ing in, ang an, eng en. By sunpinyin's numbers.
INITIALS = {15: 19, 16: 20, 17: 21, 7: 8}
FINALS = {21: 19, 10: 8, 11: 9}
MERGED_SYLLABLES = {
    SYLLABLE_CODES + initial * 64 + final: SYLLABLE_CODES
    + INITIALS.get(initial, initial) * 64
    + FINALS.get(final, final)
    for initial in range(32)
    for final in range(64)
}


class WordModel:
    """Words by their numbers. Raises OSError or ValueError where the file is missing or not a model."""

    def __init__(self, file: Path) -> None:
        parts = parts_of(file)
        words = bytes(parts["words"]).decode().split("\n")
        self.numbers = {word: number for number, word in enumerate(words)}
        self.costs = array("f", bytes(parts["costs"]))
        self._weights = parts["weights"].cast("f")
        self._firsts = parts["firsts"].cast("I")
        self._following = parts["following"].cast("I")
        self._following_costs = parts["following_costs"].cast("f")
        self._known = parts["known"]
        self._seen_words = len(words)
        self.official: set[str] = set()
        self.law_weights: dict[str, float] = {}
        self.readings: dict[str, frozenset[str]] = {}
        self._by_sound: defaultdict[str, set[str]] = defaultdict(set)
        self._add_sounds(bytes(parts["sounds"]).decode().split("\n"), parts["law_weights"].cast("f").tolist())
        self.merged = {one: frozenset(map(merged_sound, readings)) for one, readings in self.readings.items()}
        sharing_parts = bytes(parts["similar"]).decode().split("\n")
        self.similar = similar_characters(
            (*sharing_parts, *SIMILAR_CHARACTERS.read_text("utf-8").split("\n"))
        )
        self.confused = similar_characters(CONFUSED_CHARACTERS.read_text("utf-8").split("\n"))
        self._add_official_words(OFFICIAL_WORDS.read_text("utf-8").split())
        # The words that may be meant: those that statutes or official documents have.
        self.candidates = frozenset(self.law_weights) | self.official
        self.characters = frozenset("".join(word for word in self.numbers if len(word) > 1))
        self.lengths = lengths_by_first(self.numbers)
        # What few texts have, so that most need no look at each reading or each similar character.
        self._sound_beginnings: defaultdict[int, set[str]] = defaultdict(set)
        for sound in self._by_sound:
            self._sound_beginnings[len(sound)].update(sound[:size] for size in range(1, len(sound) + 1))
        self.with_gap = {
            f"{word[:at]}{GAP}{word[at + 1 :]}" for word in self.candidates for at in range(len(word))
        }
        self.cut = words_by_what_is_left(self.candidates)
        self.end_pairs = {(len(word), pair) for word in self.candidates for pair in (word[:2], word[-2:])}

    def _add_sounds(self, lines: list[str], law_weights: Iterable[float]) -> None:
        for line, weight in zip(lines, law_weights, strict=True):
            word, _, readings = line.partition("\t")
            if len(word) == 1:
                self.readings[word] = frozenset(readings.split("|"))
                continue
            if not PARTICLES.isdisjoint(word):
                continue
            self.law_weights[word] = weight
            for reading in readings.split("|"):
                self._by_sound[merged_sound(reading)].add(word)

    def _add_official_words(self, words: Iterable[str]) -> None:
        for word in words:
            self.official.add(word)
            cost = OFFICIAL_COST + max(0, len(word) - 3) * COST_OF_LENGTH
            number = self.numbers.setdefault(word, len(self.costs))
            if number == len(self.costs):
                self.costs.append(cost)
            self.costs[number] = min(cost, self.costs[number])
            if 1 < len(word) <= LONGEST_CANDIDATE:
                for sound in self.sounds_of(word):
                    self._by_sound[sound].add(word)

    def sounds_of(self, text: str) -> Iterator[str]:
        """How characters may sound, what speakers mix up being the same."""
        return map("".join, product(*(self.merged.get(one, ()) for one in text)))

    def words_sounding_like(self, text: str) -> Iterator[str]:
        known = self._sound_beginnings.get(len(text))
        if known is None:
            return
        beginnings = [""]
        for one in text:
            readings = self.merged.get(one, ())
            beginnings = [
                sound
                for beginning in beginnings
                for reading in readings
                if (sound := beginning + reading) in known
            ]
            if not beginnings:
                return
        for sound in beginnings:
            yield from self._by_sound.get(sound, ())

    def sounds_same(self, text: str, word: str) -> bool:
        """Whether each character can be read as the one in its place is, nothing being mixed up."""
        nothing: frozenset[str] = frozenset()
        readings = self.readings
        return all(
            readings.get(one, nothing) & readings.get(other, nothing)
            for one, other in zip(text, word, strict=True)
        )

    def are_alike(self, one: str, other: str) -> bool:
        """Whether two characters sound or look alike."""
        nothing: frozenset[str] = frozenset()
        sounds, others = self.merged.get(one, nothing), self.merged.get(other, nothing)
        return other in self.similar.get(one, nothing) or not sounds.isdisjoint(others)

    def cost_of(self, word: str) -> float:
        number = self.numbers.get(word)
        return UNSEEN_COST if number is None else self.costs[number]

    def cost_after(self, before: int, word: int) -> float:
        """The cost of a word after another one, by their numbers; what was not seen together costs as it does alone."""
        if before >= self._seen_words:
            return self.costs[word]
        low, high = self._firsts[before], self._firsts[before + 1]
        following = self._following
        while low < high:
            middle = (low + high) >> 1
            found = following[middle]
            if found == word:
                return self._following_costs[middle]
            if found < word:
                low = middle + 1
            else:
                high = middle
        return self.costs[word] + self._weights[before]

    def is_in_laws(self, text: str) -> bool:
        """Whether statutes have these two to five characters together more than once; wrongly so for one pair in
        twenty, and for far fewer of longer ones, as each pair in them must be there too.
        """
        return self._has(text) and all(self._has(text[at : at + 2]) for at in range(len(text) - 1))

    def is_surely_in_laws(self, text: str) -> bool:
        """Whether statutes have these characters and each is of a word, as 潅 is not."""
        return self.characters.issuperset(text) and self.is_in_laws(text)

    def is_in_word(self, text: str, place: int) -> bool:
        """Whether a character of a text is of a word with what stands beside it."""
        return any(
            len(word := text[start : start + size]) == size and word in self.numbers
            for size in WORD_SIZES
            for start in range(max(0, place - size + 1), place + 1)
        )

    def _has(self, text: str) -> bool:
        place = crc32(text.encode("utf-16-le")) & (len(self._known) * 8 - 1)
        return bool(self._known[place >> 3] >> (place & 7) & 1)


def parts_of(file: Path) -> Mapping[str, memoryview]:
    """The parts of a model by their names, as the file's first line gives them; each begins at a multiple of eight."""
    with file.open("rb") as opened:
        header = opened.readline()
        data = memoryview(mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ))
    parts, start = {}, len(header)
    for name, length in json.loads(header).items():
        parts[name] = data[start : start + length]
        start += length + -length % 8
    return parts


def words_by_what_is_left(words: Iterable[str]) -> Mapping[str, set[str]]:
    """Long words by what is left of them without one of their characters."""
    left: defaultdict[str, set[str]] = defaultdict(set)
    for word in words:
        for at in range(len(word) if len(word) >= LEAST_CUT else 0):
            left[word[:at] + word[at + 1 :]].add(word)
    return left


def merged_sound(reading: str) -> str:
    return reading.translate(MERGED_SYLLABLES)


def similar_characters(groups: Iterable[str]) -> dict[str, frozenset[str]]:
    similar: defaultdict[str, set[str]] = defaultdict(set)
    for group in groups:
        for one in group:
            similar[one] |= set(group) - {one}
    return {one: frozenset(others) for one, others in similar.items()}


def lengths_by_first(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with a character, of two characters and more."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for word in words:
        if len(word) > 1:
            lengths[word[0]].add(len(word))
    return {first: tuple(sorted(found)) for first, found in lengths.items()}


@lru_cache(maxsize=1)
def find_word_model() -> WordModel | None:
    """Return the model of this installation, read at its first use; None where there is none that can be read."""
    try:
        return WordModel(MODEL_FILE)
    except (OSError, ValueError, KeyError):
        return None
