"""Phrases of official Chinese: days, shares, names, and how departments' own words are quoted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.base.text import quoted_title

# Headings that several kinds share, or that sentences refer to.
OVERVIEW_CHAPTER = "总体情况"
PROBLEMS_CHAPTER = "存在的问题"
TARGETS_CHAPTER = "年度目标完成情况"

HANZI = "一-鿿"
FULL_WIDTH = str.maketrans(",;:?!", "，；：？！")
HALF_WIDTH_MARK = re.compile(rf"(?<=[{HANZI}”》）%\d])[,;:?!](?=[{HANZI}“《（]|$)", re.MULTILINE)
BRACKETS = re.compile(rf"\((?=[^()]*?[{HANZI}])([^()]*+)\)")
SPACE_AT_FIGURES = re.compile(rf"(?<=[{HANZI}]) +(?=\d)|(?<=\d) +(?=[{HANZI}])")
SENTENCE = re.compile(r"[^。！？]*(?:[。！？][”’）》]*|$)")
END_MARKS = "。！？…”）"
# With a smaller total, shares say less than the counts themselves.
ENOUGH_FOR_SHARES = 10
CLAUSE_END = re.compile(r"[，。；、,;.\n]")
ALL_GOES_WELL = re.compile(
    "(?:目前|现阶段|本季度|总体|整体|各项工作|该项工作|工作|项目|均|已|正在){0,3}(?:"
    "(?:按|按照)?(?:既定|工作)?(?:计划|序时进度|时间节点)?(?:正常|有序|稳步|顺利)?(?:推进|进行|开展)(?:正常|顺利|有序|中)?"
    "|(?:进展|进度|情况)(?:正常|顺利|良好)|达到序时进度|绿灯|正常"
    "|(?:暂|尚|均)?(?:无|没有|未发现|不存在)(?:明显|突出|重大|其他|存在)?的?(?:问题|困难|风险|困难和问题|问题和困难)?"
    ")"
)
# An introductory clause before the result (the occasion, or one aspect among others), which is not the gist.
PREAMBLE = re.compile(
    "[^，。；\\d]{2,14}方面，|(?:深入|认真|全面|扎实)?(?:学习|贯彻|落实)|围绕|坚持|根据|按照|紧扣|聚焦|立足|为了?(?!期)"
)
# Words that carry no information about what was done, what hinders it or what comes next.
SAYS_LITTLE = re.compile(
    "(?:目前|现|本季度|下一步|下一阶段|各项工作|该项工作|正在|将|已|要|做好|继续|进一步|按|按照|既定|工作|计划|安排|序时进度|要求|节点|抓紧|加快|加强|稳步|"
    "积极|有序|扎实|深入|持续|推进|推动|开展|实施|落实|跟进|完成|确保|年底|年内|如期|按时|前|本季度|年度|目标|任务|各项|相关|后续|补齐|短板|统筹|努力|力争|协调|沟通|"
    "解决|剩余|其余|部分|品牌|该|中|由于|因|种种|多种|客观|主观|原因|等|进度|进展|较慢|偏慢|缓慢|不快|滞后|影响|受到|一定|问题|具体|研究|居民|群众|企业|满意度|较高|反映|反响|良好|受到|"
    "好评|成效|效果|明显|取得|较好|的|地|了|并|和|与|及|、)+"
)
# The number of a list item, which means nothing once the item stands in running text.
POINT_NUMBER = re.compile(r"^\s*(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[①-⑳]|[一二三四五六七八九十]、)\s*")
# A department writing about its own paper or about who does what, which is no news of the measure.
OF_ITS_OWN = re.compile("本项工作由|该项工作由|由(?:我|本)(?:科|办|部门|中心|队)|下一步|下阶段")
# The beginning of a list separated by ；, which must not be cut off.
ANNOUNCES_PARTS = re.compile("：|一是|分别|[两三四五六七八九十几]个?方面|“[^“”]*；|（[^（）]*；")
LATER_POINT = re.compile("(?:^|[。；])[三四五六七八九十]是")
FOLLOWS_ON = re.compile("其中|[二三四五六七八九十]是|同时|此外|另外|另有|其余|其他|这|该")
# What reports no result, even if it contains figures.
NO_RESULT = re.compile(
    "差错|误报|投诉|异议|暂停|推迟|延期|停工|未能|踏勘|起草|筹备|(?:方案|计划|清单)[^，。；]{0,3}(?:制定|拟定)|(?:制定|拟定)[^，。；]{0,8}(?:方案|计划)"
)
# Of two sentences that say equally much, the first one is used unless it exceeds the space by this factor.
SLIGHTLY_LONGER = 1.3
NOTHING = frozenset({"", "无", "暂无", "没有", "无问题", "暂无问题", "无存在问题"})


def percent_words(count: int, total: int) -> str:
    """Return a share with one decimal, or none if all shares of this total are whole: 37.2%, 7.0%; 50%.

    Both counts must be written beside it.
    """
    return f"{100 * count / total:.{int(100 % total > 0)}f}%"


def share_of_total(count: int, total: int, *, named: str = "") -> str:
    """Return ，占15.6% to follow a count; empty for a small total. `named` is what it is a share of: 45项的."""
    return f"，占{named}{percent_words(count, total)}" if total >= ENOUGH_FOR_SHARES else ""


def small_share(count: int, total: int) -> str:
    """Return how small a share of half or less is: in words if near half, otherwise as a percentage."""
    if 2 * count == total:
        return "，仅占半数"
    return "，不到半数" if 5 * count >= 2 * total else share_of_total(count, total).replace("占", "仅占")


def count_words(
    entries: Iterable[tuple[str, int]], total: int, unit: str = "项", *, shares: bool = True
) -> str:
    """Return the counts that are not zero: 正常推进29项，占76.3%；滞后6项，占15.8%.

    For a small total, without shares: 正常推进2项，滞后1项.
    """
    found = [(f"{label}{count}{unit}", count) for label, count in entries if count]
    if total < ENOUGH_FOR_SHARES or not shares:
        return "，".join(words for words, _ in found)
    return "；".join(f"{words}，占{percent_words(count, total)}" for words, count in found)


def division_words(
    entries: Iterable[tuple[str, int]], total: int, unit: str = "项", *, shares: bool = True
) -> str:
    """Return what follows a total: 中，达到20项，占52.6%；落后18项，占47.4%, or 均达到 if all are alike.

    shares: False if the shares are already given elsewhere.
    """
    found = [(label, count) for label, count in entries if count]
    if len(found) == 1:
        return f"{'均' if total > 1 else ''}{found[0][0]}"
    return f"中，{count_words(found, total, unit, shares=shares)}"


def title_list(titles: Iterable[str]) -> str:
    """Return quoted titles as a list; titles in quotation marks need no 、 between them (GB/T 15834-2011, 4.5.3.5)."""
    return "".join(quoted_title(title) for title in titles)


def which_titles(titles: Iterable[str], *, one: str = "为") -> str:
    """Return the titles of what was just counted: 为“甲”, 分别是“甲”“乙”; `one` precedes a single title."""
    found = tuple(titles)
    return f"{'分别是' if len(found) > 1 else one}{title_list(found)}"


def unspaced_title(title: str) -> str:
    """Return a title without spaces between Chinese characters and figures."""
    return SPACE_AT_FIGURES.sub("", title)


def own_words(text: str) -> str:
    """Return a department's words unchanged, but with full-width punctuation and a final full stop."""
    text = BRACKETS.sub(r"（\1）", text.strip())
    text = HALF_WIDTH_MARK.sub(lambda mark: mark[0].translate(FULL_WIDTH), text)
    return text if text.endswith(tuple(END_MARKS)) else text.rstrip("，；、：") + "。"


def unnumbered_words(text: str) -> str:
    """Return a department's words without the numbers of list items, for a text that has its own numbers."""
    return "\n".join(POINT_NUMBER.sub("", line) for line in own_words(text).splitlines())


def cited_words(text: str) -> str:
    """Return somebody's words as one quotation within a sentence, without their line breaks."""
    return quoted_title("".join(own_words(line) for line in text.splitlines() if line.strip()))


def gist_of(text: str, most: int, *, of_results: bool = False) -> str:
    """Return the sentences of a department's words that say most, within `most` characters; at least one.

    Figures of what was done say more than the occasion. The sentences keep their order and words. A list that would be
    cut off (一是……) is not begun, and a sentence that refers to the one before it is not used without it. With
    `of_results`, sentences without a result say less, and one that is too long keeps only its first parts.
    """
    sentences = [one for line in unnumbered_words(text).splitlines() for one in sentences_of(line)]
    if of_results:
        sentences = [first_clauses(one, most) for one in sentences]
    kept: set[int] = set()

    def standing_of(place: int) -> tuple[int, bool, int]:
        sentence = sentences[place]
        weight = weight_of(sentence) - (of_results and bool(NO_RESULT.search(sentence)))
        return -weight, len(sentence) > most * SLIGHTLY_LONGER, place

    for place in sorted(range(len(sentences)), key=standing_of):
        if kept and weight_of(sentences[place]) < 0:
            break
        needed = places_referred_to(sentences, place) | kept
        is_torn = is_torn_list("".join(sentences[one] for one in sorted(needed)))
        if not kept or (not is_torn and sum(len(sentences[one]) for one in needed) <= most):
            kept = needed
    return own_words("".join(sentences[place] for place in sorted(kept)))


def sentences_of(line: str) -> list[str]:
    return [one for one in SENTENCE.findall(line) if one.strip()]


def first_clauses(sentence: str, most: int) -> str:
    """Return as many parts (between ；) of a sentence as fit into `most` characters, at least the first.

    A sentence that announces or counts its parts is not shortened.
    """
    parts = sentence.split("；")
    if len(sentence) <= most or ANNOUNCES_PARTS.search(sentence):
        return sentence
    kept = parts.pop(0)
    while parts and len(kept) + len(parts[0]) < most:
        kept += f"；{parts.pop(0)}"
    return own_words(kept) if parts else sentence


def is_torn_list(text: str) -> bool:
    """Return whether a list begins and is cut off, or continues without its beginning: 四是扩大覆盖。"""
    return ("一是" in text) != ("二是" in text) or bool(LATER_POINT.search(text) and "一是" not in text)


def weight_of(sentence: str) -> int:
    """Return how much a sentence says: figures of results the most, the occasion less, empty words the least."""
    if says_little(sentence) or OF_ITS_OWN.search(sentence):
        return -2
    return 2 * bool(re.search(r"\d", sentence)) - bool(PREAMBLE.match(sentence.lstrip()))


def places_referred_to(sentences: Sequence[str], place: int) -> set[int]:
    """Return a sentence's place with those of the sentences before it that it refers to."""
    needed = {place}
    while place and FOLLOWS_ON.match(sentences[place].lstrip()):
        place -= 1
        needed.add(place)
    return needed


def says_nothing(text: str) -> bool:
    """Return whether a department wrote that there is nothing to report."""
    return text.strip().rstrip("。.") in NOTHING


def says_little(text: str) -> bool:
    """Return whether a text has no content: 继续按计划推进。由于种种原因。"""
    clauses = [clause.strip() for clause in CLAUSE_END.split(text) if clause.strip()]
    return says_nothing(text) or all(map(SAYS_LITTLE.fullmatch, clauses))


def names_no_problem(text: str) -> bool:
    """Return whether a text that should name a problem or reason only says that all goes well: 正常推进，绿灯。"""
    clauses = [clause.strip() for clause in CLAUSE_END.split(text) if clause.strip()]
    return says_little(text) or all(map(ALL_GOES_WELL.fullmatch, clauses))
