"""Heads at the beginning of paragraphs under the lowest headings, or as paragraphs of their own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from app.plan.importer.duties import is_duty_text
from app.plan.importer.numbering import bullet_length
from app.plan.importer.outline import FEWEST, LONGEST_HEAD, OutlineNode, TextSpan, colon_end
from app.plan.importer.run_in_heads import is_clause_head
from app.plan.importer.sentences import (
    SENTENCE_STOPS,
    cut_clauses,
    framed_head_end,
    says_work,
    text_spans,
    without_punctuation,
)

_UNDER_TEXT = 0.82  # share of the paragraphs, if the heads above have text in their own paragraph
_SHORTEST_ELABORATION = 8
_FAR_LONGER, _FAR_SHORTER = 2, 2 / 3  # compared with the longest and the shortest of the others
_LEADING_WORD = 2  # characters
_LONGEST_LABEL = 10
_DATE_OR_QUANTITY = re.compile(r"\d|\D{1,3}\d{1,4}\s?(?:年|月|日|[%％])")
_TALK = re.compile("我们(?:要|将|必须|一定)")  # 内需市场，一头连着发展，一头连着民生。我们要…
_OPENS_NOTHING = re.compile(
    r"(?:同时|此外|另外|其中|为此|今年|全年|去年|一年来|各位|我们|这是|要(?![素点])|[^，]{2,16}(?<![一二三四五六七八九十还就正凡])是(?![否非])|[^，]{4,20}，这?是|在[^，]{2,20}中，|.{4,}是[^，]{2,16}(?:体现|要求|保[证障]|关键|前提|使命|根本|目的|大[事计])$|[^，]{4,16}建立在|.*[出得有到]了)[，,]?"
)


def find_paragraph_heads(leaves: Sequence[OutlineNode]) -> list[list[int]]:
    """Return for each leaf the ends of the heads at the beginning of its paragraphs; 0 for none.

    Empty if the document does not write such heads.
    """
    following = [leaf.following for leaf in leaves]
    if _are_by_turns(following):
        return [_own_paragraph_ends(spans) for spans in following]
    under_text = [leaf.following for leaf in leaves if leaf.run_in]
    begin = {
        True: _begin_with_heads(under_text, _UNDER_TEXT),
        False: _begin_with_heads([leaf.following for leaf in leaves if not leaf.run_in], 1 / 2),
    }
    if not any(begin.values()):
        return []
    are_led_in = _are_led_in(following)
    return [
        _head_ends(leaf.following, are_led_in) if begin[leaf.run_in] else [0] * len(leaf.following)
        for leaf in leaves
    ]


def _are_led_in(following: Sequence[Sequence[TextSpan]]) -> bool:
    """Return whether most leaves begin with a paragraph that introduces those with heads."""
    ends = [found for found in map(_own_head_ends, following) if sum(map(bool, found)) >= FEWEST]
    return 2 * sum(not found[0] for found in ends) > len(ends)


def _are_by_turns(following: Sequence[Sequence[TextSpan]]) -> bool:
    """Return whether most leaves have several heads as paragraphs, about one before each text."""
    heads = [sum(map(bool, _own_paragraph_ends(spans))) for spans in following]
    several = sum(count >= FEWEST for count in heads)
    return 2 * several > len(following) and 3 * sum(heads) > sum(map(len, following))


def _own_paragraph_ends(spans: Sequence[TextSpan]) -> list[int]:
    ends = [
        len(span.text) if _is_whole_head(span) and len(after.text) > LONGEST_HEAD else 0
        for span, after in pairwise(spans)
    ]
    return [*ends, 0][: len(spans)]


def _is_whole_head(span: TextSpan) -> bool:
    return first_sentence_end(span) == len(span.text) and _is_brief_sentence(span.text)


def _begin_with_heads(following: Sequence[Sequence[TextSpan]], share: float) -> bool:
    """Return whether more than a share of the paragraphs under the lowest heads begin with a head.

    Paragraphs above or below the headed ones do not count. If only one under each head begins with a head, the heads
    may as well be inside the paragraphs.
    """
    ends = [_own_head_ends(spans) for spans in following]
    counts = [sum(map(bool, found)) for found in ends]
    several = sum(count >= FEWEST for count in counts)
    alone = sum(count == 1 for count in counts)
    paragraphs = sum(not is_duty_span(span) for spans in following for span in spans)
    around = sum(
        (not found[0]) + (not found[-1]) for count, found in zip(counts, ends, strict=True) if count >= FEWEST
    )
    return several >= max(alone, 1) and sum(counts) > share * (paragraphs - around)


def _head_ends(spans: Sequence[TextSpan], are_led_in: bool) -> list[int]:
    ends = _own_head_ends(spans)
    _drop_opening_statement(spans, ends, are_led_in)
    headed = sum(map(bool, ends))
    if not headed:
        return _clause_head_ends(spans)
    return [0] * len(ends) if headed == 1 and len(ends) > FEWEST else ends


def paragraph_head_end(span: TextSpan) -> int:
    """Return where the head at the start of a paragraph ends; 0 if there is none."""
    text = span.text
    start = bullet_length(text)
    bold = span.bold_marks
    if len(bold) > 1 and bold[0] in (0, start) and 0 < bold[1] - start <= LONGEST_HEAD + 10:
        rest = text[bold[1] :]
        return bold[1] + len(rest) - len(rest.lstrip("。：:；，, \u3000"))
    if start and (colon := colon_end(text[start:])):
        return start + colon
    framed = framed_head_end(text)
    if framed and not is_duty_text(text):
        return framed
    end = first_sentence_end(span)
    opens_talk = _TALK.match(text, end) and not says_work(text)
    is_head = len(text) - end >= _SHORTEST_ELABORATION and _is_brief_sentence(text[:end])
    return end if is_head and not opens_talk else 0


def _is_brief_sentence(text: str) -> bool:
    """Return whether a sentence can be a head: short, and not a quantity."""
    core = without_punctuation(text.strip())
    return (
        0 < len(core) <= LONGEST_HEAD
        and text.rstrip().endswith(("。", "！"))
        and not _DATE_OR_QUANTITY.match(core)
        and not _OPENS_NOTHING.match(core)
        and core.count("，") <= 2
        and not is_duty_text(core)
    )


def first_sentence_end(span: TextSpan) -> int:
    return next((end for _, end in text_spans(span.text, SENTENCE_STOPS)), 0)


def is_duty_span(span: TextSpan) -> bool:
    return is_duty_text(span.text.strip())


def _drop_opening_statement(spans: Sequence[TextSpan], ends: list[int], are_led_in: bool) -> None:
    """Remove the head of a first paragraph that only opens the section.

    Its first sentence is far longer than the following heads, is built differently while these are all alike
    (打铁还需自身硬。 before 坚持…，打造…。), or states little and no work where sections have such introductions.
    """
    heads = [span.text[:end] for span, end in zip(spans, ends, strict=True)]
    others = [head for head in heads[1:] if head]
    if len(others) < FEWEST or not heads[0] or heads[0][:_LEADING_WORD] == others[0][:_LEADING_WORD]:
        return
    is_long = len(heads[0]) > _FAR_LONGER * max(map(len, others))
    is_other = len(others) > FEWEST and _are_alike(others) and not _are_alike([heads[0], *others])
    shortest = min(len(span.text) for span, end in zip(spans[1:], ends[1:], strict=True) if end)
    is_talk = are_led_in and not says_work(heads[0]) and len(spans[0].text) < _FAR_SHORTER * shortest
    if is_long or is_other or is_talk:
        ends[0] = 0


def _are_alike(heads: Sequence[str]) -> bool:
    """Return whether heads begin with the same words and have equally many clauses of similar length."""
    starts = {head[:_LEADING_WORD] for head in heads}
    clauses = {len(cut_clauses(head)) for head in heads}
    lengths = [len(head) for head in heads]
    return len(starts) == len(clauses) == 1 and max(lengths) - min(lengths) <= 2 * max(clauses)


def heads_begin(spans: Sequence[TextSpan]) -> bool:
    """Return whether several paragraphs begin with a head."""
    return sum(map(bool, _own_head_ends(spans))) >= FEWEST


def _own_head_ends(spans: Sequence[TextSpan]) -> list[int]:
    ends = [paragraph_head_end(span) for span in spans]
    alike, labels = _alike_head_ends(spans), _label_ends(spans)
    ends = alike if sum(map(bool, alike)) > sum(map(bool, ends)) else ends
    return [label or end for label, end in zip(labels or [0] * len(ends), ends, strict=True)]


def _label_ends(spans: Sequence[TextSpan]) -> list[int]:
    """Return the ends of labels that most paragraphs begin with (党建工作：…); empty if few do."""
    ends = [end if (end := colon_end(span.text)) <= _LONGEST_LABEL else 0 for span in spans]
    count = sum(map(bool, ends))
    return ends if count > FEWEST and 2 * count > len(spans) else []


def _alike_head_ends(spans: Sequence[TextSpan]) -> list[int]:
    """Return the ends of short, similar first sentences (我们一定…。 我们一定…。); empty if fewer than three."""
    ends = [first_sentence_end(span) for span in spans]
    firsts = [
        span.text[:end] if end <= LONGEST_HEAD and end < len(span.text) else ""
        for span, end in zip(spans, ends, strict=True)
    ]
    start = Counter(first[:_LEADING_WORD] for first in firsts if first).most_common(1)
    alike = [bool(first) and first[:_LEADING_WORD] == start[0][0] for first in firsts]
    heads = [first for first, is_alike in zip(firsts, alike, strict=True) if is_alike]
    if len(heads) <= FEWEST or not _are_alike(heads):
        return []
    return [end if is_alike else 0 for end, is_alike in zip(ends, alike, strict=True)]


def _clause_head_ends(spans: Sequence[TextSpan]) -> list[int]:
    """Return the ends of first clauses if all begin alike (聚焦老人，…聚焦儿童，…); empty otherwise."""
    clauses = [cut_clauses(span.text)[0] for span in spans]
    alike = len(clauses) >= FEWEST and all(is_clause_head(clause, clauses[0]) for clause in clauses)
    return [len(clause) for clause in clauses] if alike else []
