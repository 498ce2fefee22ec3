"""Lists within the text: 一是……二是……, 第一，……第二，……, ①……②……, and 分别, with a value for each name."""

import re
from collections.abc import Callable, Iterator

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage
from reports.lint.registration import ACCURACY, WARNING, document_rule, passage_rule
from reports.lint.rules.figures import NUMBER
from reports.lint.subject import NUMERALS, LintSubject, RuleHit, hit_at
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


@document_rule("ordinal-gap", "“一是”“二是”不连续", WARNING, ACCURACY)
def broken_sequences(subject: LintSubject) -> Iterator[RuleHit]:
    """A list that leaves a number out or says one twice; it may run over paragraphs, up to the next heading."""
    for pattern, written in LISTS:
        last = 0
        for passage in subject.passages_of_kind(
            PassageKind.HEADING, PassageKind.HEAD, PassageKind.TEXT, PassageKind.CELL
        ):
            if passage.kind is not PassageKind.TEXT:
                last = 0
            for match in pattern.finditer(passage.text):
                number = VALUES.get(match[1], 0)
                if number == 0 or (last == 0 and number > 2):
                    continue  # 一一是 is no number, and before 三是单数 no list has begun
                if number not in (1, last + 1):
                    yield _sequence_hit(passage, match, number, last, written)
                last = number


def _sequence_hit(
    passage: TextPassage, match: re.Match[str], number: int, last: int, written: Callable[[int], str]
) -> RuleHit:
    """What is wrong with a number that does not follow the last one."""
    this = written(number)
    if number > last:
        reason = f"“{this}”之前缺“{written(number - 1)}”，请补上或者改正序号。"
    else:
        reason = f"“{this}”的序号重复或者颠倒，请改正。"
    return RuleHit(reason, passage, match.start(), match.end())


@passage_rule(
    "respectively",
    "“分别”不对应",
    WARNING,
    ACCURACY,
    kinds=(PassageKind.TEXT, PassageKind.CELL),
    holding="别",
)
def unequal_lists(passage: TextPassage) -> Iterator[RuleHit]:
    """A、B、C分别为1个、2个: as many values as names, whether 和 joins two of them or not."""
    if "分别" not in passage.text:
        return
    for match in LISTED.finditer(passage.text):
        names, values = match["names"].count("、") + 1, len(BETWEEN.findall(match["values"])) + 1
        if not names <= values <= names + len(JOINTS.findall(match["names"])):
            reason = f"“分别”前面是{names}项，后面是{values}个数，请核对是否一一对应。"
            yield hit_at(passage, match, reason)
