"""How official Chinese writes days, shares, names and the departments' own words."""

from __future__ import annotations

import re
from collections.abc import Iterable

HANZI = "一-鿿"
FULL_WIDTH = str.maketrans(",;:?!", "，；：？！")
HALF_WIDTH_MARK = re.compile(rf"(?<=[{HANZI}”》）%\d])[,;:?!](?=[{HANZI}“《（]|$)", re.MULTILINE)
BRACKETS = re.compile(rf"\((?=[^()]*?[{HANZI}])([^()]*+)\)")
SPACE_AT_FIGURES = re.compile(rf"(?<=[{HANZI}]) +(?=\d)|(?<=\d) +(?=[{HANZI}])")
SENTENCE = re.compile(r"[^。！？]*(?:[。！？][”’）》]*|$)")
END_MARKS = "。！？…”）"
# Of fewer, shares say less than the counts themselves.
ENOUGH_FOR_SHARES = 10
NOTHING = frozenset({"", "无", "暂无", "没有", "无问题", "暂无问题", "无存在问题"})


def percent_words(count: int, total: int) -> str:
    """Return a share with one decimal where it needs one: 84.4%, 50%. Both counts must stand beside it."""
    return f"{round(100 * count / total, 1):g}%"


def count_words(entries: Iterable[tuple[str, int]], total: int, unit: str = "项") -> str:
    """Return 正常推进29项，占76.3%；滞后6项，占15.8%: those that occur, of `total`; of a few 正常推进2项，滞后1项."""
    found = [(f"{label}{count}{unit}", count) for label, count in entries if count]
    if total < ENOUGH_FOR_SHARES:
        return "，".join(words for words, _ in found)
    return "；".join(f"{words}，占{percent_words(count, total)}" for words, count in found)


def division_words(entries: Iterable[tuple[str, int]], total: int, unit: str = "项") -> str:
    """Return what follows a total: 中，达到20项，占52.6%；落后18项，占47.4%, or 均达到 where all are alike."""
    found = [(label, count) for label, count in entries if count]
    if len(found) == 1:
        return f"{'均' if total > 1 else ''}{found[0][0]}"
    return f"中，{count_words(found, total, unit)}"


def quoted_title(title: str) -> str:
    """Return a title in quotation marks, its own ones becoming single (GB/T 15834-2011, 4.8.3.4)."""
    return f"“{title.translate(str.maketrans('“”', '‘’'))}”"


def title_list(titles: Iterable[str]) -> str:
    """Return titles as a list in one sentence; quoted side by side they need no 、 (GB/T 15834-2011, 4.5.3.5)."""
    return "".join(quoted_title(title) for title in titles)


def which_titles(titles: Iterable[str]) -> str:
    """Return which ones a count has just meant: 为“甲”, 分别是“甲”“乙”."""
    found = tuple(titles)
    return f"{'分别是' if len(found) > 1 else '为'}{title_list(found)}"


def closed_up(title: str) -> str:
    """Return a title without the spaces that typists leave beside figures."""
    return SPACE_AT_FIGURES.sub("", title)


def own_words(text: str) -> str:
    """Return what a department wrote, its words untouched, its marks full-width and its last sentence ended."""
    text = BRACKETS.sub(r"（\1）", text.strip())
    text = HALF_WIDTH_MARK.sub(lambda mark: mark[0].translate(FULL_WIDTH), text)
    return text if text.endswith(tuple(END_MARKS)) else text.rstrip("，；、：") + "。"


def cited_words(text: str) -> str:
    """Return somebody's words in quotation marks within a sentence, whatever paragraphs they were written in."""
    return quoted_title("".join(own_words(line) for line in text.splitlines() if line.strip()))


def gist_of(text: str, most: int) -> str:
    """Return the first sentences of a department's words, as many as stay within `most` characters; at least one.

    A list that would break off (一是……) is not begun.
    """
    opening = next(line for line in own_words(text).splitlines() if line.strip())
    kept = ""
    for sentence in SENTENCE.findall(opening):
        begins_list = "一是" in sentence and "二是" not in sentence
        if kept and (begins_list or len(kept) + len(sentence) > most):
            break
        kept += sentence
    return own_words(kept)


def says_nothing(text: str) -> bool:
    """Return whether a department wrote that there is nothing to say."""
    return text.strip().rstrip("。.") in NOTHING
