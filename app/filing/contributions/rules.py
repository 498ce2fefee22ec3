"""States of contributions and the steps between them: pure functions and data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from app.authority.policy import Action
from app.base.labels import LabelledEnum, LabelTone

CONTRIBUTION_LENGTH = 100_000
ASKED_LENGTH = 500


class ContributionState(LabelledEnum):
    """The stored state of a contribution. An owed one does not hold up the lead's filing."""

    OWED = "owed", "未写", LabelTone.NEUTRAL
    WRITTEN = "written", "已报送", LabelTone.GOOD
    NOT_NEEDED = "not_needed", "本季无需配合", LabelTone.QUIET
    WAIVED = "waived", "免报", LabelTone.QUIET


# How many contributions stand how, by whose they are or what they are about.
StateCounts = Mapping[int, Counter[ContributionState]]


class ContributionStanding(LabelledEnum):
    """The state that pages show: an owed contribution may have been asked for, or begun."""

    OWED = "owed", ContributionState.OWED.label, ContributionState.OWED.tone
    BEGUN = "begun", "未报送", LabelTone.NEUTRAL
    ASKED = "asked", "请补充", LabelTone.WAITING
    WRITTEN = "written", ContributionState.WRITTEN.label, ContributionState.WRITTEN.tone
    NOT_NEEDED = "not_needed", ContributionState.NOT_NEEDED.label, ContributionState.NOT_NEEDED.tone
    WAIVED = "waived", ContributionState.WAIVED.label, ContributionState.WAIVED.tone


ACTION_WORDS = {
    Action.WRITE_CONTRIBUTION: "改写配合情况",
    Action.ASK_CONTRIBUTION: "请配合部门补充",
    Action.WAIVE_CONTRIBUTIONS: "免报或者恢复配合情况",
}


def standing_of_contribution(state: ContributionState, *, text: str, asked: str) -> ContributionStanding:
    if state is not ContributionState.OWED:
        return ContributionStanding(state.value)
    if asked:
        return ContributionStanding.ASKED
    return ContributionStanding.BEGUN if text.strip() else ContributionStanding.OWED


def counts_in_words(states: Iterable[ContributionState] | Mapping[ContributionState, int]) -> str:
    """Return the counts in the order of the states: 未写 3 项，已报送 9 项; "" if there are none."""
    counted = Counter(states)
    return "，".join(f"{state.label} {counted[state]} 项" for state in ContributionState if counted[state])
