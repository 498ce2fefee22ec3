"""An earlier text of a filing beside the present one, for those who decide on it."""

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
    """What may stand beside the present text."""

    RETURNED = "returned", "与退回时对照"
    ACCEPTED = "accepted", "与以前采用的对照"
    NOTHING = "nothing", "只看本次"


@dataclass(frozen=True)
class EarlierContent:
    """What stood in a filing before; the caption says when."""

    caption: str
    content: FilingContent


@dataclass(frozen=True)
class ComparedContent:
    """A filing against an earlier state of it: its texts by their label, and what else changed."""

    caption: str
    texts: Mapping[str, TextDifference]
    changed_answers: tuple[ChangedAnswer, ...]

    @property
    def is_empty(self) -> bool:
        return not self.changed_answers and all(difference.is_empty for difference in self.texts.values())


@dataclass(frozen=True)
class FilingComparison:
    """The present text beside earlier ones: `found` holds those that it can be compared with, the most telling first.

    `chosen` is the one that is to stand beside the whole text.
    """

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
        """Return what changed since the quarter accepted last, whatever is chosen."""
        return self.found.get(ComparisonChoice.ACCEPTED)


@dataclass(frozen=True)
class KeptText:
    """A text that was kept with a step: the step in words, and what had changed since the text kept before it.

    `facts` holds label and words of everything short.
    """

    version: int
    words: str
    content: FilingContent
    short_answers: Sequence[tuple[str, str]]
    compared: ComparedContent | None


class AskedParts(NamedTuple):
    """What a measure asks for beside texts and choices."""

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
    """Return the comparisons with the wanted one chosen, else the most telling; None for a filing without a past."""
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
    """Return the present filing against all earlier texts that `reader` may read, the most telling first."""
    accepted = queries.last_accepted(filing)
    content, *others = content_reading.contents_of_filings([filing, accepted] if accepted else [filing])
    found = earlier_contents(filing, accepted, others[0] if others else None, reader=reader)
    asked = AskedParts.of_filing(filing)
    return [compare_contents(earlier, content, asked) for earlier in found.values()]


def kept_text_at(filing: Filing, version: int, *, reader: Actor) -> KeptText | None:
    """Return the text that was kept of a filing at a version; None where none was. Raises NotAllowed.

    It is shown against the text before it only where `reader` may read that one too: the difference tells both.
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
    """Return what `reader` may compare with, the most telling first; `content` is what was `accepted`."""
    found: dict[ComparisonChoice, EarlierContent] = {}
    returned = kept_texts.last_returned(filing)
    if returned and is_allowed(reader, Action.READ_REVISION, returned):
        found[ComparisonChoice.RETURNED] = kept_content_of(returned)
    if accepted and content:
        found[ComparisonChoice.ACCEPTED] = EarlierContent(f"{accepted.period.quarter.words}采用的", content)
    return found


def kept_content_of(revision: FilingRevision) -> EarlierContent:
    """Return a kept text; its caption says when and by which step."""
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
