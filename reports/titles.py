"""How a title is broken into lines: by meaning, as a trapezoid or a diamond (GB/T 9704-2012, 7.3.1). Widths are ems."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from math import ceil

from reports.characters import split_paragraphs
from reports.line_breaks import rough_width

CLOSING = "，。、；：？！）》〉”’』」】〕％%·～…—的和与及了"
OPENING = "（《〈“‘『「【〔"
# Words of official titles that a line does not end within.
WHOLE_WORDS = re.compile(
    "办公室|办事处|委员会|居委会|季度|半年|年度|全年|街道|社区|政府|部门|工作|计划|方案|规划|任务|目标|重点|举措|项目|"
    "推进|落实|完成|进展|情况|问题|建议|意见|报告|通报|通知|请示|总结|汇报|关于|印发|开展|做好|加强|优化|保障|改善|"
    "建设|发展|服务|管理|治理|更新|环境|经济|营商|城市|基层|民生|党建|改革|创新|转型|数字化|安全|生产|督查|填报"
)
IN_WORD, IN_MARK, IN_TITLE, ANYWHERE, BESIDE_FIGURE = 60, 400, 15, 12, 4  # how much a break hurts
TOO_WIDE = 1000
GIVEN_ROOM_EMS = (
    1.25  # a line that was given may fill the page to its edge, where figures are narrower than reckoned
)
REACH_EMS = 6  # how far a line may end from where all would be equally wide


def title_lines(title: str, longest: float) -> list[str]:
    """Break a title into lines of at most `longest` ems.

    Lines that the composer gave stay as they are where the page has room for them. Otherwise the lines come out about
    equally wide, broken where it does not hurt the meaning, as a trapezoid or a diamond: never narrower in the middle.
    """
    given = split_paragraphs(title)
    room = longest if len(given) == 1 else longest + GIVEN_ROOM_EMS
    return [
        part
        for line in given
        for part in ([line] if rough_width(line) <= room else _break_line(line, longest))
    ]


def _break_line(line: str, longest: float) -> list[str]:
    """The lines into which one breaks that is too long."""
    title_text = _TitleText(line, longest)
    fewest = ceil(title_text.edges[-1] / longest)
    best = title_text.best_way(fewest)
    if best.badness >= TOO_WIDE:  # what must stay whole leaves too little room
        best = min(best, title_text.best_way(fewest + 1), key=lambda way: way.badness)
    return [title_text.text[start:end] for start, end in pairwise(best.cuts)]


@dataclass(frozen=True)
class _TitleBreaks:
    """A way to break the first lines of a title.

    cuts: where lines begin and end; width: the last line's; narrows: whether it is narrower than the one before;
    badness: how it looks.
    """

    cuts: tuple[int, ...] = (0,)
    width: float = 0.0
    narrows: bool = False
    badness: float = 0.0

    @property
    def continuation_state(self) -> tuple[int, float, bool]:
        """All that matters to how the way goes on."""
        return self.cuts[-1], self.width, self.narrows


@dataclass(frozen=True)
class _TitleText:
    """A title in one line, and how wide its lines may be."""

    text: str
    longest: float

    @cached_property
    def edges(self) -> list[float]:
        """How far each place in the text is from its beginning."""
        return [round(edge, 2) for edge in accumulate(map(rough_width, self.text), initial=0.0)]

    @cached_property
    def harms(self) -> list[float]:
        """How much a line break at each place hurts the meaning; none at the end."""
        within = {
            place for word in WHOLE_WORDS.finditer(self.text) for place in range(word.start() + 1, word.end())
        }
        inner = range(1, len(self.text))
        return [
            0,
            *(max(_harm_of_break(self.text, place), IN_WORD * (place in within)) for place in inner),
            0,
        ]

    def best_way(self, count: int) -> _TitleBreaks:
        """The way to break it into so many lines that looks best."""
        even = self.edges[-1] / count
        ways = [_TitleBreaks()]
        for index in range(1, count + 1):
            found: dict[tuple[int, float, bool], _TitleBreaks] = {}
            for way in ways:
                for place in self._places_near(even * index) if index < count else [len(self.text)]:
                    new = self._with_line_to(way, place, even)
                    found[new.continuation_state] = min(
                        new, found.get(new.continuation_state, new), key=lambda one: one.badness
                    )
            ways = list(found.values())
        return min(ways, key=lambda way: way.badness)

    def _places_near(self, near: float) -> list[int]:
        """The places that are not far from one."""
        return [place for place in range(1, len(self.text)) if abs(self.edges[place] - near) <= REACH_EMS]

    def _with_line_to(self, way: _TitleBreaks, place: int, even: float) -> _TitleBreaks:
        """A way with one more line, up to `place`."""
        width = round(self.edges[place] - self.edges[way.cuts[-1]], 2)
        waist = 50 if way.narrows and width > way.width else 0
        too_long = 0 if 2 <= width <= self.longest else TOO_WIDE
        badness = way.badness + (width - even) ** 2 + waist + too_long + self.harms[place]
        return _TitleBreaks((*way.cuts, place), width, width < way.width, badness)


def _harm_of_break(text: str, cut: int) -> float:
    """How much a line break hurts that stands in no known word."""
    before, after = text[cut - 1], text[cut]
    in_title = IN_TITLE * (text.count("《", 0, cut) > text.count("》", 0, cut))
    if before == " ":
        return 0
    if before in OPENING or after in CLOSING:
        return IN_MARK
    if before.isascii() and (after.isascii() or after in "年月日号"):
        return IN_MARK
    if text.startswith("关于", cut) or before in "的、，》”年":
        return in_title
    return in_title + (BESIDE_FIGURE if before.isascii() or after.isascii() else ANYWHERE)
