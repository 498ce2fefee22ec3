"""Contradictions in a filing, and between it and the quarter accepted last: pure.

They are hints for the office, with the passages quoted; no filing is refused because of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from app.base.text import faceless_problem, shorten_line
from app.base.text_differences import split_sentences
from app.filing.core.content import FIELD_LABELS, LONG_TEXTS, FilingContent
from app.filing.core.indicator_progress import IndicatorProgress
from app.filing.core.lights import Light
from app.filing.core.measure_status import Forecast, MeasureStatus
from app.filing.core.short_answers import answer_in_words
from app.filing.core.submission_checks import CONFIRM, AcceptedContent, questions_about
from app.plan.core.numbers import number_in_words

LONGEST_QUOTE = 60
WHOLE_PERCENT = 100
NUMBER = r"(?<![\d.,第])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
# A text says how far the measure is; what it says of a part of it (“垃圾分类完成率”) is another thing.
STATED_PERCENT = re.compile(
    r"(?:^|[，。；、：\n]|总体|整体|举措|任务|年度)完成率(?:为|达到|达|约|已达)?\s*" + NUMBER + r"\s*[%％]"
)


@dataclass(frozen=True)
class QuotedPlace:
    """A passage of a filing, word for word."""

    label: str
    words: str


@dataclass(frozen=True)
class ContentHint:
    """A contradiction as a sentence, with the passages to look at."""

    sentence: str
    places: tuple[QuotedPlace, ...]


@dataclass(frozen=True)
class HintSubject:
    """The filing as submitted, with what was accepted last, for the hints to compare."""

    content: FilingContent
    light: Light
    accepted: AcceptedContent | None
    progress: tuple[IndicatorProgress, ...]

    def place_now(self, name: str) -> QuotedPlace:
        return QuotedPlace(FIELD_LABELS[name], answer_quoted(self.content, name))

    def place_before(self, name: str, accepted: AcceptedContent) -> QuotedPlace:
        return QuotedPlace(
            f"{accepted.quarter.words}{FIELD_LABELS[name]}", answer_quoted(accepted.content, name)
        )


def content_hints(checked: HintSubject) -> list[ContentHint]:
    """Return the contradictions in the order of the fields."""
    rules = (
        hints_on_status,
        hints_on_stated_numbers,
        hints_on_repeated_texts,
        hints_on_questions,
        hints_on_characters,
    )
    return [hint for rule in rules for hint in rule(checked)]


def hints_on_status(checked: HintSubject) -> Iterator[ContentHint]:
    """Yield contradictions between status, percent, forecast and light."""
    content = checked.content
    percent = content.percent
    if content.status is MeasureStatus.DONE and percent is not None and percent < WHOLE_PERCENT:
        yield ContentHint(
            "状态是“已完成”，完成率不到 100%。", (checked.place_now("status"), checked.place_now("percent"))
        )
    if content.forecast is Forecast.CAN_FINISH and checked.light is Light.RED:
        yield ContentHint(
            "已亮红灯，年底预计仍是“能够完成”，没有说明怎样赶上。",
            (
                QuotedPlace("亮灯", checked.light.label),
                checked.place_now("percent"),
                checked.place_now("forecast"),
            ),
        )

    if content.forecast in (Forecast.DIFFICULT, Forecast.CANNOT_FINISH) and checked.light is Light.GREEN:
        yield ContentHint(
            f"亮绿灯，年底预计却是“{content.forecast.label}”，请核对完成率和预计。",
            (
                QuotedPlace("亮灯", checked.light.label),
                checked.place_now("percent"),
                checked.place_now("forecast"),
            ),
        )


def hints_on_stated_numbers(checked: HintSubject) -> Iterator[ContentHint]:
    """Yield numbers in the texts that differ from the number filed on an indicator."""
    content = checked.content
    for sentence in split_sentences(content.progress):
        stated = STATED_PERCENT.search(sentence)
        if stated and content.percent is not None and Decimal(stated[1].replace(",", "")) != content.percent:
            yield ContentHint(
                f"文字写完成率 {stated[1]}%，填的是 {content.percent}%。",
                (
                    quoted_progress(sentence),
                    checked.place_now("percent"),
                ),
            )
    for row in checked.progress:
        yield from hints_on_indicator(content.progress, row)


def hints_on_indicator(text: str, row: IndicatorProgress) -> Iterator[ContentHint]:
    """Yield the first sentence that names an indicator with numbers in its unit, none of which was filed."""
    if row.filed.value is None:
        return
    filed = numbers_filed(row)
    pattern = re.compile(NUMBER + r"\s*" + re.escape(row.indicator.unit))
    for sentence in split_sentences(text):
        if row.indicator.name not in sentence:
            continue
        stated = {Decimal(found.replace(",", "")) for found in pattern.findall(sentence)}
        if stated and not stated & filed:
            words = "、".join(number_in_words(number) for number in sorted(stated))
            yield ContentHint(
                f"文字里“{row.indicator.name}”写的是 {words}，与所填指标不同。",
                (
                    quoted_progress(sentence),
                    QuotedPlace(
                        row.indicator.name, f"本季度 {row.quarter_words}，年初以来 {row.value_words or '—'}"
                    ),
                ),
            )
            return


def numbers_filed(row: IndicatorProgress) -> set[Decimal]:
    """Return all numbers that a text may give for an indicator: of the quarter, of the year, and the target."""
    cumulation = row.indicator.cumulation
    numbers = (
        row.filed.value,
        row.filed.base,
        cumulation.number_of_year([row.filed]),
        cumulation.number_of_year((*row.earlier, row.filed)),
        row.indicator.yearly_target,
    )
    return {number for number in numbers if number is not None}


def hints_on_repeated_texts(checked: HintSubject) -> Iterator[ContentHint]:
    """Yield texts that repeat the quarter accepted last word for word."""
    accepted = checked.accepted
    if accepted is None:
        return
    for name, label in LONG_TEXTS.items():
        words = bare_words(getattr(checked.content, name))
        if words and words == bare_words(getattr(accepted.content, name)):
            yield ContentHint(
                f"{label}与{accepted.quarter.words}采用的一字不差。",
                (checked.place_now(name),),
            )


def hints_on_questions(checked: HintSubject) -> Iterator[ContentHint]:
    """Yield the questions that the department was asked and answered by submitting."""
    indicators = [row.indicator for row in checked.progress]
    named = {f"indicator_{one.id}": one for one in indicators}
    for name, question in questions_about(checked.content, checked.accepted, indicators).items():
        indicator = named.get(name)
        if indicator is None:
            places = [checked.place_now(name)]
            if checked.accepted and getattr(checked.accepted.content, name) not in (None, ""):
                places = [checked.place_before(name, checked.accepted), *places]
        else:
            filed = checked.content.filed_number(indicator.id)
            places = [QuotedPlace(indicator.name, indicator.cumulation.number_in_quarter(filed))]
        label, words = indicator.name if indicator else FIELD_LABELS[name], question.removesuffix(CONFIRM)
        yield ContentHint(words if words.startswith(label) else f"{label}{words}", tuple(places))


def hints_on_characters(checked: HintSubject) -> Iterator[ContentHint]:
    """Yield texts with characters that may be missing in the documents' fonts."""
    for name in LONG_TEXTS:
        if problem := faceless_problem(getattr(checked.content, name)):
            yield ContentHint(problem, (checked.place_now(name),))


def quoted_progress(sentence: str) -> QuotedPlace:
    return QuotedPlace(LONG_TEXTS["progress"], shorten_line(sentence, LONGEST_QUOTE))


def answer_quoted(content: FilingContent, name: str) -> str:
    """Return the value of a field as it is quoted."""
    return shorten_line(answer_in_words(getattr(content, name)), LONGEST_QUOTE) or "（未填）"


def bare_words(text: str) -> str:
    """Return a text without white space, so that another line break counts as no change."""
    return "".join(text.split())
