"""各项举措推进情况: part by part, section by section, what was done under every measure."""

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
SAME_WORDS = 90  # of 100: sentences that differ in little but their figures
YEARLY_GIST = 60  # characters of an earlier quarter that a year repeats
UNDER_WAY = re.compile("目前|正在|尚未|暂未|仍在|有待|计划于|将于|预计|拟于|下一步|下季度|推迟")
NAMES_TIME = re.compile(r"第?[一二三四]季度|上半年|下半年|全年|年初|年底|年内|今年以来|截至|累计|\d月")
MOST_COMPARED = 100  # of the sentences of later quarters: so many no department writes


def progress_chapter(
    facts: DocumentFacts, apart: SeparateChapter, title: str = "各项举措推进情况"
) -> Iterator[Block]:
    """Yield the chapter; nothing where there is nothing to tell. A concise text of many measures tells of those that
    stand apart in their own chapter.
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
    """Say where the measures stand that are told of elsewhere, and what follows on the others."""
    elsewhere = f"{apart.words}{count}项举措在“{apart.chapter}”部分说明，" if count else ""
    which = "其他" if count else every_measure_words(others)
    return f"{elsewhere}{which}举措的主要进展如下，详细情况见附件。"


def every_measure_words(facts: DocumentFacts) -> str:
    return "各项" if len(facts.measures) > 1 else "该项"


def progress_of(part: PartFacts, facts: DocumentFacts) -> Iterator[Block]:
    """Yield what was done in a part; where it has no sections, its measures move up one level."""
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
    """Yield what was done under each measure, in its department's words."""
    for measure in measures:
        head: Heading | None = Heading(level, f"{measure.title}。")
        for text, report in (
            latest_gist(measure, facts) if is_concise(facts) else full_progress(measure, facts.scope)
        ):
            yield Paragraph(text, head, BlockKey(role, filing=report.filing))
            head = None


def latest_gist(measure: MeasureFacts, facts: DocumentFacts) -> Iterator[tuple[str, AcceptedReport]]:
    """Yield the gist of a measure's last text with its report; nothing where there is none, or it says little, as of
    what was not begun.
    """
    for report in reports_of(measure)[-1:]:
        text = abridged_results(report.progress, facts)
        if says_little(text) or (report.status is MeasureStatus.NOT_STARTED and not report.percent):
            continue
        if report.quarter != facts.scope.quarter:
            text = gist_as_of(text, report.quarter)
        yield text, report


def full_progress(measure: MeasureFacts, scope: DocumentScope) -> Iterator[tuple[str, AcceptedReport]]:
    """Yield a measure's texts with their reports, oldest first; what is missing is named in one place of its own."""
    yield from progress_by_quarter(measure, scope)


def accepted_texts(measure: MeasureFacts, scope: DocumentScope) -> list[str]:
    """Return what was accepted on a measure, oldest first, with its quarter where there are several; of a year in one
    piece.
    """
    return [text for text, _ in progress_by_quarter(measure, scope)]


def progress_by_quarter(measure: MeasureFacts, scope: DocumentScope) -> list[tuple[str, AcceptedReport]]:
    """Return what each quarter adds, oldest first: what a later one says again with its own figures stands there.

    A year is told as one: its text is tied to the last report.
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
    """Return what each report says that no later one says again, oldest first; nothing of one that adds nothing."""
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
    """Return a year's text in one piece: of earlier quarters what they came to, then the last one's words in full.

    What was under way or still to come in an earlier quarter is over by then.
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
    """Return the sentences of a text that tell what was done, not what was under way or intended."""
    sentences = [one for line in text.splitlines() for one in sentences_of(line)]
    return "".join(one for one in sentences if not (UNDER_WAY.search(one) or weight_of(one) < 0))


def without_summed_up(results: str, totals: RunningTotals, quarter: Quarter) -> str:
    """Return of results too long to be told in full those that no later quarter sums up, if they have figures."""
    sentences = sentences_of(results)
    if len(results) <= YEARLY_GIST or any(FOLLOWS_ON.match(one.lstrip()) for one in sentences):
        return results
    rest = [one for one in sentences if not any(map(totals.sum_up, clauses_of(one, quarter)))]
    return "".join(rest) if any(weight_of(one) > 0 for one in rest) else results


def sentences_with_quarter(text: str, quarter: Quarter) -> str:
    """Return sentences with their quarter before them, unless the first one says itself when it was."""
    if NAMES_TIME.search(sentences_of(text)[0]):
        return text
    return f"{short_words(quarter)}，{text}"


def is_repeated_later(sentence: str, later: Sequence[str]) -> bool:
    """Return whether a later quarter says the same, word for word, or with the figures of all the year up to then.

    "走访企业66家" of one quarter and "走访企业70家" of the next are two facts.
    """
    if sentence in later:
        return True
    sums = [one for one in later if SUMS_UP.search(one)][:MOST_COMPARED]
    return extractOne(sentence, sums, processor=without_figures, score_cutoff=SAME_WORDS) is not None


def without_figures(sentence: str) -> str:
    return FIGURES.sub("", sentence)


def reports_of(measure: MeasureFacts) -> tuple[AcceptedReport, ...]:
    """Return what was accepted on a measure in the scope's quarters, oldest first."""
    return (*measure.earlier, *([measure.report] if measure.report else ()))


def gist_as_of(text: str, quarter: Quarter) -> str:
    """Return the gist of an earlier quarter with how far it reaches, unless its first sentence says so itself, or
    begins with a month.
    """
    first, words = sentences_of(text)[0], short_words(quarter)
    if words in first or SPANS[quarter.number] in first or re.match(r"\d{1,2}月", first):
        return text
    return f"截至{words}末，{text}" if SUMS_UP.search(first) else f"{words}，{text}"


def text_with_quarter(text: str, quarter: Quarter) -> str:
    """Return a text with its quarter before it, unless it begins with that itself."""
    words = short_words(quarter)
    return text if re.match(f"(今年)?第?{words}", text) else f"{words}：{text}"


def short_words(quarter: Quarter) -> str:
    """Return 三季度, as reports call a quarter in passing."""
    return QUARTER_WORDS[quarter.number].removeprefix("第")
