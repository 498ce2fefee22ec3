"""Marks that come in pairs (GB/T 15834-2011, 4.8, 4.9, 4.15): brackets, quotation marks, title marks."""

import re
from collections.abc import Iterator

from reports.lint.passages import TextPassage
from reports.lint.registration import ERROR, PUNCTUATION, WARNING, passage_rule
from reports.lint.subject import CHINESE, HANZI, NUMERALS, RuleHit, covered_positions, hit_at

CLOSING = {"（": "）", "“": "”", "‘": "’", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
PAIRED = re.compile(f"[{''.join((*CLOSING, *CLOSING.values()))}]")
OPENING = {closing: opening for opening, closing in CLOSING.items()}
INNER = {"“": ("‘", "’"), "《": ("〈", "〉")}
# 说：“……。社区还……, 《……意见，结合……: the partner is missing from the end of the clause, or of the sentence, on.
UNCLOSED = re.compile(r"(?<=[：:])“[^“”。！？\n]{2,120}[。！？]|[“《（〔【][^，。；！？\n]{1,60}[，。；！？]")
NUMBER = re.compile(rf"（(?:[{NUMERALS}]{{1,3}}|\d{{1,2}})）")
NUMBERING = re.compile(rf"^\((?:[{NUMERALS}]{{1,3}}|\d{{1,2}})\)", re.MULTILINE)
BRACKETS = re.compile(r"\(([^()（）\n]{0,300})\)")
BRACKET = re.compile(rf"(?<=[{CHINESE}])[()]|[()](?=[{CHINESE}])")
APOSTROPHE = re.compile(r"(?<=[\x00-\x7f])’")
BESIDE = re.compile(rf"[{CHINESE}]")
WIDE_BRACKET = {"(": "（", ")": "）"}
STRAIGHT = re.compile(r"(?<![A-Za-z0-9])(\"([^\"\n]{0,300})\"|'([^'\n]{0,300})')")
LONE_STRAIGHT = re.compile(rf"(?<=[{HANZI}，。、；：])\"|\"(?=[{HANZI}，。、；：])")
NESTED_BRACKETS = re.compile(r"（[^（）\n]{0,200}（[^（）\n]{0,200}）")
# ‘’ where no “” are around them.
SINGLE_OR_DOUBLE = re.compile(rf"[“”]|‘(?P<words>[{HANZI}A-Za-z0-9，、]{{1,40}})’")
HALF_BRACKET_NUMBER = re.compile(rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})）")


@passage_rule("half-width-bracket", "半角括号", ERROR, f"{PUNCTUATION}，4.9", holding="()")
def half_width_brackets(passage: TextPassage) -> Iterator[RuleHit]:
    """( ) around or beside Chinese characters. Those of a number at the start of a line are numbering's."""
    text = passage.text
    numbers = covered_positions(NUMBERING, text)
    for match in BRACKETS.finditer(text):
        if match.start() in numbers:
            continue
        if BESIDE.search(text, match.start() - 1, match.end()):
            wide = f"（{match[1]}）"
            yield hit_at(passage, match, f"中文里应当用全角括号，请改为“{wide}”。", wide)
    taken = numbers | covered_positions(BRACKETS, text)
    for match in BRACKET.finditer(text):
        if match.start() not in taken:
            yield hit_at(
                passage, match, "中文里应当用全角括号，请改正并核对是否成对。", WIDE_BRACKET[match[0]]
            )


@passage_rule("straight-quote", "直引号", ERROR, f"{PUNCTUATION}，4.8", holding="\"'")
def straight_quotes(passage: TextPassage) -> Iterator[RuleHit]:
    """Straight quotation marks around or beside Chinese characters."""
    text = passage.text
    for match in STRAIGHT.finditer(text):
        words = match[2] if match[2] is not None else match[3]
        if BESIDE.search(text, match.start() - 1, match.end() + 1):
            before = text[: match.start()]
            within = before.count("“") > before.count("”")
            right = f"‘{words}’" if within else f"“{words}”"
            yield hit_at(passage, match, f"引号应当用弯引号，请改为{right}。", right)
    pairs = covered_positions(STRAIGHT, text)
    for match in LONE_STRAIGHT.finditer(text):
        if match.start() not in pairs:
            yield hit_at(passage, match, "引号应当用成对的“”，请改正。")


@passage_rule(
    "unpaired-mark", "标点不成对", ERROR, f"{PUNCTUATION}，4.8、4.9、4.15", holding="（）“”‘’《》〈〉【】〔〕"
)
def unpaired_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """A bracket or quotation mark without its partner."""
    numbers = {match.end() - 1 for match in HALF_BRACKET_NUMBER.finditer(passage.text)}
    opened: list[tuple[str, int]] = []
    for match in PAIRED.finditer(passage.text):
        mark, position = match[0], match.start()
        if mark in CLOSING:
            opened.append((mark, position))
        elif mark in OPENING and opened and opened[-1][0] == OPENING[mark]:
            opened.pop()
        elif mark in OPENING and position not in numbers and not _is_apostrophe(passage.text, position):
            yield _unpaired_hit(passage, position, OPENING[mark])
    for mark, position in opened:
        end = UNCLOSED.match(passage.text, position)
        yield _unpaired_hit(passage, position, CLOSING[mark], end.end() if end else position + 1)


def _is_apostrophe(text: str, position: int) -> bool:
    return APOSTROPHE.match(text, position) is not None


def _unpaired_hit(passage: TextPassage, position: int, partner: str, end: int = 0) -> RuleHit:
    mark = passage.text[position]
    return RuleHit(
        f"“{mark}”没有与之成对的“{partner}”，请补上或者删去。", passage, position, end or position + 1
    )


@passage_rule("nested-mark", "引号、书名号套用", ERROR, f"{PUNCTUATION}，4.8、4.15", holding="“《")
def nested_marks(passage: TextPassage) -> Iterator[RuleHit]:
    """The same quotation or title marks inside each other: the inner ones are ‘’ and 〈〉 (4.8.3.4, 4.15)."""
    for outer, (opening, closing) in INNER.items():
        opened: list[re.Match[str]] = []
        for match in PAIRED.finditer(passage.text):
            if match[0] in (outer, opening):
                opened.append(match)
            elif match[0] in (CLOSING[outer], closing):
                while opened and CLOSING[opened[-1][0]] != match[0]:
                    opened.pop()
                start = opened.pop().end() if opened else 0
                if match[0] != closing and [one[0] for one in opened] == [outer]:
                    right = f"{opening}{passage.text[start : match.start()]}{closing}"
                    reason = f"“{outer}{CLOSING[outer]}”里面应当用“{opening}{closing}”，请改正。"
                    yield RuleHit(reason, passage, start - 1, match.end(), right)


@passage_rule("nested-bracket", "括号套用", WARNING, f"{PUNCTUATION}，4.9", holding="（")
def nested_brackets(passage: TextPassage) -> Iterator[RuleHit]:
    """（……（……）……）: brackets of one form inside each other; a number such as （一） is none."""
    for match in NESTED_BRACKETS.finditer(passage.text):
        inner = match[0].rindex("（")
        if not NUMBER.fullmatch(match[0], inner):
            yield hit_at(passage, match, "同一形式的括号应当避免套用，请改写，或者里面改用“〔〕”。")


@passage_rule("single-quote", "单引号", WARNING, f"{PUNCTUATION}，4.8", holding="‘")
def single_quotes(passage: TextPassage) -> Iterator[RuleHit]:
    """‘一网通办’ where no double marks are around them."""
    opened = 0
    for match in SINGLE_OR_DOUBLE.finditer(passage.text):
        if match["words"] is None:
            # A closing mark that nothing opened closes nothing that is opened behind it.
            opened = opened + 1 if match[0] == "“" else max(opened - 1, 0)
        elif not opened:
            right = f"“{match['words']}”"
            yield hit_at(passage, match, f"单引号只用在双引号里面，请改为{right}。", right)
