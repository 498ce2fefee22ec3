"""各项举措推进情况: what was done for every measure, part by part and section by section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.process import extractOne

from app.composition.abridgement import SeparateChapter, abridged_results, is_concise, leaves_to_annex
from app.composition.block_keys import BlockKey, BlockRole
from app.composition.facts import (
    AcceptedReport,
    DocumentFacts,
    MeasureFacts,
    PartFacts,
)
from app.composition.phrases import (
    FOLLOWS_ON,
    gist_of,
    says_little,
    says_nothing,
    sentences_of,
    unnumbered_words,
    weight_of,
)
from app.composition.running_totals import SPANS, RunningTotals, clauses_of
from app.composition.scope import DocumentScope, ScopeSpan
from app.filing.core.measure_status import MeasureStatus
from app.periods.rules import QUARTER_WORDS, Quarter
from reports.model import Block, Heading, Paragraph

FIGURES = re.compile(r"\d+(?:\.\d+)?|上半年|前三季度|全年|今年以来|截至目前|累计")
SUMS_UP = re.compile("上半年|前三季度|全年|今年以来|截至目前|累计")
SAME_WORDS = 90  # per cent of similarity: sentences that differ in little more than their figures
YEARLY_GIST = 60  # the characters that a yearly text gives to an earlier quarter
UNDER_WAY = re.compile("目前|正在|尚未|暂未|仍在|有待|计划于|将于|预计|拟于|下一步|下季度|推迟")
NAMES_TIME = re.compile(r"第?[一二三四]季度|上半年|下半年|全年|年初|年底|年内|今年以来|截至|累计|\d月")
MOST_COMPARED = 100  # limits the comparison with later sentences; no department writes so many


def progress_chapter(
    facts: DocumentFacts, apart: SeparateChapter, title: str = "各项举措推进情况"
) -> Iterator[Block]:
    """Yield the chapter; nothing if there is nothing to report.

    A concise text of many measures leaves out those that have their own chapter.
    """
    others = facts
    if leaves_to_annex(facts):
        others = facts.narrowed(lambda measure: measure.report is None or not apart.which(measure.report))
    found = list(progress_of_parts(others, is_of_one=facts.is_of_one))
    if not found:
        return
    words = title.removeprefix("各项") if facts.is_of_one else title
    yield Heading(1, words, key=BlockKey(BlockRole.PROGRESS_HEADING))
    if is_concise(facts):
        words = separate_chapter_sentence(len(facts.reported) - len(others.reported), others, apart)
        yield Paragraph(words, key=BlockKey(BlockRole.PROGRESS_ABRIDGED))
    yield from found


def progress_of_parts(facts: DocumentFacts, *, is_of_one: bool) -> Iterator[Block]:
    if is_of_one:
        yield from progress_paragraphs(facts.measures, facts, level=2)
        return
    for part in facts.parts:
        found = list(progress_of(part, facts))
        if found and part.title:
            yield Heading(2, part.title, key=BlockKey(BlockRole.PROGRESS_PART, item=part.item))
        yield from found


def separate_chapter_sentence(count: int, others: DocumentFacts, apart: SeparateChapter) -> str:
    """Return the sentence that refers to the chapter on the other measures, and introduces what follows."""
    elsewhere = f"{apart.words}{count}项举措在“{apart.chapter}”部分说明，" if count else ""
    which = "其他" if count else every_measure_words(others)
    return f"{elsewhere}{which}举措的主要进展如下，详细情况见附件。"


def every_measure_words(facts: DocumentFacts) -> str:
    return "各项" if len(facts.measures) > 1 else "该项"


def progress_of(part: PartFacts, facts: DocumentFacts) -> Iterator[Block]:
    """Yield what was done in a part; measures outside a section are one heading level higher."""
    for section in part.sections:
        found = list(progress_paragraphs(section.measures, facts, level=4))
        if found:
            yield Heading(3, section.title, key=BlockKey(BlockRole.PROGRESS_SECTION, item=section.item))
        yield from found
    yield from progress_paragraphs(part.own_measures, facts, level=3)


def progress_paragraphs(
    measures: Iterable[MeasureFacts],
    facts: DocumentFacts,
    *,
    level: int,
    role: BlockRole = BlockRole.PROGRESS,
) -> Iterator[Paragraph]:
    """Yield what was done for each measure, in its department's words."""
    for measure in measures:
        head: Heading | None = Heading(level, f"{measure.title}。")
        for text, report in (
            latest_gist(measure, facts) if is_concise(facts) else full_progress(measure, facts.scope)
        ):
            yield Paragraph(text, head, BlockKey(role, filing=report.filing))
            head = None


def latest_gist(measure: MeasureFacts, facts: DocumentFacts) -> Iterator[tuple[str, AcceptedReport]]:
    """Yield the gist of a measure's latest text with its report.

    Nothing if there is none, if it says little, or if the measure was not started and is at 0%.
    """
    for report in reports_of(measure)[-1:]:
        text = abridged_results(report.progress, facts)
        if says_little(text) or (report.status is MeasureStatus.NOT_STARTED and not report.percent):
            continue
        if report.quarter != facts.scope.quarter:
            text = gist_as_of(text, report.quarter)
        yield text, report


def full_progress(measure: MeasureFacts, scope: DocumentScope) -> Iterator[tuple[str, AcceptedReport]]:
    """Yield the full texts of a measure with their reports, oldest first."""
    yield from progress_by_quarter(measure, scope)


def accepted_texts(measure: MeasureFacts, scope: DocumentScope) -> list[str]:
    """Return the accepted texts of a measure, oldest first; with several quarters, each names its quarter.

    For a whole year, one combined text.
    """
    return [text for text, _ in progress_by_quarter(measure, scope)]


def progress_by_quarter(measure: MeasureFacts, scope: DocumentScope) -> list[tuple[str, AcceptedReport]]:
    """Return what each quarter adds, oldest first; what a later quarter repeats with new figures is left to that one.

    A whole year becomes one text, tied to the last report.
    """
    reports = reports_of(measure)
    if len(scope.quarters) == 1:
        return [
            (unnumbered_words(report.progress), report)
            for report in reports
            if not says_nothing(report.progress)
        ]
    added = added_by_quarter(reports)
    if scope.span is ScopeSpan.YEAR:
        return [(text_of_year(added, scope.quarter), reports[-1])] if added else []
    return [(text_with_quarter(text, report.quarter), report) for text, report in added]


def added_by_quarter(reports: Sequence[AcceptedReport]) -> list[tuple[str, AcceptedReport]]:
    """Return what each report says that no later one repeats, oldest first; reports that add nothing are left out."""
    later: list[str] = []
    totals = RunningTotals()
    found: list[tuple[str, AcceptedReport]] = []
    for report in reversed(reports):
        lines = [
            sentences_of(line)
            for line in unnumbered_words(report.progress).splitlines()
            if not says_nothing(line)
        ]
        added = [
            "".join(totals.rest_of(one, report.quarter) for one in line if not is_repeated_later(one, later))
            for line in lines
        ]
        for sentence in (one for line in lines for one in line):
            later.append(sentence)
            totals.add(sentence, report.quarter)
        if text := "\n".join(filter(None, added)):
            found.append((text, report))
    return found[::-1]


def text_of_year(added: Sequence[tuple[str, AcceptedReport]], last: Quarter) -> str:
    """Return the text of a whole year: the results of earlier quarters, then the full text of the last one.

    What was under way or planned in an earlier quarter is left out, because it is over by the year's end.
    """
    totals = RunningTotals()
    earlier: list[tuple[str, AcceptedReport]] = []
    for text, report in reversed(added):
        if report.quarter < last and (results := results_in(text)):
            earlier.insert(
                0, (gist_of(without_summed_up(results, totals, report.quarter), YEARLY_GIST), report)
            )
        for sentence in (one for line in text.splitlines() for one in sentences_of(line)):
            totals.add(sentence, report.quarter)
    earlier_words = "".join(sentences_with_quarter(text, report.quarter) for text, report in earlier)
    final = next((text for text, report in added if report.quarter == last), "")
    if not earlier_words and not final:
        return sentences_with_quarter(added[-1][0], added[-1][1].quarter)
    return earlier_words + (sentences_with_quarter(final, last) if earlier_words and final else final)


def results_in(text: str) -> str:
    """Return the sentences that report results; leave out what was under way or planned."""
    sentences = [one for line in text.splitlines() for one in sentences_of(line)]
    return "".join(one for one in sentences if not (UNDER_WAY.search(one) or weight_of(one) < 0))


def without_summed_up(results: str, totals: RunningTotals, quarter: Quarter) -> str:
    """Leave out of long results what a later quarter sums up; keep everything if no figures would remain."""
    sentences = sentences_of(results)
    if len(results) <= YEARLY_GIST or any(FOLLOWS_ON.match(one.lstrip()) for one in sentences):
        return results
    rest = [one for one in sentences if not any(map(totals.sum_up, clauses_of(one, quarter)))]
    return "".join(rest) if any(weight_of(one) > 0 for one in rest) else results


def sentences_with_quarter(text: str, quarter: Quarter) -> str:
    """Return sentences preceded by their quarter, unless the first one names a time itself."""
    if NAMES_TIME.search(sentences_of(text)[0]):
        return text
    return f"{short_words(quarter)}，{text}"


def is_repeated_later(sentence: str, later: Sequence[str]) -> bool:
    """Return whether a later quarter repeats a sentence, literally or with cumulative figures.

    "走访企业66家" of one quarter and "走访企业70家" of the next are two different facts.
    """
    if sentence in later:
        return True
    sums = [one for one in later if SUMS_UP.search(one)][:MOST_COMPARED]
    return extractOne(sentence, sums, processor=without_figures, score_cutoff=SAME_WORDS) is not None


def without_figures(sentence: str) -> str:
    return FIGURES.sub("", sentence)


def reports_of(measure: MeasureFacts) -> tuple[AcceptedReport, ...]:
    """Return the accepted reports of a measure in the scope, oldest first."""
    return (*measure.earlier, *([measure.report] if measure.report else ()))


def gist_as_of(text: str, quarter: Quarter) -> str:
    """Return the gist of an earlier quarter preceded by its time, unless its first sentence names that time or begins
    with a month.
    """
    first, words = sentences_of(text)[0], short_words(quarter)
    if words in first or SPANS[quarter.number] in first or re.match(r"\d{1,2}月", first):
        return text
    return f"截至{words}末，{text}" if SUMS_UP.search(first) else f"{words}，{text}"


def text_with_quarter(text: str, quarter: Quarter) -> str:
    """Return a text preceded by its quarter, unless it begins with it."""
    words = short_words(quarter)
    return text if re.match(f"(今年)?第?{words}", text) else f"{words}：{text}"


def short_words(quarter: Quarter) -> str:
    """Return the quarter in short: 三季度."""
    return QUARTER_WORDS[quarter.number].removeprefix("第")
