"""Comparing a filing with an earlier text of it, for those who decide on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.base.days import written_moment
from app.base.errors import NotAllowed
from app.base.labels import LabelledEnum
from app.base.text_differences import TextDifference, compare_texts
from app.filing.core import content_reading, kept_texts, queries
from app.filing.core.content import LONG_TEXTS, FilingContent, content_from_json
from app.filing.core.filing_steps import may_read_kept
from app.filing.core.life_cycle import action_words
from app.filing.core.milestone_ticks import milestones_for
from app.filing.core.models import Filing, FilingRevision
from app.filing.core.short_answers import ChangedAnswer, changed_answers, short_answers_of
from app.filing.department.filing_details import FilingDetails
from app.plan.core.models import Indicator, Milestone, PlanItem


class ComparisonChoice(LabelledEnum):
    """What the present text can be compared with."""

    RETURNED = "returned", "与退回时对照"
    ACCEPTED = "accepted", "与以前采用的对照"
    NOTHING = "nothing", "只看本次"


@dataclass(frozen=True)
class EarlierContent:
    """An earlier content of a filing; the caption says of when."""

    caption: str
    content: FilingContent


@dataclass(frozen=True)
class ComparedContent:
    """The differences to an earlier content: texts by label, and the short answers that changed."""

    caption: str
    texts: Mapping[str, TextDifference]
    changed_answers: tuple[ChangedAnswer, ...]

    @property
    def is_empty(self) -> bool:
        return not self.changed_answers and all(difference.is_empty for difference in self.texts.values())


@dataclass(frozen=True)
class FilingComparison:
    """All comparisons of a filing, the most informative first. `chosen` is shown beside the whole text."""

    chosen: ComparisonChoice
    found: Mapping[ComparisonChoice, ComparedContent]

    @property
    def choices(self) -> tuple[ComparisonChoice, ...]:
        return (*self.found, ComparisonChoice.NOTHING)

    @property
    def compared(self) -> ComparedContent | None:
        return self.found.get(self.chosen)

    @property
    def since_last_quarter(self) -> ComparedContent | None:
        """Return the comparison with the quarter accepted last, even if another one is chosen."""
        return self.found.get(ComparisonChoice.ACCEPTED)


@dataclass(frozen=True)
class KeptText:
    """A stored revision: its step in words, and what changed since the revision before. `facts` are the short answers
    with their labels.
    """

    version: int
    words: str
    content: FilingContent
    short_answers: Sequence[tuple[str, str]]
    compared: ComparedContent | None


class AskedParts(NamedTuple):
    """The commitments, indicators and milestones that a measure asks for."""

    commitments: Sequence[PlanItem]
    indicators: Sequence[Indicator]
    milestones: Sequence[Milestone]

    @classmethod
    def of_filing(cls, filing: Filing) -> AskedParts:
        return cls(
            content_reading.commitments_for(filing),
            content_reading.indicators_for(filing),
            milestones_for(filing),
        )

    @classmethod
    def of_details(cls, details: FilingDetails) -> AskedParts:
        return cls(details.commitments, details.asked_indicators, details.milestones_due)


def comparison_wanted(
    details: FilingDetails, *, wanted: str | None, reader: Actor
) -> FilingComparison | None:
    """Return the comparisons with the wanted one chosen, else the most informative; None without an earlier text."""
    found = earlier_contents(details.filing, details.last_accepted, details.accepted, reader=reader)
    if not found:
        return None
    compared = {
        choice: compare_contents(earlier, details.content, AskedParts.of_details(details))
        for choice, earlier in found.items()
    }
    known = (*compared, ComparisonChoice.NOTHING)
    return FilingComparison(next((one for one in known if one.value == wanted), known[0]), compared)


def all_comparisons(filing: Filing, *, reader: Actor) -> list[ComparedContent]:
    """Return the comparisons with all earlier texts that `reader` may read, the most informative first."""
    accepted = queries.last_accepted(filing)
    content, *others = content_reading.contents_of_filings([filing, accepted] if accepted else [filing])
    found = earlier_contents(filing, accepted, others[0] if others else None, reader=reader)
    asked = AskedParts.of_filing(filing)
    return [compare_contents(earlier, content, asked) for earlier in found.values()]


def kept_text_at(filing: Filing, version: int, *, reader: Actor) -> KeptText | None:
    """Return the revision of a filing at a version, or None. Raises NotAllowed.

    It is compared with the revision before only if `reader` may read that one too, since the comparison shows both.
    """
    kept = kept_texts.kept_text(filing, version)
    if kept is None:
        return None
    if not may_read_kept(reader, kept):
        raise NotAllowed
    content = content_from_json(kept.content)
    asked = AskedParts.of_filing(filing)
    before = None if kept.is_replaced else kept_texts.revision_before(filing, version)
    can_compare = before is not None and may_read_kept(reader, before)
    changed = compare_contents(kept_content_of(before), content, asked) if before and can_compare else None
    return KeptText(
        version, kept_content_of(kept).caption, content, short_answers_of(content, *asked), changed
    )


def earlier_contents(
    filing: Filing, accepted: Filing | None, content: FilingContent | None, *, reader: Actor
) -> dict[ComparisonChoice, EarlierContent]:
    """Return the contents that `reader` may compare with, the most informative first; `content` is the
    `accepted` one.
    """
    found: dict[ComparisonChoice, EarlierContent] = {}
    returned = kept_texts.last_returned(filing)
    if returned and is_allowed(reader, Action.READ_REVISION, returned):
        found[ComparisonChoice.RETURNED] = kept_content_of(returned)
    if accepted and content:
        found[ComparisonChoice.ACCEPTED] = EarlierContent(f"{accepted.period.quarter.words}采用的", content)
    return found


def kept_content_of(revision: FilingRevision) -> EarlierContent:
    """Return the content of a revision; the caption says when and by which step."""
    step = action_words(Action(revision.action), revision.return_kind)
    return EarlierContent(f"{written_moment(revision.at)}{step}时", content_from_json(revision.content))


def compare_contents(
    earlier: EarlierContent,
    present: FilingContent,
    asked: AskedParts,
) -> ComparedContent:
    texts = {
        label: compare_texts(getattr(earlier.content, name), getattr(present, name))
        for name, label in LONG_TEXTS.items()
    }
    facts = changed_answers(earlier.content, present, **asked._asdict())
    return ComparedContent(earlier.caption, texts, facts)
