"""The key figures of a quarter: indicators that are on schedule, or else sentences that contain figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from app.base.text import quoted_title
from app.composition.abridgement import abridged_results, is_concise
from app.composition.chapters.synopsis_patterns import ReportedMeasure, SynopsisSubject, TiedSentence
from app.composition.facts import IndicatorFacts, MeasureFacts, measures_with_report
from app.composition.phrases import (
    FOLLOWS_ON,
    HANZI,
    NO_RESULT,
    sentences_of,
    unnumbered_words,
    weight_of,
)
from app.periods.rules import Quarter

MOST_INDICATORS = 6
LONGEST_SENTENCE = 45
QUARTER_NAMED = re.compile("(?<![较比由从])第?([一二三])季度")
MONTH_END = re.compile(r"(?<!\d)(1[0-2]|[1-9])月(?:底|末)")
QUOTED = re.compile("“[^“”]*”")
FEWEST_HANZI = 3  # outside quotation marks; fewer (“进校园”“进园区”6场) means that a verb is missing


def leading_indicators(found: Sequence[ReportedMeasure]) -> Iterator[tuple[MeasureFacts, IndicatorFacts]]:
    """Yield the first indicator on schedule of each measure; rates come last."""
    chosen = [
        (measure, one)
        for measure, report in found
        for one in [
            next((one for one in measure.indicators if one.share >= report.quarter.elapsed_percent), None)
        ]
        if one
    ]
    return iter(sorted(chosen, key=lambda pair: pair[1].is_ratio))


def indicators_over_parts(subject: SynopsisSubject) -> list[tuple[MeasureFacts, IndicatorFacts]]:
    """Return leading indicators in the plan's order; no part has two before every part has one."""
    by_part = [
        list(
            leading_indicators(
                [pair for pair in measures_with_report(part.measures) if pair in subject.reached]
            )
        )
        for part in subject.facts.parts
    ]
    rounds = [one for one in chain.from_iterable(zip_longest(*by_part)) if one]
    chosen = {measure.number for measure, _ in rounds[:MOST_INDICATORS]}
    return [pair for found in by_part for pair in found if pair[0].number in chosen]


def indicator_words(one: IndicatorFacts, *, is_first: bool) -> str:
    """Return 外出招商9批次，完成年度目标的75%; for a rate, its target, because a share of a rate means nothing."""
    if one.is_ratio and one.reached == one.target:
        return f"{one.name}{one.reached}，达到年度目标"
    if one.is_ratio:
        return f"{one.name}{one.reached}（年度目标{one.target}）"
    return f"{one.name}{one.reached}，完成{'年度目标的' if is_first else ''}{one.share}%"


def tells_results(sentence: str) -> bool:
    """Return whether a sentence reports results in figures and makes sense on its own."""
    is_point = re.match("[一二三四五六七八九十]是", sentence)
    is_whole = len(re.findall(f"[{HANZI}]", QUOTED.sub("", sentence))) >= FEWEST_HANZI
    is_torn = is_point or FOLLOWS_ON.match(sentence) or not is_whole
    return weight_of(sentence) > 1 and not is_torn and not NO_RESULT.search(sentence)


def is_out_of_date(sentence: str, quarter: Quarter) -> bool:
    """Return whether a sentence reports an earlier quarter only: 3月底已走访80家, 一季度审查46件."""
    quarters = ("一二三".index(name) + 1 for name in QUARTER_NAMED.findall(sentence))
    months = map(int, MONTH_END.findall(sentence))
    return any(one < quarter.number for one in quarters) or any(
        one < quarter.first_day.month for one in months
    )


def telling_sentences(subject: SynopsisSubject) -> Iterator[TiedSentence]:
    """Yield for each measure the first short sentence of its department that contains figures.

    A concise text takes only sentences that it does not already quote.
    """
    for measure, report in subject.reached:
        shown = abridged_results(report.progress, subject.facts) if is_concise(subject.facts) else ""
        sentences = [
            one for line in unnumbered_words(report.progress).splitlines() for one in sentences_of(line)
        ]
        short = (
            one
            for one in sentences
            if len(one) <= LONGEST_SENTENCE and one not in shown and not is_out_of_date(one, report.quarter)
        )
        if sentence := next(filter(tells_results, short), ""):
            yield TiedSentence(f"{quoted_title(measure.title)}方面，{sentence}", (measure.number,))
