"""综述: an overview of the quarter in three paragraphs (results, problems, plans), each with alternatives.

Every sentence records the measures that it counts or names, so that all its figures can be traced to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from app.composition.audience import Audience
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.chapters.demands import filings_owed, unanswered_directives
from app.composition.chapters.leading_figures import (
    indicator_words,
    indicators_over_parts,
    leading_indicators,
    telling_sentences,
)
from app.composition.chapters.next_step_times import times_words
from app.composition.chapters.next_steps import has_next_steps
from app.composition.chapters.problem_causes import causes_words
from app.composition.chapters.risks import (
    asked_of_stopped,
    faults_for_superiors,
    separate_chapter,
    stopped_words,
)
from app.composition.chapters.submissions import (
    MOST_TITLES,
    NOBODY,
    lead_counts_words,
    lead_departments_words,
    listed_titles,
    some_titles,
    titles_of_furthest,
)
from app.composition.chapters.synopsis_patterns import (
    PatternPlace,
    SentenceWriter,
    SynopsisSubject,
    TiedSentence,
)
from app.composition.chapters.totals import short_title
from app.composition.facts import DocumentFacts, MeasureFacts, PartFacts, measures_with_report
from app.composition.phrases import share_of_total, small_share, which_titles
from app.composition.rules import KindSpec, SynopsisView
from app.filing.core.measure_status import MeasureStatus
from app.periods.rules import QUARTER_WORDS
from reports.model import Paragraph

MOST_OF_PART = 2
MOST_SENTENCES = 3
FEWEST_REPORTS = 3
ROLES = (BlockRole.SYNOPSIS_RESULTS, BlockRole.SYNOPSIS_PROBLEMS, BlockRole.SYNOPSIS_PLANS)


@dataclass(frozen=True)
class SynopsisAlternative:
    """One possible wording of a block of the synopsis."""

    role: BlockRole
    view: SynopsisView
    sentences: tuple[TiedSentence, ...]

    @property
    def paragraph(self) -> Paragraph:
        return Paragraph("".join(one.text for one in self.sentences), key=BlockKey(self.role))


def synopsis_paragraphs(facts: DocumentFacts, spec: KindSpec) -> Iterator[Paragraph]:
    """Yield the synopsis with the usual wording of the kind."""
    for alternatives in synopsis_alternatives(facts, spec).values():
        yield alternatives[0].paragraph


def synopsis_alternatives(
    facts: DocumentFacts, spec: KindSpec
) -> Mapping[BlockRole, tuple[SynopsisAlternative, ...]]:
    """Return the alternatives of each block of a synopsis, the usual one first; empty if there are too few reports."""
    if len(facts.reported) < FEWEST_REPORTS:
        return {}
    subject = SynopsisSubject(
        facts,
        Audience.SUPERIORS if spec.goes_upward else Audience.DEPARTMENTS,
        separate_chapter(facts.scope),
    )
    found = {role: tuple(alternatives_of(role, spec.synopsis_views, subject)) for role in ROLES}
    return {role: alternatives for role, alternatives in found.items() if alternatives}


def alternatives_of(
    role: BlockRole, views: Iterable[SynopsisView], subject: SynopsisSubject
) -> Iterator[SynopsisAlternative]:
    """Yield the alternatives of a block, without empty and duplicate ones."""
    known: set[tuple[TiedSentence, ...]] = set()
    for view in views:
        sentences = tuple(WRITERS[role, view](SentenceWriter(subject)))
        if sentences and sentences not in known:
            known.add(sentences)
            yield SynopsisAlternative(role, view, sentences)


def results_by_topic(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Yield the overall progress, the main figures, and the completed measures."""
    subject = writer.subject
    yield from opening_sentence(writer)
    chosen = indicators_over_parts(subject)
    sentences: list[TiedSentence] = []
    if chosen:
        figures = "；".join(
            indicator_words(one, is_first=place == 0) for place, (_, one) in enumerate(chosen)
        )
        yield from writer.write_sentence(
            PatternPlace.INDICATORS, (measure for measure, _ in chosen), figures=figures
        )
    else:
        sentences += islice(telling_sentences(subject), MOST_SENTENCES)
        yield from sentences
    done = [measure for measure, report in subject.facts.reported if report.status is MeasureStatus.DONE]
    if 0 < len(done) < len(subject.facts.reported) and not subject.ends_the_year:
        count = f"{len(done)}项" if len(done) > 1 else ""
        known = {number for one in sentences for number in one.measures}
        done.sort(key=lambda measure: measure.number in known)
        yield from writer.write_sentence(PatternPlace.DONE, done, count=count, titles=some_titles(done))


def opening_sentence(writer: SentenceWriter, *, is_critical: bool = False) -> Iterator[TiedSentence]:
    """Return how many measures keep pace, of how many known; `is_critical` leaves out praise."""
    subject = writer.subject
    scope, total, reached = subject.facts.scope, len(subject.facts.reported), len(subject.reached)
    counted = f"{subject.audience.counted_words}的" if subject.facts.missing else ""
    small = small_share(reached, total)
    praise = () if is_critical else writer.write_sentence(PatternPlace.PRAISE, ())
    yield from writer.write_sentence(
        PatternPlace.OPENING,
        (measure for measure, _ in subject.facts.reported),
        period=scope.words if subject.is_cumulative else QUARTER_WORDS[scope.quarter.number],
        counted=f"{counted}{total}项举措",
        every="均",
        reached=f"{'' if small else '仅'}{reached}",
        share=share_of_total(reached, total),
        small=small,
        praise="".join(one.text for one in praise),
        reached_words=scope.pace.reached,
        missed_words=scope.pace.missed,
    )


def results_by_part(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Yield the progress of each part with its main figures; nothing for a plan with one part."""
    subject = writer.subject
    parts = subject.facts.titled_parts
    if not parts:
        return
    yield from opening_sentence(writer)
    reached = {measure.number for measure, _ in subject.reached}
    for part in parts:
        known = list(measures_with_report(part.measures))
        good = [pair for pair in known if pair[0].number in reached]
        if not known:
            continue
        chosen = list(islice(leading_indicators(good), MOST_OF_PART))
        figures = (indicator_words(one, is_first=place == 0) for place, (_, one) in enumerate(chosen))
        result = "，".join((reached_in_part(part, len(known), len(good), subject), *figures))
        yield from writer.write_sentence(
            PatternPlace.PART_RESULT,
            (measure for measure, _ in known),
            part=short_title(part),
            result=result,
        )


def reached_in_part(part: PartFacts, known: int, good: int, subject: SynopsisSubject) -> str:
    """Count the measures of a part that keep pace."""
    pace = subject.facts.scope.pace
    whole = "" if known == len(part.measures) else f"{subject.audience.counted_words}的"
    if good in (0, known):
        every = "均" if known > 1 else ""
        return f"{whole}{known}项举措{every}{pace.reached if good else pace.missed}"
    return f"{whole}{known}项举措中{good}项{pace.reached}"


def results_for_supervision(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Yield the overall progress without any praise."""
    yield from opening_sentence(writer, is_critical=True)


def problems_by_topic(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Yield how many measures lag, and their common causes."""
    if not writer.subject.lagging:
        return
    is_result = writer.subject.ends_the_year and not writer.subject.reached
    if not is_result or not writer.subject.causes.common:
        yield from lagging_sentence(writer)
    yield from causes_sentence(writer)


def lagging_sentence(writer: SentenceWriter) -> Iterator[TiedSentence]:
    subject = writer.subject
    found = [measure for measure, _ in subject.lagging]
    yield from writer.write_sentence(
        PatternPlace.LAGGING,
        found,
        lagging=f"{subject.apart.words}举措",
        state=subject.apart.state,
        count=len(found),
        which=f"{len(found)}项举措" if len(found) > 1 else some_titles(found),
        faults=faults_for_superiors(subject.lagging[0][1], subject.facts.scope),
        titles=lagging_titles(found, subject),
        departments=lead_departments_words(found),
    )


def lagging_titles(found: Sequence[MeasureFacts], subject: SynopsisSubject) -> str:
    """Return which measures lag, to follow their count; for superiors, empty if there is only one."""
    if len(found) > MOST_TITLES + 1:
        return f"，包括{titles_of_furthest(subject.lagging)}"
    if len(found) == 1:
        return "" if subject.is_upward else f"即{some_titles(found)}"
    return f"，{which_titles(measure.title for measure in found)}"


def causes_sentence(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Name the common causes with their measures; the counts add up to the whole."""
    subject = writer.subject
    if subject.causes.common:
        measures = (measure for measure, _ in subject.lagging)
        words = causes_words(subject.causes, is_upward=subject.is_upward)
        yield from writer.write_sentence(PatternPlace.CAUSES, measures, causes=words)


def hopeless_sentence(writer: SentenceWriter) -> Iterator[TiedSentence]:
    found = writer.subject.hopeless
    if found:
        yield from writer.write_sentence(
            PatternPlace.HOPELESS,
            found,
            count=len(found),
            titles=f"{'包括' if len(found) > MOST_TITLES + 1 else '即'}{some_titles(found)}",
        )


def problems_by_part(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Yield how many measures lag in which part; nothing for a plan with one part."""
    subject = writer.subject
    parts = [(part, lagging_in_part(part, subject)) for part in subject.facts.titled_parts]
    counted = [f"{short_title(part)}{len(found)}项" for part, found in parts if found]
    if not counted:
        return
    yield from writer.write_sentence(
        PatternPlace.LAGGING_BY_PART,
        (measure for measure, _ in subject.lagging),
        lagging=f"{subject.apart.words}举措",
        count=len(subject.lagging),
        parts="，".join(counted),
        title=some_titles([measure for measure, _ in subject.lagging]),
    )
    yield from hopeless_sentence(writer)


def lagging_in_part(part: PartFacts, subject: SynopsisSubject) -> tuple[MeasureFacts, ...]:
    return tuple(
        measure for measure, report in measures_with_report(part.measures) if subject.apart.which(report)
    )


def problems_for_supervision(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Yield how many lagging measures each department leads, and which are not expected to be finished."""
    found = [measure for measure, _ in writer.subject.lagging]
    if not found:
        return
    lead, title = found[0].lead, some_titles(found)
    yield from writer.write_sentence(
        PatternPlace.LAGGING_BY_LEAD,
        found,
        lagging=f"{writer.subject.apart.words}举措",
        count=len(found),
        leads=lead_counts_words(found),
        whose=f"为{lead}牵头的{title}" if lead else f"即{title}，{NOBODY}",
    )
    yield from hopeless_sentence(writer)


def plans_by_topic(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Yield what is done about the lagging measures, and when."""
    subject = writer.subject
    found = [measure for measure, _ in subject.lagging]
    stopped = [measure for measure, _ in subject.stopped]
    going = len(found) - len(stopped)
    apart = writer.write_sentence(
        PatternPlace.STOPPED,
        stopped,
        count=len(found),
        stopped=stopped_words(subject.stopped),
        titles=listed_titles(stopped),
        number=len(stopped),
        asked=asked_of_stopped(subject.stopped),
        rest=f"{going}项{'逐项' if going > 1 else ''}",
    )
    about = f"对上述{len(found)}项逐项" if len(found) > 1 else "对该项举措"
    yield from writer.write_sentence(
        PatternPlace.CATCHING_UP,
        found,
        about="".join(one.text for one in apart) or about,
        asked=asked_of_stopped(subject.stopped),
        behind=f"{subject.facts.scope.pace.missed}的{len(subject.facts.reported) - len(subject.reached)}项",
    )
    hopeless = [measure for measure in subject.hopeless if measure not in stopped]
    if hopeless:
        yield from writer.write_sentence(
            PatternPlace.HOPELESS_PLANS, hopeless, count=len(hopeless), titles=listed_titles(hopeless)
        )
    yield from times_sentence(writer)
    if subject.causes.needs_superiors:
        groups = [measure for cause, group in subject.causes.common if cause.lies_above for measure in group]
        yield from writer.write_sentence(PatternPlace.REQUESTS, groups)


def times_sentence(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Return when the next steps are due of the lagging measures, or of all if none lags; nothing for a single one."""
    subject = writer.subject
    planned = tuple(pair for pair in subject.facts.reported if has_next_steps(pair[1]))
    found, is_of_all = subject.going if subject.lagging else planned, subject.going == subject.lagging
    if len(found) < 2:
        return
    reports, quarter = [report for _, report in found], subject.facts.scope.quarter
    if times := times_words(reports, quarter, asks=bool(subject.lagging)):
        yield from writer.write_sentence(
            PatternPlace.TIMES,
            (measure for measure, _ in found),
            which=f"上述{len(found)}项" if is_of_all else "上述举措除已取消的外，",
            times=times if is_of_all and subject.lagging else times.removeprefix("中，"),
        )


def plans_by_part(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Yield the lagging measures to push, part by part; nothing for a plan with one part."""
    subject = writer.subject
    stopped = [measure for measure, _ in subject.stopped]
    sentences = [
        one
        for part in subject.facts.titled_parts
        if (found := [one for one in lagging_in_part(part, subject) if one not in stopped])
        for one in writer.write_sentence(
            PatternPlace.PART_PLANS,
            found,
            part=short_title(part),
            titles=f"{some_titles(found)}{len(found)}项",
        )
    ]
    for place, one in enumerate(sentences):
        begin, end = ("" if place else "下一步，"), ("；" if place + 1 < len(sentences) else "。")
        yield TiedSentence(f"{begin}{one.text}{end}", one.measures)


def plans_for_supervision(writer: SentenceWriter) -> Iterator[TiedSentence]:
    """Yield what departments still owe, and when next steps are due; the counts add up to the whole."""
    subject = writer.subject
    behind, owed = [measure for measure, _ in subject.lagging], filings_owed(subject.facts)
    matters = (
        (f"{subject.apart.words}举措", "项", len(behind)),
        ("尚未报送的填报", "项", len(owed)),
        ("尚未回复的批示、督办事项", "件", len(unanswered_directives(subject.facts))),
    )
    total = sum(count for *_, count in matters)
    if total > len(behind):  # the paragraph on problems has already counted those that lag
        found = [f"{name}{count}{unit}" for name, unit, count in matters if count]
        alone = next(f"均为{name}" for name, _, count in matters if count)
        words = f"其中{'，'.join(found)}" if len(found) > 1 else alone
        yield from writer.write_sentence(PatternPlace.OWED, (*behind, *owed), count=total, matters=words)
    yield from times_sentence(writer)


WRITERS: Mapping[tuple[BlockRole, SynopsisView], Callable[[SentenceWriter], Iterator[TiedSentence]]] = {
    (BlockRole.SYNOPSIS_RESULTS, SynopsisView.BY_TOPIC): results_by_topic,
    (BlockRole.SYNOPSIS_RESULTS, SynopsisView.BY_PART): results_by_part,
    (BlockRole.SYNOPSIS_RESULTS, SynopsisView.SUPERVISION): results_for_supervision,
    (BlockRole.SYNOPSIS_PROBLEMS, SynopsisView.BY_TOPIC): problems_by_topic,
    (BlockRole.SYNOPSIS_PROBLEMS, SynopsisView.BY_PART): problems_by_part,
    (BlockRole.SYNOPSIS_PROBLEMS, SynopsisView.SUPERVISION): problems_for_supervision,
    (BlockRole.SYNOPSIS_PLANS, SynopsisView.BY_TOPIC): plans_by_topic,
    (BlockRole.SYNOPSIS_PLANS, SynopsisView.BY_PART): plans_by_part,
    (BlockRole.SYNOPSIS_PLANS, SynopsisView.SUPERVISION): plans_for_supervision,
}
