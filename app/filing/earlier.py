"""An earlier text of a filing beside the present one, for whoever has to decide what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.access.policy import Action
from app.filing import queries
from app.filing.content import FilingContent, content_from_json
from app.filing.differences import Difference, difference
from app.filing.facts import Fact, changed_facts
from app.filing.models import Filing, FilingRevision
from app.filing.rules import FilingState, deed_words
from app.filing.sheet import Sheet
from app.labels import Labelled
from app.plan import queries as plans
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
    """The present filing against an earlier one: its texts by their label, and what else changed."""

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


def comparison(sheet: Sheet, *, wanted: str | None) -> Comparison | None:
    """Return the comparison that is wanted, else the most telling one; None for a filing without a past."""
    kept = (step.revision for step in sheet.steps if step.revision)
    found = earlier_texts(last_returned(kept), sheet.last_accepted, sheet.accepted)
    if not found:
        return None
    choices = (*found, Beside.NOTHING)
    beside = next((choice for choice in choices if choice.value == wanted), choices[0])
    if beside is Beside.NOTHING:
        return Comparison(beside, choices, None)
    facts = changed_facts(
        found[beside].content, sheet.content, commitments=sheet.commitments, indicators=sheet.indicators
    )
    return Comparison(beside, choices, compared(found[beside], sheet.content, facts))


def everything_compared(filing: Filing) -> list[Compared]:
    """Return the present filing against all that there is to compare it with, the most telling first."""
    accepted = queries.last_accepted(filing)
    content, *others = queries.contents_of([filing, accepted] if accepted else [filing])
    returned = last_returned(queries.revisions(filing))
    found = earlier_texts(returned, accepted, others[0] if others else None)
    tasks, asked = plans.commitments(filing.measure), queries.indicators_for(filing)
    return [
        compared(
            earlier,
            content,
            changed_facts(earlier.content, content, commitments=tasks, indicators=asked),
        )
        for earlier in found.values()
    ]


def earlier_texts(
    returned: FilingRevision | None, accepted: Filing | None, content: FilingContent | None
) -> dict[Beside, Earlier]:
    """Return what there is to compare with, the most telling first; `content` is what was `accepted`."""
    found: dict[Beside, Earlier] = {}
    if returned:
        deed = deed_words(Action(returned.action), returned.return_kind)
        caption = f"{moment(returned.at)}{deed}时"
        found[Beside.RETURNED] = Earlier(caption, content_from_json(returned.content))
    if accepted and content:
        found[Beside.ACCEPTED] = Earlier(f"{accepted.period.quarter.words}采用的", content)
    return found


def last_returned(revisions: Iterable[FilingRevision]) -> FilingRevision | None:
    """Return the text as it stood when the filing was given back last, of revisions from the newest on."""
    return next((revision for revision in revisions if revision.state is FilingState.RETURNED), None)


def compared(earlier: Earlier, present: FilingContent, facts: tuple[Fact, ...]) -> Compared:
    """Return the present content against an earlier one."""
    texts = {
        label: difference(getattr(earlier.content, name), getattr(present, name))
        for name, label in TEXTS.items()
    }
    return Compared(earlier.caption, texts, facts)
