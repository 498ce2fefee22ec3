"""The sentence patterns of a synopsis (综述), each with the rule that allows it.

A rule depends only on the facts, never on other sentences, so the same facts always give the same text. If several
patterns are allowed at one place, they take turns, so that sentences of a document do not repeat each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from app.composition.abridgement import SeparateChapter
from app.composition.audience import Audience
from app.composition.chapters.problem_causes import CauseGroups, group_by_cause
from app.composition.facts import AcceptedReport, DocumentFacts, MeasureFacts
from app.composition.scope import ScopeSpan
from app.filing.core.measure_risk import is_hopeless
from app.filing.core.measure_status import NEEDS_STATUS_REASON, MeasureStatus

ReportedMeasure = tuple[MeasureFacts, AcceptedReport]
NEARLY_ALL = 90  # per cent
HALF = 50


class PatternPlace(Enum):
    """A place for sentences in a synopsis."""

    OPENING = auto()
    PRAISE = auto()
    INDICATORS = auto()
    DONE = auto()
    PART_RESULT = auto()
    LAGGING = auto()
    LAGGING_BY_PART = auto()
    LAGGING_BY_LEAD = auto()
    CAUSES = auto()
    HOPELESS = auto()
    CATCHING_UP = auto()
    STOPPED = auto()
    TIMES = auto()
    HOPELESS_PLANS = auto()
    PART_PLANS = auto()
    REQUESTS = auto()
    OWED = auto()


@dataclass(frozen=True)
class SynopsisSubject:
    """The facts that the sentences of a synopsis are based on.

    apart: the measures that lag, as the document names and counts them.
    """

    facts: DocumentFacts
    audience: Audience
    apart: SeparateChapter

    @cached_property
    def reached(self) -> tuple[ReportedMeasure, ...]:
        """Return the measures that keep pace."""
        target = self.facts.scope.pace.percent
        return tuple(pair for pair in self.facts.reported if pair[1].percent >= target)

    @cached_property
    def lagging(self) -> tuple[ReportedMeasure, ...]:
        return tuple(pair for pair in self.facts.reported if self.apart.which(pair[1]))

    @cached_property
    def stopped(self) -> tuple[ReportedMeasure, ...]:
        """Return the lagging measures that were paused or cancelled."""
        return tuple(pair for pair in self.lagging if pair[1].status in NEEDS_STATUS_REASON)

    @cached_property
    def going(self) -> tuple[ReportedMeasure, ...]:
        """Return the lagging measures that were not cancelled."""
        return tuple(pair for pair in self.lagging if pair[1].status is not MeasureStatus.CANCELLED)

    @cached_property
    def hopeless(self) -> tuple[MeasureFacts, ...]:
        """Return the lagging measures that are not expected to reach the year's target."""
        return tuple(measure for measure, report in self.lagging if is_hopeless(report))

    @cached_property
    def causes(self) -> CauseGroups:
        return group_by_cause(self.lagging, self.audience)

    @property
    def reached_percent(self) -> float:
        return 100 * len(self.reached) / len(self.facts.reported)

    @property
    def is_upward(self) -> bool:
        return self.audience is Audience.SUPERIORS

    @property
    def ends_the_year(self) -> bool:
        return self.facts.scope.ends_the_year

    @property
    def is_cumulative(self) -> bool:
        """Return whether the scope is longer than a quarter."""
        return self.facts.scope.span is not ScopeSpan.QUARTER


SynopsisRule = Callable[[SynopsisSubject], bool]


@dataclass(frozen=True)
class SentencePattern:
    """A sentence with {} fields for figures and names, and the rule when it may be used."""

    place: PatternPlace
    text: str
    holds: SynopsisRule


def always(subject: SynopsisSubject) -> bool:
    return bool(subject.facts.reported)


def has_reached_all(subject: SynopsisSubject) -> bool:
    return len(subject.reached) == len(subject.facts.reported)


def has_reached_none(subject: SynopsisSubject) -> bool:
    return not subject.reached


def has_reached_nearly_all(subject: SynopsisSubject) -> bool:
    return subject.reached_percent >= NEARLY_ALL and not has_reached_all(subject)


def has_reached_over_half(subject: SynopsisSubject) -> bool:
    return subject.reached_percent > HALF


def has_reached_few(subject: SynopsisSubject) -> bool:
    return 0 < subject.reached_percent <= HALF


def ends_the_year(subject: SynopsisSubject) -> bool:
    return subject.ends_the_year


def has_time_left(subject: SynopsisSubject) -> bool:
    return not subject.ends_the_year


def is_upward(subject: SynopsisSubject) -> bool:
    return subject.is_upward


def is_downward(subject: SynopsisSubject) -> bool:
    return not subject.is_upward


def catches_up(subject: SynopsisSubject) -> bool:
    """Return whether some lagging measure can still reach the year's target."""
    return len(subject.going) > len(subject.hopeless) and not subject.ends_the_year


def is_given_up(subject: SynopsisSubject) -> bool:
    """Return whether no lagging measure that is not cancelled is expected to reach the year's target."""
    return 0 < len(subject.going) == len(subject.hopeless) and not subject.ends_the_year


def is_wholly_given_up(subject: SynopsisSubject) -> bool:
    return len(subject.lagging) == len(subject.hopeless)


def is_partly_given_up(subject: SynopsisSubject) -> bool:
    return not is_wholly_given_up(subject)


def has_only_stopped(subject: SynopsisSubject) -> bool:
    return 0 < len(subject.stopped) == len(subject.lagging)


def has_some_stopped(subject: SynopsisSubject) -> bool:
    return 0 < len(subject.stopped) < len(subject.lagging)


def goes_on_well(subject: SynopsisSubject) -> bool:
    return not subject.lagging and not subject.ends_the_year


def carries_over(subject: SynopsisSubject) -> bool:
    """Return whether the year ended with missed targets."""
    return bool(subject.lagging) and subject.ends_the_year


def has_common_causes(subject: SynopsisSubject) -> bool:
    return bool(subject.causes.common)


def has_no_common_causes(subject: SynopsisSubject) -> bool:
    return not subject.causes.common


def has_one_lagging(subject: SynopsisSubject) -> bool:
    return len(subject.lagging) == 1


def has_several_lagging(subject: SynopsisSubject) -> bool:
    return len(subject.lagging) > 1


def is_slightly_behind(subject: SynopsisSubject) -> bool:
    return not has_reached_all(subject)


def both(first: SynopsisRule, second: SynopsisRule) -> SynopsisRule:
    return lambda subject: first(subject) and second(subject)


OPENING, PLACE = "{period}，{counted}", PatternPlace
PATTERNS = (
    SentencePattern(PLACE.OPENING, OPENING + "{every}{reached_words}。", has_reached_all),
    SentencePattern(
        PLACE.OPENING,
        OPENING + "中，{reached}项{reached_words}{share}{praise}。",
        both(has_reached_over_half, is_slightly_behind),
    ),
    SentencePattern(
        PLACE.OPENING,
        OPENING + "中，{reached}项{reached_words}{small}，需要加大推进力度。",
        both(has_reached_few, has_time_left),
    ),
    SentencePattern(
        PLACE.OPENING,
        OPENING + "中，{reached}项{reached_words}{small}。",
        both(has_reached_few, ends_the_year),
    ),
    SentencePattern(
        PLACE.OPENING,
        OPENING + "{every}{missed_words}，需要加大推进力度。",
        both(has_reached_none, has_time_left),
    ),
    SentencePattern(
        PLACE.OPENING, OPENING + "{every}{missed_words}。", both(has_reached_none, ends_the_year)
    ),
    SentencePattern(PLACE.PRAISE, "，总体进展顺利", both(has_reached_nearly_all, has_time_left)),
    SentencePattern(PLACE.PRAISE, "，全年任务总体完成较好", both(has_reached_nearly_all, ends_the_year)),
    SentencePattern(PLACE.INDICATORS, "主要指标中，{figures}。", always),
    SentencePattern(PLACE.DONE, "{titles}{count}举措已经完成。", always),
    SentencePattern(PLACE.PART_RESULT, "{part}方面，{result}。", always),
    SentencePattern(PLACE.PART_RESULT, "围绕{part}，{result}。", always),
    SentencePattern(PLACE.PART_RESULT, "在{part}上，{result}。", always),
    SentencePattern(
        PLACE.LAGGING,
        "存在的主要问题是，{which}{state}。",
        both(is_upward, both(has_several_lagging, has_common_causes)),
    ),
    SentencePattern(
        PLACE.LAGGING,
        "存在的主要问题是，{which}{state}{titles}。",
        both(is_upward, both(has_several_lagging, has_no_common_causes)),
    ),
    SentencePattern(PLACE.LAGGING, "存在的主要问题是，{which}{faults}。", both(is_upward, has_one_lagging)),
    SentencePattern(
        PLACE.LAGGING,
        "{lagging}共{count}项，{departments}。",
        both(is_downward, has_several_lagging),
    ),
    SentencePattern(
        PLACE.LAGGING, "{lagging}1项，{titles}，{departments}。", both(is_downward, has_one_lagging)
    ),
    SentencePattern(PLACE.LAGGING_BY_PART, "{lagging}{count}项，分部分看，{parts}。", has_several_lagging),
    SentencePattern(PLACE.LAGGING_BY_PART, "{lagging}1项，为{title}。", has_one_lagging),
    SentencePattern(
        PLACE.LAGGING_BY_LEAD, "{lagging}共{count}项，按牵头部门分，{leads}。", has_several_lagging
    ),
    SentencePattern(PLACE.LAGGING_BY_LEAD, "{lagging}1项，{whose}。", has_one_lagging),
    SentencePattern(PLACE.CAUSES, "从原因看，{causes}。", is_upward),
    SentencePattern(PLACE.CAUSES, "从部门反映的原因看，{causes}。", is_downward),
    SentencePattern(PLACE.HOPELESS, "其中，年底预计不能完成的{count}项，{titles}。", is_partly_given_up),
    SentencePattern(
        PLACE.HOPELESS,
        "这{count}项年底预计均不能完成，{titles}。",
        both(is_wholly_given_up, has_several_lagging),
    ),
    SentencePattern(PLACE.HOPELESS, "该项举措年底预计不能完成。", both(is_wholly_given_up, has_one_lagging)),
    SentencePattern(
        PLACE.CATCHING_UP, "下一步，街道将{about}明确后续安排。", both(has_only_stopped, is_upward)
    ),
    SentencePattern(
        PLACE.CATCHING_UP,
        "下一步，牵头部门要{about}{asked}。",
        both(has_only_stopped, is_downward),
    ),
    SentencePattern(
        PLACE.CATCHING_UP,
        "下一步，街道将{about}明确追赶措施、责任人和完成时限，加快补齐进度差距。",
        both(catches_up, is_upward),
    ),
    SentencePattern(
        PLACE.CATCHING_UP,
        "下一步，牵头部门要{about}落实追赶措施。",
        both(catches_up, is_downward),
    ),
    SentencePattern(
        PLACE.CATCHING_UP,
        "下一步，街道将{about}研究补救措施，明确责任人和完成时限。",
        both(is_given_up, is_upward),
    ),
    SentencePattern(
        PLACE.CATCHING_UP, "下一步，牵头部门要{about}提出补救措施。", both(is_given_up, is_downward)
    ),
    SentencePattern(
        PLACE.CATCHING_UP,
        "下一步，街道将对{behind}加强跟踪，尽快补齐进度。",
        both(goes_on_well, both(is_upward, is_slightly_behind)),
    ),
    SentencePattern(
        PLACE.CATCHING_UP,
        "下一步，牵头部门要对{behind}加强跟踪，尽快补齐进度。",
        both(goes_on_well, both(is_downward, is_slightly_behind)),
    ),
    SentencePattern(
        PLACE.CATCHING_UP,
        "下一步，街道将{about}明确补救措施，需要转入下一年度的及时列入计划。",
        both(carries_over, is_upward),
    ),
    SentencePattern(
        PLACE.CATCHING_UP,
        "下一步，牵头部门要{about}明确补救措施，需要转入下一年度的及时提出安排。",
        both(carries_over, is_downward),
    ),
    SentencePattern(
        PLACE.STOPPED,
        "对上述{count}项中已{stopped}的{titles}明确后续安排，对其余{rest}",
        both(has_some_stopped, is_upward),
    ),
    SentencePattern(
        PLACE.STOPPED,
        "对上述{count}项中已{stopped}的{number}项{asked}，对其余{rest}",
        both(has_some_stopped, is_downward),
    ),
    SentencePattern(
        PLACE.TIMES,
        "从填报的下一步计划看，{which}{times}。",
        both(is_downward, both(has_several_lagging, has_time_left)),
    ),
    SentencePattern(
        PLACE.TIMES,
        "从各项举措的下一步计划看，{times}，街道将按节点督促落实。",
        both(is_upward, goes_on_well),
    ),
    SentencePattern(
        PLACE.HOPELESS_PLANS,
        "对其中年底预计不能完成的{titles}，及早研究补救措施。",
        both(catches_up, is_upward),
    ),
    SentencePattern(
        PLACE.HOPELESS_PLANS,
        "对其中年底预计不能完成的，及早研究补救措施。",
        both(catches_up, is_downward),
    ),
    SentencePattern(PLACE.PART_PLANS, "{part}方面，重点推进{titles}", always),
    SentencePattern(PLACE.REQUESTS, "需要上级部门协调支持的事项，街道将另行呈报。", is_upward),
    SentencePattern(PLACE.OWED, "需要督促办理的事项共{count}件，{matters}。", is_downward),
)


def patterns_for(place: PatternPlace, subject: SynopsisSubject) -> Iterator[SentencePattern]:
    """Yield the patterns allowed at a place, in the order of PATTERNS."""
    return (one for one in PATTERNS if one.place is place and one.holds(subject))


@dataclass(frozen=True)
class TiedSentence:
    text: str
    measures: tuple[int, ...]


@dataclass
class SentenceWriter:
    """Writes sentences from the patterns; those allowed at the same place take turns."""

    subject: SynopsisSubject
    turns: dict[PatternPlace, int] = field(default_factory=dict)

    def write_sentence(
        self, place: PatternPlace, measures: Iterable[MeasureFacts], **words: object
    ) -> Iterator[TiedSentence]:
        """Yield the sentence; nothing if no pattern is allowed."""
        offered = tuple(patterns_for(place, self.subject))
        if not offered:
            return
        turn = self.turns.get(place, 0)
        self.turns[place] = turn + 1
        text = offered[turn % len(offered)].text.format_map(words)
        yield TiedSentence(text, tuple(measure.number for measure in measures))
