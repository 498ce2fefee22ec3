"""Steps of one matter in their order: what is signed is begun, and then completed; who is charged is then fined."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from reports.lint.finding import PassageKind
from reports.lint.passages import TextPassage, text_before
from reports.lint.registration import ACCURACY, WARNING, document_rule
from reports.lint.rules.time.dates import is_existing_day
from reports.lint.subject import HANZI, LintSubject, RuleHit

# Of the single steps a matter has each but once: whatever their days, none stands before the one ahead of it.
CHAINS, SINGLE_STEPS = (Path(__file__).with_name(name) for name in ("steps.txt", "single_steps.txt"))
# 发布监理招标公告, 二期开工: with more words than these it may be of something else, or once more.
MANNER, MOST_OTHER_WORDS = re.compile("依法|正式|公开|完成|顺利|全面|土地|已"), 2
PART_OF_MATTER = re.compile(r"[一二三四两\d][期批段个标]")
DAY = re.compile(
    r"(?<![\d.])(?<!\d年)(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|[份底初末]|[上中下]旬)?"
    r"(?:起?[至到—～-](?=\d)(?:20\d\d年)?(?:(?P<last_month>\d{1,2})月)?(?:(?P<last>\d{1,2})日|底)?(?:期间)?)?"
    r"(?P<due>(?:之|以)?前)?(?:上午|下午|晚上?)?"
)
MARKS = "，。；！？\n"
# 开标时间为9月8日.
NAMED_BEFORE = re.compile(rf"[{HANZI}]{{2,10}}?(?:时间|日期|期限?|日|期间)(?:为|是|：|定?于|在|从|自)?$")
# What is open for some days is over with the last of them.
OPEN = re.compile("公示|报名|申报|征集|投票|征求意见|公告")
PLANNED = re.compile("计划|原定|拟(?![聘任录用])|预计|应当|应(?=于|在)|要求|约定|力争|确保|争取|目标")
OTHER_TIME = re.compile(
    "此前|之前|曾|早在|先前|上次|前期|原|去年|上年|次年|翌年|来年|明年|今年|同期|首[轮批次]|第?[一二三四五][轮批期次]|另|其中|再次|重新"
)
# 同福小区5月28日竣工: of another matter; 该项目, 工程 is of the same.
OTHER_MATTER = re.compile(
    rf"(?!会同|联合|组织|通过|完成|[对向为由经到在与和])[{HANZI}\d]{{0,10}}[{HANZI}\d]{{2}}(?<!该)(?:小区|社区|村|项目|工程|[路桥街]|号楼|标段|公司|企业|学校|中心|广场|公园|镇|案)"
    rf"(?=[{HANZI}]{{0,6}}$|[，于])"
)
# 请求撤销7月6日作出的处罚决定.
OF_BEFORE = re.compile("(?:作出|签订|印发|发布|送达|出具|受理|通过|提交|提出|批准|下达|下发)的")
# What a paragraph begins with that goes on with the matter of the one before.
SAME_MATTER = re.compile(
    "(?:[该本][^，。；]{0,6}|整个)?(?:项目|工程|案件|活动|名单|办法|方案|公示|合同)?(?:已|现已|正式|经[^，。]{2,10}，)?[于在]?"
)
LED_TO = re.compile(r"(?P<what>[^。；，\d]{2,14}?)(?:之|以)?后，")
LEADING = re.compile(
    "反馈|通知|举报|投诉|来电|检查|培训|验收|公示|审定|批准|批复|立案|签约|签订|中标|开工|审议|会(?![同计员])|督察|督查|巡察|交办|移交|评审|事故|申请|来函|报警|备案|发布|印发|受理|听证|开标"
)
# 2025年3月立项，6月批复，同年5月开工: each clause goes on with what the first begins with.
NEXT_IN_RUN = re.compile("(?:同年|当年|随后|后|又|再|并)?[于在]?")
SHORTEST_RUN, MOST_BACK = 3, 100
# How far apart two steps may stand, in characters; and their days, where no year is written.
MOST_BETWEEN, HALF_YEAR, ANY_YEAR = 90, 183, 2000


LONGEST_LEAD = 160


@dataclass(frozen=True, slots=True)
class MatterStep:
    """A day with what is done on it: the rank of that in the chains that know of it.

    lead: the words before the day, from the last mark on. words: those that say what is done.
    """

    passage: TextPassage
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
    def in_words(self) -> str:
        return f"{self.match['month']}月" + (f"{self.match['day']}日" if self.match["day"] else "")

    @property
    def is_due(self) -> bool:
        return self.match["due"] is not None


@cache
def step_chains(path: Path) -> tuple[tuple[re.Pattern[str], ...], ...]:
    """The chains, each of the patterns of its steps in their order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(
        tuple(
            re.compile(f"(?:{step})(?!率|栏|通知|方案|要求|任务|台账|清单|准备|计划|申请)")
            for step in line.split()
        )
        for line in lines
    )


@document_rule("steps-out-of-order", "先后顺序不符", WARNING, ACCURACY)
def steps_out_of_order(subject: LintSubject) -> Iterator[RuleHit]:
    """6月15日开工，5月28日竣工; 9月12日立案……并于9月5日作出处罚决定, in a paragraph or in the next."""
    steps = [step for passage in subject.passages for step in _steps_of(passage)]
    for place, (before, after) in enumerate(pairwise(steps)):
        if before.passage is after.passage:
            is_reversed = before.last_day > after.day and _are_of_one_matter(before, after)
        else:
            is_reversed = before.last_day > after.day and _goes_on(before, after)
        words = _reversed_steps(before, after) if is_reversed else None
        if not is_reversed and (swapped := _swapped_steps(before, after)):
            later, earlier = swapped
            reason = f"“{later}”不会早于“{earlier}”，这里却在它之前（{before.in_words}），请核对日期。"
            yield RuleHit(reason, after.passage, after.match.start(), after.end)
            continue
        if not words and _breaks_run(steps, place + 1):
            reason = f"同一句里前后的时间依次往后，这里早于{before.in_words}，请核对日期。"
            yield RuleHit(reason, after.passage, after.match.start(), after.match.end())
            continue
        if not words:
            yield from _before_what_led_to_it(before, after)
            continue
        earlier, later = words
        is_first_wrong = _is_out_of_line(before, after, steps[place + 2 : place + 3])
        # Two paragraphs are read apart: either says that it is at odds with the other.
        if is_first_wrong or before.passage is not after.passage:
            reason = f"“{earlier}”不会晚于“{later}”（{after.in_words}），请核对日期。"
            yield RuleHit(reason, before.passage, before.match.start(), before.end)
        if not is_first_wrong:
            reason = f"“{later}”不会早于“{earlier}”（{before.in_words}），请核对日期。"
            yield RuleHit(reason, after.passage, after.match.start(), after.end)


def _breaks_run(steps: Sequence[MatterStep], place: int) -> bool:
    """Whether of three days or more of one sentence, all of one subject, one alone is before the one ahead of it."""
    first = last = place
    while first and _follows(steps[first - 1], steps[first]):
        first -= 1
    while last + 1 < len(steps) and _follows(steps[last], steps[last + 1]):
        last += 1
    back = [_days_back(one, other) for one, other in pairwise(steps[first : last + 1])]
    is_one = [days > 0 for days in back].count(True) == 1
    return (
        len(back) + 1 >= SHORTEST_RUN and is_one and 0 < _days_back(*steps[place - 1 : place + 1]) < MOST_BACK
    )


def _days_back(before: MatterStep, after: MatterStep) -> int:
    """By how many days a day comes before another; by whole months where one of them is a month."""
    if before.match["day"] and after.match["day"]:
        return (before.day - after.day).days
    return (before.day.replace(day=1) - after.day.replace(day=1)).days


def _follows(before: MatterStep, after: MatterStep) -> bool:
    """Whether a day is the next of those that a sentence names one after the other."""
    text = after.passage.text
    if before.passage is not after.passage or not NEXT_IN_RUN.fullmatch(after.lead):
        return False
    between = text[before.end : after.match.start()]
    is_plain = not any(one.is_due or one.match["last"] or PLANNED.search(one.lead) for one in (before, after))
    is_near = len(between) <= MOST_BETWEEN and not re.search("[。；！？\n]", between)
    return is_plain and is_near and not OTHER_TIME.search(after.lead + between)


def _is_out_of_line(before: MatterStep, after: MatterStep, behind: list[MatterStep]) -> bool:
    """Whether of two days the first is wrong: a third one is in order with the second alone."""
    return any(
        one.passage is after.passage is before.passage and after.day <= one.day < before.day for one in behind
    )


def _before_what_led_to_it(before: MatterStep, after: MatterStep) -> Iterator[RuleHit]:
    """6月22日反馈问题。接到反馈后，于5月31日前清运: what is done after something is dated before it."""
    lead = re.split(r"[。；！？\n]", text_before(after.passage.text, after.match.start(), LONGEST_LEAD))[-1]
    led = LED_TO.match(lead)
    is_next = before.passage is after.passage or _are_neighbours(before, after)
    if not led or not is_next or not _is_little_before(after, before) or OTHER_TIME.search(lead):
        return
    text = before.passage.text
    sentence = re.split("[。；！？]", text[: before.match.start()])[-1] + text[before.match.start() :]
    event = next((one for one in LEADING.findall(led["what"]) if one in sentence.partition("。")[0]), None)
    if event:
        reason = f"“{event}”在{before.in_words}，之后的事不会更早，请核对日期。"
        yield RuleHit(reason, after.passage, after.match.start(), after.end)


def _are_neighbours(before: MatterStep, after: MatterStep) -> bool:
    """Whether two days stand in one paragraph of a body and the next."""
    one, other = before.passage.place, after.passage.place
    are_texts = one.kind is other.kind is PassageKind.TEXT and one.part is other.part
    return are_texts and one.block is not None and other.block is not None and other.block - one.block == 1


def _is_little_before(one: MatterStep, other: MatterStep) -> bool:
    """Whether a day comes before another, in the same year where one of them has none."""
    years = {one.day.year, other.day.year} - {ANY_YEAR}
    if len(years) > 1 or not (one.match["day"] and other.match["day"]):
        return False
    first, last = ((step.day.month, step.day.day) for step in (one, other))
    return first < last and last[0] - first[0] < HALF_YEAR // 30


def _goes_on(before: MatterStep, after: MatterStep) -> bool:
    """Whether the next paragraph speaks of the same matter: it names none, and both are of a known year."""
    return (
        _are_neighbours(before, after)
        and ANY_YEAR not in (before.day.year, after.day.year)
        and SAME_MATTER.fullmatch(after.passage.text[: after.match.start()]) is not None
        and bool(after.match["day"] or before.day.month > after.day.month)
        and not (before.is_due or after.is_due or PLANNED.search(before.lead))
    )


def _steps_of(passage: TextPassage) -> list[MatterStep]:
    """The days of a text in their order; one without its year is of the year of the one before."""
    text = passage.text
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
        day, end = date(year, month, number), match.end() if named else end
        found.append(MatterStep(passage, match, day, lead, words, end))
    return found


def _are_of_one_matter(before: MatterStep, after: MatterStep) -> bool:
    """Whether two days of a paragraph are of one matter, both as done or both as due."""
    text = after.passage.text
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


def _reversed_steps(before: MatterStep, after: MatterStep, path: Path = CHAINS) -> tuple[str, str] | None:
    """The words of two steps of one chain, the second of which comes later."""
    for chain in step_chains(path):
        first, second = (_last_step(chain, one) for one in (before, after))
        if second and OF_BEFORE.search(after.words.partition(second[1])[0]):
            continue
        if first and second and second[0] > first[0]:
            return first[1], second[1]
    return None


def _swapped_steps(before: MatterStep, after: MatterStep) -> tuple[str, str] | None:
    """4月签订合同，5月发出中标通知书: the words of two days in order that a sentence names one after the other, whose
    steps are not.
    """
    words = None
    is_of_part = PART_OF_MATTER.search(before.words + after.words)
    if before.day < after.day and not is_of_part and _follows(before, after):
        words = _reversed_steps(after, before, SINGLE_STEPS)
    if not words:
        return None
    earlier, later = words
    others = (len(MANNER.sub("", step.words)) for step in (after, before))
    known = (len(MANNER.sub("", one)) for one in words)
    is_alone = all(other - own <= MOST_OTHER_WORDS for other, own in zip(others, known, strict=True))
    return (later, earlier) if is_alone else None


def _last_step(chain: tuple[re.Pattern[str], ...], step: MatterStep) -> tuple[int, str] | None:
    """The last step of a chain that is taken on a day, by its rank and its words."""
    found = [(rank, match[0]) for rank, pattern in enumerate(chain) if (match := pattern.search(step.words))]
    return max(found, default=None)
