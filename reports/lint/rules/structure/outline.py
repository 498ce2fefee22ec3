"""How a text is divided: levels of headings, numbers written by hand, ordinal lists (GB/T 9704-2012, 7.3.3)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from reports.characters import CIRCLED_NUMBERS
from reports.lint.counts import NUMERAL_VALUES, small_number
from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.phrases import phrase_hits
from reports.lint.registration import ACCURACY, PUNCTUATION, WARNING, document_rule, passage_rule
from reports.lint.subject import NUMERALS, LintSubject, RuleHit, hit_at, hit_of_whole, is_ended
from reports.model import DocumentPart, Heading, Paragraph

LEVELS = {1: "一级标题“一、”", 2: "二级标题“（一）”", 3: "三级标题“1.”", 4: "四级标题“（1）”"}
END_MARKS = "，。、；：！？"
INDENT = r"[ \t\u3000]*"
# 一、二季度 and 3、4号线 count; they do not number.
COUNTING = rf"(?!(?!\d{{4}}年)[{NUMERALS}\d]+(?:季度|[月级类期号楼层批轮标线区年]))"
HAND_NUMBER = re.compile(
    rf"{INDENT}(?:[{NUMERALS}]{{1,3}}[、.．]{COUNTING}|[（(](?:[{NUMERALS}]{{1,3}}|\d{{1,2}})[）)][、.．，]?"
    rf"|\d{{1,2}}[.．、](?!\d){COUNTING}|\d{{1,2}}[）)][、.．]?|[{CIRCLED_NUMBERS}][、.．]?)\s*"
)
# A heading's number as it is written by hand, by level.
HEADING_NUMBERS = (
    re.compile(rf"\A{INDENT}([{NUMERALS}]{{1,3}})、"),
    re.compile(rf"\A{INDENT}（([{NUMERALS}]{{1,3}})）"),
    re.compile(rf"\A{INDENT}(\d{{1,2}})[.．、](?!\d)"),
    re.compile(rf"\A{INDENT}（(\d{{1,2}})）"),
)
# 一、二季度 and 3、4号线 count; 四、四季度 does not.
COUNTED_NUMBER = re.compile(
    rf"\A{INDENT}(?P<first>[{NUMERALS}\d]+)、(?!(?P=first)(?![{NUMERALS}\d])|\d{{4}}年)[{NUMERALS}\d]+(?:季度|[月级类期号楼层批轮标线区年])"
)
ITEM_NUMBER = re.compile(rf"\A{INDENT}(?:[（(]|\d)")
SHOWN_HEADING = 12


@document_rule("skipped-level", "标题越级", WARNING, "7.3.3")
def skipped_levels(subject: LintSubject) -> Iterator[RuleHit]:
    """A heading more than one level below the one before it."""
    reached: dict[tuple[DocumentPart, int | None], int] = {}
    headings = {id(passage): heading for passage, heading in _headings_with_passages(subject)}
    for passage in subject.passages:
        where, heading = (passage.part, passage.place.annex), headings.get(id(passage))
        last = reached.get(where)
        if heading is None:
            # 1.……，重点核实下列信息： leads down to （1）, though it is a sentence.
            written = _written_number(passage) if subject.written and last else None
            reached |= {where: max(last or 0, written[0])} if written else {}
            continue
        reached[where] = heading.level
        # What stands alone is headed without a number: no reader misses a level above it.
        # Of others' papers 1. often stands right below 一、.
        most = 1 if subject.written is None else 2
        if last is not None and heading.level > last + most and heading.label != "":
            reason = f"{LEVELS[last]}之下直接用了{LEVELS[heading.level]}，请改用{LEVELS[last + 1]}。"
            yield hit_of_whole(passage, reason)


def _headings_with_passages(subject: LintSubject) -> Iterator[tuple[TextPassage, Heading]]:
    """Each heading and run-in head with its passage."""
    for passage in subject.passages_of_kind(PassageKind.HEADING, PassageKind.HEAD):
        block = subject.block_of(passage)
        heading = block.head if isinstance(block, Paragraph) else block
        if isinstance(heading, Heading):
            yield passage, heading


@document_rule("empty-heading", "空标题", WARNING, "条例第十九条（三）")
def empty_headings(subject: LintSubject) -> Iterator[RuleHit]:
    """A heading with nothing under it; in a fragment that may have been left out."""
    if subject.is_fragment:
        return
    sentences = _sentence_numbers(subject)
    for passage, heading in _headings_with_passages(subject):
        blocks = subject.blocks_around(passage)
        assert passage.place.block is not None  # noqa: S101  (a heading stands in a block)
        is_item = passage.text.endswith("。") and _number_of(passage.text) in sentences
        if passage.kind is PassageKind.HEAD or is_item:
            continue
        after = passage.place.block + 1
        following = blocks[after] if after < len(blocks) else None
        if following is None or (isinstance(following, Heading) and following.level <= heading.level):
            yield hit_of_whole(passage, "标题下面没有内容，请补写或者删去标题。")


@document_rule("hand-number", "手写序号", WARNING, "7.3.3")
def hand_numbers(subject: LintSubject) -> Iterator[RuleHit]:
    """A number written before a heading, which then has two, or before a paragraph, which counts for no heading."""
    if subject.written is None:
        for passage in subject.passages_of_kind(PassageKind.HEADING, PassageKind.HEAD, PassageKind.TEXT):
            yield from _hand_number_hits(passage)


def _hand_number_hits(passage: TextPassage) -> Iterator[RuleHit]:
    match = HAND_NUMBER.match(passage.text)
    if match is None or match.end() == len(passage.text):
        return
    number = match[0].strip()
    if passage.kind is PassageKind.TEXT:
        reason = f"段首手写的序号“{number}”不参加自动编号，请改设为标题，或者改用“一是”“二是”。"
        if not number.startswith(tuple("①②③④⑤⑥⑦⑧⑨⑩")):
            yield hit_at(passage, match, reason)
    else:
        yield hit_at(passage, match, f"标题会自动编号，请删去手写的序号“{number}”。", "")


@document_rule("number-form", "序号写法", WARNING, "7.3.3")
def wrong_number_forms(subject: LintSubject) -> Iterator[RuleHit]:
    """Numbers such as 1、 and (一) and （一）、 in a paragraph, and before a heading that is numbered by hand."""
    headings = (PassageKind.HEADING, PassageKind.HEAD) if subject.written else ()
    for passage in subject.passages_of_kind(PassageKind.TEXT, *headings):
        yield from phrase_hits("number-form", passage)


@document_rule("heading-sequence", "标题序号不连续", WARNING, "7.3.3")
def broken_heading_sequences(subject: LintSubject) -> Iterator[RuleHit]:
    """一、三、 and （二）（二）: a number written by hand that does not follow the last one of its level, or of the one
    above, as 3. behind （二）; those of a lower level may run on over the higher ones, （三） behind 二、.
    """
    reached: dict[tuple[int | None, int], int] = {}
    left: dict[tuple[int | None, int], int] = {}
    for passage in subject.passages if subject.written else ():
        annex = passage.place.annex
        found = _written_number(passage) or _next_number(passage, reached.get((annex, 1)))
        if found is None:
            continue
        level, number = found
        levels_above = [one for place, one in reached if place == annex and one < level]
        above = reached[annex, max(levels_above)] if levels_above else None
        last = reached.get((annex, level))
        begun_below = {key for key in reached if key[1] == 2}
        for deeper in range(level + 1, len(HEADING_NUMBERS) + 1):
            left[annex, deeper] = reached.pop((annex, deeper), left.get((annex, deeper), 0))
        reached[annex, level] = number
        restarts = number == 1 and (last != 1 or passage.kind is PassageKind.TEXT)
        if last is not None and number != last + 1 and not restarts:
            written = passage.text.strip()[:SHOWN_HEADING]
            kind = "重复" if number == last else "不连续"
            reason = f"“{written}”的序号{kind}：前一个是{last}，这里应为{last + 1}，请核对。"
            yield RuleHit(reason, passage, 0, len(passage.text))
        elif last is None and number == level == 1 and (annex, 2) in begun_below:
            yield hit_of_whole(passage, "（一）之下用了“一、”，层次颠倒，请改正序号的形式。")
        elif last is None and number > 1 and number - 1 == above and number - 1 != left.get((annex, level)):
            yield hit_of_whole(
                passage, f"序号接着上一级的{above}，形式却是{LEVELS[level]}，请统一序号的形式。"
            )


def _next_number(passage: TextPassage, last: int | None) -> tuple[int, int] | None:
    """The number of a heading such as 三、四季度工作安排, where the one before it is 二、."""
    match = COUNTED_NUMBER.match(passage.text)
    number = NUMERAL_VALUES.get(match["first"]) if match else None
    is_next = number is not None and last is not None and number == last + 1
    return (1, number) if is_next and number and not is_ended(passage.text) else None


def _written_number(passage: TextPassage) -> tuple[int, int] | None:
    """The level of the number that a heading or paragraph begins with, and the number; None for any other."""
    if passage.kind not in (PassageKind.HEADING, PassageKind.HEAD, PassageKind.TEXT):
        return None
    if COUNTED_NUMBER.match(passage.text):
        return None
    for level, pattern in enumerate(HEADING_NUMBERS, start=1):
        match = pattern.match(passage.text)
        value = match and small_number(match[1])
        if value:
            return level, value
    return None


@document_rule("heading-mark", "标题末尾标点", WARNING, ACCURACY)
def heading_marks(subject: LintSubject) -> Iterator[RuleHit]:
    """A mark at the end of a heading on a line of its own; the last line of a fragment may go on, and in a text that
    is not from here （一）……。 may be a sentence, and so may any number that others like it are sentences with.
    """
    sentences = _sentence_numbers(subject)
    for passage in subject.passages_of_kind(PassageKind.HEADING):
        text = passage.text.rstrip()
        is_item = subject.written is not None and ITEM_NUMBER.match(text) is not None
        is_sentence = is_item or _number_of(text) in sentences
        bare = text.rstrip(END_MARKS.replace("。", "") if is_sentence else END_MARKS)
        if bare != text and not (subject.is_fragment and passage is subject.passages[-1]):
            yield RuleHit("单独成行的标题末尾不用标点，请删去。", passage, len(bare), len(text), "")


def _sentence_numbers(subject: LintSubject) -> frozenset[re.Pattern[str]]:
    """The forms of numbers whose lines are text: 一、同意更新。 before 二、经费35万元，其中……。"""
    alike: defaultdict[re.Pattern[str], list[tuple[int, TextPassage]]] = defaultdict(list)
    for place, passage in enumerate(subject.passages if subject.written else ()):
        for form in HEADING_NUMBERS:
            if form.match(passage.text):
                alike[form].append((place, passage))
    return frozenset(form for form, found in alike.items() if _are_sentences(found))


def _are_sentences(lines: Sequence[tuple[int, TextPassage]]) -> bool:
    """Whether one of some lines is text, or all are sentences with nothing below any of them: 一、各社区要备足物资。
    二、城管办负责清雪。
    """
    follow = len(lines) > 1 and lines[-1][0] - lines[0][0] == len(lines) - 1
    items = follow and all(one.text.rstrip().endswith("。") for _, one in lines)
    return items or any(one.kind is PassageKind.TEXT for _, one in lines)


def _number_of(text: str) -> re.Pattern[str] | None:
    """The form of the number that a line begins with."""
    return next((one for one in HEADING_NUMBERS if one.match(text)), None)


@passage_rule("head-mark", "段首标题缺句号", WARNING, f"{PUNCTUATION}，4.1", kinds=(PassageKind.HEAD,))
def run_in_head_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """A run-in head that does not end before the text that follows it on the same line."""
    text = passage.text.rstrip()
    if not is_ended(text) and not text.endswith(("，", "、")):
        reason = "标题后面接写正文，标题末尾应当有句号，请补上。"
        yield RuleHit(reason, passage, len(text) - 1, len(text), f"{text[-1]}。")
