"""Sentences and clauses of Chinese text, never cut inside quotes or brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from app.plan.importer.traditional import simplified_text

Span = tuple[int, int]

_PAIRS = {"”": "“", "’": "‘", "》": "《", "）": "（", ")": "(", "】": "【", "」": "「", "〕": "〔", "]": "["}
_FULL_WIDTH = str.maketrans("()", "（）")
_PAIR_SIGN = re.compile("[" + re.escape("".join((*_PAIRS, *_PAIRS.values()))) + "]")
_FARTHEST_PAIR = 80  # characters; a wider pair is a typing error and does not prevent cutting
DECORATION = "\u2600-\u2757\u2794-\u27bf\u2b50\ufe0f\U0001f000-\U0001faff"  # decorative pictures
_TERMINATED = re.compile(rf"[。！？；：:…!?;][”’）)》】{DECORATION}]*$")
_FRAMED_HEAD = re.compile(r"\s*【([^【】。；]{2,30})】[：:]?\s*")
_DASHED_HEAD = re.compile(r"\s*[\u4e00-\u9fff“”]{2,12}——(?=[^—].{14,}[。！]\s*$)", re.DOTALL)
_CANNOT_BEGIN = tuple("，。、；：！？）”’》】〉〕」％%,;:)]…")

_LONGEST_TITLE_ALONE, _LONGEST_TITLE_BEFORE_OTHERS = 40, 60  # characters
_SAYS_NOTHING_YET = re.compile(
    "在|对|以|依托|针对|围绕|按照|根据|鉴于|为|结合|通过|利用|从|自|当|凡|除|面向|聚焦|.*(?:时|前|后|下|中|上)[，,]$"
)

THIS_YEAR = re.compile("(?:今年|新的一年)[，,]?(?:我们)?将?")  # introductory words that carry no content

# The beginning of a clause that states work.
_WORK_CLAUSE = re.compile(
    r"[\s*#—•\-]*+(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*+)?(?:[一二三四五六七八九十]是)?(?:"
    "[全着大聚奋合有][面力]|[积扎切充]|继续|进一步|深[入化]|加[快大强]|持续|不断|稳步|有序|认真|严[格厉]|坚[持决]|努力|统[一筹]|强化|推[进动行广]|完善|健全"
    "|建[立设成]|构建|打造|培[育养]|实施|落实|开展|组织|[做抓办用管建][好优强大实紧]|狠抓|提[升高]|优化|扩大|促进|保障|支持|鼓励|引[导进]|规范|整治|清理"
    "|排查|治理|改[造善]|新[建增]|完成|确保|力争|争取|实现|巩固|拓展|发[展挥]|创新|探索|启动|制定|出台|编制|明确|宣传|动员|协调|配合|督促|监督|检查"
    "|防范|化解|[守筑铸][牢住]|保护|压实|聚焦|围绕|突出|重点(?:是|抓|做)|依法|高(?:质量|标准|水平|效)(?!发展)|对|要|将|以|各|丰富|举办|设立|按照|通过|利用|结合|依托|[^，。]{2,12}(?:负责|牵头))"
)

OPENERS, CLOSERS = "（(【[〔", "）)】]〕"
LONGEST_COUPLET = 26  # characters
SENTENCE_STOPS = "。！？"
CLAUSE_STOPS = "，；：。！？,;:"


def text_spans(text: str, stops: str) -> list[Span]:
    """Cut `text` after each of `stops` (with closing quotes); the joined spans are the whole text."""
    shelter = _enclosed_places(text)
    found, start = [], 0
    for stop in re.finditer(f"[{stops}]+[”’）】]*", text):
        if stop.start() not in shelter and stop.end() > start:
            found.append((start, stop.end()))
            start = stop.end()
    if start < len(text):
        found.append((start, len(text)))
    return found


def cut_text(text: str, stops: str) -> list[str]:
    return [text[start:end] for start, end in text_spans(text, stops)]


def cut_clauses(text: str) -> list[str]:
    """Return the clauses of `text`, each with its final punctuation."""
    return cut_text(text, CLAUSE_STOPS)


def sentence_title_end(sentence: str, *, stands_alone: bool) -> int:
    """Return where the title of a measure that begins with a sentence ends.

    The whole sentence if others follow; otherwise its first clause, or more if that has no content yet
    (在主汛期来临之前，检修水利设施).
    """
    clauses = cut_clauses(sentence)
    end = len(clauses[0])
    longest = _LONGEST_TITLE_ALONE if stands_alone else _LONGEST_TITLE_BEFORE_OTHERS
    for before, clause in pairwise(clauses):
        is_complete = stands_alone and not _SAYS_NOTHING_YET.match(simplified_text(before))
        is_whole = is_complete or is_terminated(before) or end + len(clause) > longest
        if is_whole and not THIS_YEAR.fullmatch(before):
            break
        end += len(clause)
    return end


def is_couplet(text: str) -> bool:
    """Return whether a text is two short clauses of similar length, like a head."""
    lengths = [len(clause) for clause in cut_clauses(text)]
    couplet = len(lengths) == 2 and abs(lengths[0] - lengths[1]) <= 1
    return couplet and len(without_punctuation(text)) <= LONGEST_COUPLET and not re.search(r"\d", text)


def says_work(clause: str) -> bool:
    """Return whether a clause begins like a statement of work."""
    return bool(_WORK_CLAUSE.match(clause))


def is_terminated(text: str) -> bool:
    """Return whether `text` ends like a sentence or like the head of a list."""
    return bool(_TERMINATED.search(text[-_FARTHEST_PAIR:]))


def cannot_begin(text: str) -> bool:
    """Return whether `text` starts with a character that never begins a paragraph."""
    return text.startswith(_CANNOT_BEGIN)


def has_open_pair(text: str) -> bool:
    """Return whether a quote or bracket is open at the end of `text`; full and half width match each other."""
    tail = text[-_FARTHEST_PAIR:].translate(_FULL_WIDTH)
    return any(tail.rfind(opener) > tail.rfind(closer) for closer, opener in _PAIRS.items())


def without_punctuation(text: str) -> str:
    return text.rstrip().rstrip("。，；：、,;:！!？?.").rstrip()


def framed_head_end(text: str) -> int:
    """Return where a head in 【】 or with a dash before its text ends; 0 if there is none, or nothing after it."""
    found = _FRAMED_HEAD.match(text) or _DASHED_HEAD.match(text)
    return found.end() if found and found.end() < len(text.rstrip()) else 0


def without_frame(title: str) -> str:
    """Return a title without enclosing 【】 or a dash at its end."""
    found = _FRAMED_HEAD.fullmatch(title)
    return found[1] if found else title.rstrip("—")


def _enclosed_places(text: str) -> set[int]:
    """Return the places inside matching quotes and brackets."""
    return {place for start, end in _enclosed_spans(text) for place in range(start + 1, end)}


def _enclosed_spans(text: str) -> Iterator[Span]:
    waiting: list[int] = []
    for found in _PAIR_SIGN.finditer(text):
        opener = _PAIRS.get(found[0])
        if opener is None:
            waiting.append(found.start())
        elif waiting and text[waiting[-1]] == opener:
            start = waiting.pop()
            if found.start() - start <= _FARTHEST_PAIR:
                yield start, found.start()


def bracket_pairs(text: str) -> list[Span]:
    """Return all pairs of brackets, outer before inner; full and half width match each other."""
    pairs, opened = [], list[int]()
    for place, sign in enumerate(text):
        if sign in OPENERS:
            opened.append(place)
        elif sign in CLOSERS and opened:
            pairs.append((opened.pop(), place + 1))
    return sorted(pairs)
