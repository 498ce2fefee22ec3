"""An earlier text of a filing beside the present one, for whoever has to decide what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.access.policy import Action, allows, require
from app.access.user import User
from app.base.labels import Labelled
from app.filing.core import queries
from app.filing.core.content import FilingContent, content_from_json
from app.filing.core.differences import Difference, difference
from app.filing.core.facts import Fact, changed_facts, facts_of
from app.filing.core.models import Filing, FilingRevision
from app.filing.core.rules import deed_words
from app.filing.department.sheet import Sheet
from app.plan import queries as plans
from app.plan.models import Indicator, PlanItem
from app.web.filters import moment

TEXTS = {"progress": "进展情况", "problems": "存在问题", "next_steps": "下一步计划"}


class Beside(Labelled):
    """What may stand beside the present text."""

    RETURNED = "returned", "与退回时对照"
    ACCEPTED = "accepted", "与以前采用的对照"
    NOTHING = "nothing", "只看本次"


@dataclass(frozen=True)
class Earlier:
    """What stood in a filing before; the caption says when."""

    caption: str
    content: FilingContent


@dataclass(frozen=True)
class Compared:
    """A filing against an earlier state of it: its texts by their label, and what else changed."""

    caption: str
    texts: Mapping[str, Difference]
    facts: tuple[Fact, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether nothing changed."""
        return not self.facts and all(difference.is_empty for difference in self.texts.values())


@dataclass(frozen=True)
class Comparison:
    """The present text beside an earlier one. `choices` is what this filing can be compared with."""

    beside: Beside
    choices: tuple[Beside, ...]
    compared: Compared | None


@dataclass(frozen=True)
class KeptText:
    """A text that was kept with a step: the step in words, and what had changed since the text kept before it.

    `facts` holds label and words of everything short.
    """

    version: int
    words: str
    content: FilingContent
    facts: Sequence[tuple[str, str]]
    compared: Compared | None


def comparison(sheet: Sheet, *, wanted: str | None, reader: User) -> Comparison | None:
    """Return the comparison that is wanted, else the most telling one; None for a filing without a past."""
    found = earlier_texts(sheet.filing, sheet.last_accepted, sheet.accepted, reader=reader)
    if not found:
        return None
    choices = (*found, Beside.NOTHING)
    beside = next((choice for choice in choices if choice.value == wanted), choices[0])
    if beside is Beside.NOTHING:
        return Comparison(beside, choices, None)
    return Comparison(
        beside, choices, compared(found[beside], sheet.content, sheet.commitments, sheet.indicators)
    )


def everything_compared(filing: Filing, *, reader: User) -> list[Compared]:
    """Return the present filing against all earlier texts that `reader` may read, the most telling first."""
    accepted = queries.last_accepted(filing)
    content, *others = queries.contents_of([filing, accepted] if accepted else [filing])
    found = earlier_texts(filing, accepted, others[0] if others else None, reader=reader)
    tasks, asked = plans.commitments(filing.measure), queries.indicators_for(filing)
    return [compared(earlier, content, tasks, asked) for earlier in found.values()]


def kept_text(filing: Filing, version: int, *, reader: User) -> KeptText | None:
    """Return the text that was kept of a filing at a version; None where none was. Raises NotAllowed.

    It is shown against the text before it only where `reader` may read that one too: the difference tells both.
    """
    found = queries.kept_up_to(filing, version)
    if not found or found[0].version != version:
        return None
    require(reader, Action.READ_REVISION, found[0])
    kept, *before = (revision for revision in found if allows(reader, Action.READ_REVISION, revision))
    content = content_from_json(kept.content)
    tasks, asked = plans.commitments(filing.measure), queries.indicators_for(filing)
    changed = compared(as_kept(before[0]), content, tasks, asked) if before else None
    return KeptText(version, as_kept(kept).caption, content, facts_of(content, tasks, asked), changed)


def earlier_texts(
    filing: Filing, accepted: Filing | None, content: FilingContent | None, *, reader: User
) -> dict[Beside, Earlier]:
    """Return what `reader` may compare with, the most telling first; `content` is what was `accepted`."""
    found: dict[Beside, Earlier] = {}
    returned = queries.last_returned(filing)
    if returned and allows(reader, Action.READ_REVISION, returned):
        found[Beside.RETURNED] = as_kept(returned)
    if accepted and content:
        found[Beside.ACCEPTED] = Earlier(f"{accepted.period.quarter.words}采用的", content)
    return found


def as_kept(revision: FilingRevision) -> Earlier:
    """Return a kept text; its caption says when and by which step."""
    deed = deed_words(Action(revision.action), revision.return_kind)
    return Earlier(f"{moment(revision.at)}{deed}时", content_from_json(revision.content))


def compared(
    earlier: Earlier,
    present: FilingContent,
    commitments: Sequence[PlanItem],
    indicators: Sequence[Indicator],
) -> Compared:
    """Return a content against an earlier one."""
    texts = {
        label: difference(getattr(earlier.content, name), getattr(present, name))
        for name, label in TEXTS.items()
    }
    facts = changed_facts(earlier.content, present, commitments=commitments, indicators=indicators)
    return Compared(earlier.caption, texts, facts)
