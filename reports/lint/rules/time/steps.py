"""Steps of one matter in their order: what is signed is begun, and then completed; who is charged is then fined."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, WARNING, passage_rule
from reports.lint.rules.time.dates import is_existing_day
from reports.lint.subject import HANZI, RuleHit

CHAINS = Path(__file__).with_name("steps.txt")
DAY = re.compile(
    r"(?<![\d.])(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|[份底初末]|[上中下]旬)?"
    r"(?:起?[至到—～-](?=\d)(?:20\d\d年)?(?:(?P<last_month>\d{1,2})月)?(?:(?P<last>\d{1,2})日|底)?(?:期间)?)?"
    r"(?P<due>(?:之|以)?前)?(?:上午|下午|晚上?)?"
)
MARKS = "，。；！？\n"
# 开标时间为9月8日.
NAMED_BEFORE = re.compile(rf"[{HANZI}]{{2,10}}?(?:时间|日期|期限?|日|期间)(?:为|是|：|定?于|在|从|自)?$")
# What is open for some days is over with the last of them.
OPEN = re.compile("公示|报名|申报|征集|投票|征求意见|公告")
PLANNED = re.compile("计划|原定|拟|预计|应当|应(?=于|在)|要求|约定|力争|确保|争取|目标")
OTHER_TIME = re.compile(
    "此前|之前|曾|早在|先前|上次|前期|原|去年|上年|次年|翌年|来年|明年|今年|同期|首[轮批次]|第?[一二三四五][轮批期次]|另|其中|再次|重新"
)
# 同福小区5月28日竣工: of another matter; 该项目, 工程 is of the same.
OTHER_MATTER = re.compile(
    rf"(?!会同|联合|组织|通过|完成|[对向为由经到在与和])[{HANZI}\d]{{0,10}}[{HANZI}\d]{{2}}(?<!该)(?:小区|社区|村|项目|工程|[路桥街]|号楼|标段|公司|企业|学校|中心|广场|公园|镇|案)"
    rf"(?=[{HANZI}]{{0,6}}$|[，于])"
)
# How far apart two steps may stand, in characters; and their days, where no year is written.
MOST_BETWEEN, HALF_YEAR, ANY_YEAR = 90, 183, 2000


@dataclass(frozen=True, slots=True)
class MatterStep:
    """A day with what is done on it: the rank of that in the chains that know of it.

    lead: the words before the day, from the last mark on. words: those that say what is done.
    """

    match: re.Match[str]
    day: date
    lead: str
    words: str
    end: int

    @property
    def last_day(self) -> date:
        """The day on which it is over."""
        month, day = int(self.match["last_month"] or self.day.month), int(self.match["last"] or 0)
        is_open = OPEN.search(self.words) and is_existing_day(self.day.year, month, day)
        return self.day.replace(month=month, day=day) if is_open else self.day

    @property
    def is_due(self) -> bool:
        return self.match["due"] is not None


@cache
def step_chains() -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The chains, each of the patterns of its steps in their order."""
    lines = CHAINS.read_text(encoding="utf-8").splitlines()
    return tuple(
        tuple(
            re.compile(f"(?:{step})(?!率|栏|通知|方案|要求|任务|台账|清单|准备|计划|申请)")
            for step in line.split()
        )
        for line in lines
    )


@passage_rule("steps-out-of-order", "先后顺序不符", WARNING, ACCURACY, holding="月")
def steps_out_of_order(passage: TextPassage) -> Iterator[RuleHit]:
    """6月15日开工，5月28日竣工; 9月12日立案……并于9月5日作出处罚决定."""
    for before, after in pairwise(_steps_of(passage.text)):
        if before.last_day <= after.day or not _are_of_one_matter(before, after, passage.text):
            continue
        words = _reversed_steps(before, after)
        if words:
            earlier, later = words
            written = f"{before.match['month']}月{before.match['day'] + '日' if before.match['day'] else ''}"
            reason = f"“{later}”不会早于“{earlier}”（{written}），请核对日期。"
            yield RuleHit(reason, passage, after.match.start(), after.end)


def _steps_of(text: str) -> list[MatterStep]:
    """The days of a text in their order; one without its year is of the year of the one before."""
    found = list[MatterStep]()
    matches = list(DAY.finditer(text))
    years = [int(match["year"]) for match in matches if match["year"]]
    for place, match in enumerate(matches):
        known = found[-1].day.year if found else (*years, ANY_YEAR)[0]
        year, month, number = int(match["year"] or known), int(match["month"]), int(match["day"] or 1)
        if not is_existing_day(year, month, number):
            continue
        limit = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        begin = match.end() + text.startswith("，", match.end())
        end = min((at for mark in MARKS if (at := text.find(mark, begin, limit)) >= 0), default=limit)
        lead = re.split(f"[{MARKS}]", text_before(text, match.start()))[-1]
        named = NAMED_BEFORE.search(lead)
        words = named[0] if named else text[begin:end]
        found.append(MatterStep(match, date(year, month, number), lead, words, match.end() if named else end))
    return found


def _are_of_one_matter(before: MatterStep, after: MatterStep, text: str) -> bool:
    """Whether two days are of one matter, both as done or both as due."""
    between = text[before.end : after.match.start()]
    if len(between) > MOST_BETWEEN or "；" in between or "\n" in between:
        return False
    if before.is_due != after.is_due and not OPEN.search(before.words):
        return False
    by_year = bool(before.match["year"] and after.match["year"])
    if not by_year and (before.last_day - after.day).days > HALF_YEAR:
        return False
    if not (before.match["day"] and after.match["day"]) and before.day.replace(day=1) <= after.day:
        return False
    other = OTHER_MATTER.search(after.lead) or OTHER_MATTER.match(after.words)
    if other and other[0] not in text[: after.match.start() - len(after.lead)]:
        return False
    if OTHER_TIME.search(after.lead) or OTHER_TIME.search(between):
        return False
    return before.is_due or not PLANNED.search(before.lead)


def _reversed_steps(before: MatterStep, after: MatterStep) -> tuple[str, str] | None:
    """The words of two steps of one chain, the second of which comes later."""
    for chain in step_chains():
        first, second = (_last_step(chain, one) for one in (before, after))
        if first and second and second[0] > first[0]:
            return first[1], second[1]
    return None


def _last_step(chain: tuple[re.Pattern[str], ...], step: MatterStep) -> tuple[int, str] | None:
    """The last step of a chain that is taken on a day, by its rank and its words."""
    found = [(rank, match[0]) for rank, pattern in enumerate(chain) if (match := pattern.search(step.words))]
    return max(found, default=None)
