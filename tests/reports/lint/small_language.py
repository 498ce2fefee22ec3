"""A language of a few words, in the files that the model is built from."""

from __future__ import annotations

import pickle
import sqlite3
from array import array
from functools import cache
from math import exp
from pathlib import Path
from struct import pack
from tempfile import TemporaryDirectory

from deploy.setup.language_model import main as build_model
from reports.lint.language.word_model import WordModel

# Sounds by sunpinyin's numbers of initial and final: what is the same is said alike.
LUO, SHI, SI, GONG, JIAN, BU, SHU, ZUO, QUAN, MIAN, DU, CU = [(number, 1 + number) for number in range(1, 13)]
SHI, SI = (17, 13), (21, 13)
WORDS: dict[str, tuple[tuple[int, int], ...]] = {
    "落": (LUO,), "实": (SHI,), "时": (SHI,), "四": (SI,), "思": (SI,), "部": (BU,), "布": (BU,), "陪": (CU,),
    "署": (SHU,), "工": (GONG,), "功": (GONG,), "作": (ZUO,), "坚": (JIAN,), "攻": (GONG,), "全": (QUAN,),
    "面": (MIAN,), "督": (DU,), "促": (CU,), "的": (BU,),
    "落实": (LUO, SHI), "部署": (BU, SHU), "工作": (GONG, ZUO), "攻坚": (GONG, JIAN), "全面": (QUAN, MIAN),
    "督促": (DU, CU),
    **{one: ((20 + number, 20),) for number, one in enumerate("鼠害高质量发展饮用水源地")},
}  # fmt: skip
COST_OF_CHARACTER, COST_OF_WORD, COST_TOGETHER = 12.0, 7.0, 2.0
PAIRS = (("全面", "落实"), ("落实", "工作"), ("全面", "部署"), ("全面", "攻坚"))
PARTS = {
    "督": [["叔", "目"]], "寂": [["宀", "叔"]], "惯": [["忄", "贯"]], "贯": [["毌", "贝"]], "燃": [["火", "然"]],
    "然": [["肰", "灬"]], "证": [["讠", "正"]], "正": [["一", "止"]],
}  # fmt: skip
VERSION = "7" * 64
LAW = "全面落实工作部署，全面督促工作落实，全面攻坚工作部署。"


@cache
def small_model() -> WordModel:
    with TemporaryDirectory() as folder:
        return built_model(Path(folder))


def built_model(folder: Path) -> WordModel:
    numbers = {word: number for number, word in enumerate(WORDS, start=70)}
    (folder / "pydict_sc.bin").write_bytes(dictionary_of(numbers))
    (folder / "lm_sc.t3g").write_bytes(language_model_of(numbers))
    with sqlite3.connect(folder / "laws.db") as laws:
        laws.execute("CREATE TABLE articles (article_text TEXT)")
        laws.executemany("INSERT INTO articles VALUES (?)", [(LAW,)] * 100)
    laws.close()
    (folder / "data.pkl").write_bytes(pickle.dumps(PARTS))
    return rebuilt(folder)


def rebuilt(folder: Path) -> WordModel:
    build_model(folder, folder / "laws.db", folder / "data.pkl", folder / "words.model", VERSION)
    return WordModel(folder / "words.model")


def dictionary_of(numbers: dict[str, int]) -> bytes:
    """A trie of syllables with the words of each, then all words."""
    nodes: dict[tuple[tuple[int, int], ...], list[int]] = {(): []}
    for word, sound in WORDS.items():
        for end in range(1, len(sound) + 1):
            nodes.setdefault(sound[:end], [])
        nodes[sound].append(numbers[word])
    following = {path: sorted(other[-1] for other in nodes if other and other[:-1] == path) for path in nodes}
    places, place = {}, 12
    for path, words in nodes.items():
        places[path] = place
        place += 4 + 8 * len(following[path]) + 4 * len(words)
    trie = b""
    for path, words in nodes.items():
        trie += pack("<I", len(words) | len(following[path]) << 12)
        for initial, final in following[path]:
            trie += pack("<2I", initial << 12 | final << 4, places[*path, (initial, final)])
        trie += array("I", words).tobytes()
    texts = [""] * 70 + list(WORDS)
    return pack("<3I", len(texts), len(nodes), place) + trie + "\0".join([*texts, ""]).encode("utf-32-le")


def language_model_of(numbers: dict[str, int]) -> bytes:
    """Every word alone, and the pairs: a cost is its number in the table in hundredths."""
    costs = array("f", [exp(-number / 100) for number in range(1 << 16)])
    weights = array("f", [1.0] * (1 << 14))
    pairs = sorted((numbers[first], numbers[second]) for first, second in PAIRS)
    first_level = [
        (number, COST_OF_WORD if len(word) > 1 else COST_OF_CHARACTER, sum(one < number for one, _ in pairs))
        for word, number in numbers.items()
    ]
    levels = [
        [(0, 0.0, 0), (0, 0.0, len(first_level))],
        [*first_level, (0, 0.0, len(pairs))],
        [*((second, COST_TOGETHER, 0) for _, second in pairs), (0, 0.0, 0)],
    ]
    head = pack("<6I", 3, 0, *map(len, levels), 1)
    nodes = b"".join(
        pack("<3I", word, round(cost * 100) | (child & 0xFFFF) << 16, child >> 16 << 25)
        for level in levels
        for word, cost, child in level
    )
    return head + costs.tobytes() + weights.tobytes() + nodes + bytes(8)
