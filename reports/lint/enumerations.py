"""Lists within the text: 一是……二是……, 第一，……第二，……, ①……②……, and 分别, with a value for each name."""

import re
from collections.abc import Callable, Iterator

from reports.lint.figures import NUMBER
from reports.lint.finding import Kind
from reports.lint.passages import Passage
from reports.lint.subject import NUMERALS, Hit, Subject, at
from reports.numbering import chinese_number

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
VALUES = {chinese_number(number): number for number in range(1, 21)} | {
    mark: number for number, mark in enumerate(CIRCLED, start=1)
}
# 一是一，二是二 is a saying.
LISTS: tuple[tuple[re.Pattern[str], Callable[[int], str]], ...] = (
    (
        re.compile(rf"(?:^|(?<=[，。；：、“]))([{NUMERALS}]{{1,2}})是(?![{NUMERALS}][，。])", re.MULTILINE),
        lambda number: f"{chinese_number(number)}是",
    ),
    (
        re.compile(rf"(?:^|(?<=[。；：]))第([{NUMERALS}]{{1,2}})，", re.MULTILINE),
        lambda number: f"第{chinese_number(number)}，",
    ),
    (re.compile(rf"([{CIRCLED}])"), lambda number: CIRCLED[number - 1]),
)

LISTED = re.compile(
    rf"(?P<names>(?:[^，。；：、\n\d]{{1,14}}、){{1,9}}[^，。；：、\n\d]{{1,14}}?)分别(?:为|是|达到?|完成)了?"
    rf"(?P<values>{NUMBER}[^，。；：、\n和与\d]{{0,8}}(?:[、和与]{NUMBER}[^，。；：、\n和与\d]{{0,8}})+)(?=[，。；\n]|$)"
)
JOINTS = re.compile(r"[和与及]")
BETWEEN = re.compile(r"[、和与]")


def broken_sequences(subject: Subject) -> Iterator[Hit]:
    """A list that leaves a number out or says one twice; it may run over paragraphs, up to the next heading."""
    for pattern, written in LISTS:
        last = 0
        for passage in subject.of_kind(Kind.HEADING, Kind.HEAD, Kind.TEXT, Kind.CELL):
            if passage.kind is not Kind.TEXT:
                last = 0
            for match in pattern.finditer(passage.text):
                number = VALUES.get(match[1], 0)
                if number == 0 or (last == 0 and number > 2):
                    continue  # 一一是 is no number, and before 三是单数 no list has begun
                if number not in (1, last + 1):
                    yield _broken(passage, match, number, last, written)
                last = number


def _broken(
    passage: Passage, match: re.Match[str], number: int, last: int, written: Callable[[int], str]
) -> Hit:
    """What is wrong with a number that does not follow the last one."""
    this = written(number)
    if number > last:
        reason = f"“{this}”之前缺“{written(number - 1)}”，请补上或者改正序号。"
    else:
        reason = f"“{this}”的序号重复或者颠倒，请改正。"
    return Hit(reason, passage, match.start(), match.end())


def unequal_lists(passage: Passage) -> Iterator[Hit]:
    """A、B、C分别为1个、2个: as many values as names, whether 和 joins two of them or not."""
    if "分别" not in passage.text:
        return
    for match in LISTED.finditer(passage.text):
        names, values = match["names"].count("、") + 1, len(BETWEEN.findall(match["values"])) + 1
        if not names <= values <= names + len(JOINTS.findall(match["names"])):
            reason = f"“分别”前面是{names}项，后面是{values}个数，请核对是否一一对应。"
            yield at(passage, match, reason)
