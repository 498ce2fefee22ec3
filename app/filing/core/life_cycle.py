"""The life cycle of a filing: its states, which step leads where, and the words for them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.authority.policy import Action
from app.base.errors import IllegalTransition
from app.base.labels import LabelledEnum, LabelTone


class FilingState(LabelledEnum):
    """Where a filing stands."""

    DRAFT = "draft", "草稿", LabelTone.NEUTRAL
    SUBMITTED = "submitted", "待审签", LabelTone.WAITING
    SIGNED_OFF = "signed_off", "待采用", LabelTone.WAITING
    RETURNED = "returned", "已退回", LabelTone.ATTENTION
    ACCEPTED = "accepted", "已采用", LabelTone.GOOD


class ReturnKind(LabelledEnum):
    """How a filing came back: to be corrected, or only supplemented (仅请补充), which is no reproach."""

    CORRECT = "correct", FilingState.RETURNED.label, FilingState.RETURNED.tone
    SUPPLEMENT = "supplement", "请补充", LabelTone.WAITING


# How far a filing is, as people read it, in the order of the life cycle; one that came back says how.
FilingStage = FilingState | ReturnKind
FILING_STAGES: tuple[FilingStage, ...] = (
    FilingState.DRAFT,
    FilingState.SUBMITTED,
    FilingState.SIGNED_OFF,
    FilingState.RETURNED,
    ReturnKind.SUPPLEMENT,
    FilingState.ACCEPTED,
)


def stage_of(state: FilingState, kind: ReturnKind) -> FilingStage:
    """Return how far a filing is; `kind` is how it came back, and says nothing of one that did not."""
    is_supplement = state is FilingState.RETURNED and kind is ReturnKind.SUPPLEMENT
    return ReturnKind.SUPPLEMENT if is_supplement else state


class FilingStanding(LabelledEnum):
    """Where a filing stands in the eyes of those who wait for it: a draft is nothing yet, or overdue.

    These are the words of every page and document that is not the department's own.
    """

    UNREPORTED = "unreported", "未报", LabelTone.NEUTRAL
    OVERDUE = "overdue", "逾期未报", LabelTone.ATTENTION
    SUBMITTED = "submitted", FilingState.SUBMITTED.label, FilingState.SUBMITTED.tone
    SIGNED_OFF = "signed_off", FilingState.SIGNED_OFF.label, FilingState.SIGNED_OFF.tone
    RETURNED = "returned", FilingState.RETURNED.label, FilingState.RETURNED.tone
    SUPPLEMENT = "supplement", ReturnKind.SUPPLEMENT.label, ReturnKind.SUPPLEMENT.tone
    ACCEPTED = "accepted", FilingState.ACCEPTED.label, FilingState.ACCEPTED.tone


def standing_at(stage: FilingStage, *, overdue: bool) -> FilingStanding:
    """Return how a stage reads; `overdue` says that the department's last day, grace included, has gone by."""
    if stage is FilingState.DRAFT:
        return FilingStanding.OVERDUE if overdue else FilingStanding.UNREPORTED
    return FilingStanding(stage.value)


def standing_of(
    state: FilingState, *, overdue: bool, kind: ReturnKind = ReturnKind.CORRECT
) -> FilingStanding:
    """Return how a filing in `state`, which came back as `kind` if it did, reads to those who wait for it."""
    return standing_at(stage_of(state, kind), overdue=overdue)


TRANSITIONS: Mapping[tuple[Action, FilingState], FilingState] = {
    (Action.WRITE_FILING, FilingState.DRAFT): FilingState.DRAFT,
    (Action.WRITE_FILING, FilingState.RETURNED): FilingState.RETURNED,
    (Action.SUBMIT_FILING, FilingState.DRAFT): FilingState.SUBMITTED,
    (Action.SUBMIT_FILING, FilingState.RETURNED): FilingState.SUBMITTED,
    (Action.SIGN_OFF_FILING, FilingState.SUBMITTED): FilingState.SIGNED_OFF,
    (Action.RETURN_FILING, FilingState.SUBMITTED): FilingState.RETURNED,
    (Action.SEND_BACK_FILING, FilingState.SIGNED_OFF): FilingState.RETURNED,
    (Action.ACCEPT_FILING, FilingState.SIGNED_OFF): FilingState.ACCEPTED,
    (Action.REOPEN_FILING, FilingState.ACCEPTED): FilingState.RETURNED,
}

LIFE_CYCLE_ACTIONS = tuple(dict.fromkeys(action for action, _ in TRANSITIONS))
HANDED_IN = frozenset({FilingState.SUBMITTED, FilingState.SIGNED_OFF, FilingState.ACCEPTED})

ACTION_WORDS: Mapping[Action, str] = {
    Action.WRITE_FILING: "保存",
    Action.SUBMIT_FILING: "提交",
    Action.SIGN_OFF_FILING: "审签",
    Action.RETURN_FILING: "退回",
    Action.SEND_BACK_FILING: "退回",
    Action.ACCEPT_FILING: "采用",
    Action.REOPEN_FILING: "重新打开",
    Action.HAND_OVER_DUTY: "移交",
}


def action_words(action: Action, kind: ReturnKind | None = None) -> str:
    """Return what was done, in a word; sending back may have been no more than asking for more."""
    return ReturnKind.SUPPLEMENT.label if kind is ReturnKind.SUPPLEMENT else ACTION_WORDS[action]


def next_filing_state(action: Action, state: FilingState) -> FilingState:
    """Return where `action` leads from `state`. Raises IllegalTransition with a sentence for the person."""
    try:
        return TRANSITIONS[action, state]
    except KeyError:
        words = ACTION_WORDS.get(action, "办理")
        raise IllegalTransition(
            f"这份填报现在是“{state.label}”，不能{words}。请刷新页面看最新状态。"
        ) from None


def can_happen(action: Action, state: FilingState) -> bool:
    """Return whether the life cycle has this step: pages show only buttons that can work."""
    return (action, state) in TRANSITIONS
