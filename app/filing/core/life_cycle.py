"""The life cycle of a filing: its states, which step leads where, and the words for them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.authority.policy import Action
from app.base.labels import LabelledEnum, LabelTone
from app.base.transitions import next_state


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


class OwnStage(LabelledEnum):
    """What a department calls a filing of its own in which nothing is written."""

    UNWRITTEN = "unwritten", "未填写", LabelTone.NEUTRAL


def stage_of(state: FilingState, kind: ReturnKind) -> FilingStage:
    """Return how far a filing is; `kind` is how it came back, and says nothing of one that did not."""
    is_supplement = state is FilingState.RETURNED and kind is ReturnKind.SUPPLEMENT
    return ReturnKind.SUPPLEMENT if is_supplement else state


def state_and_kind(stage: FilingStage | None) -> tuple[FilingState | None, ReturnKind | None]:
    """Return what is stored of a filing at a stage, the reverse of `stage_of`; None leaves open what may be either."""
    if isinstance(stage, ReturnKind):
        return FilingState.RETURNED, stage
    return stage, ReturnKind.CORRECT if stage is FilingState.RETURNED else None


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


STANDINGS: Mapping[FilingStage, FilingStanding] = {
    stage: FilingStanding(stage.value) for stage in FILING_STAGES if stage is not FilingState.DRAFT
}


def standing_at(stage: FilingStage, *, overdue: bool) -> FilingStanding:
    """Return how a stage reads; `overdue` says that the department's last day, grace included, has gone by."""
    if stage is FilingState.DRAFT:
        return FilingStanding.OVERDUE if overdue else FilingStanding.UNREPORTED
    return STANDINGS[stage]


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
    (Action.CORRECT_FILING, FilingState.SUBMITTED): FilingState.SUBMITTED,
    (Action.RETURN_FILING, FilingState.SUBMITTED): FilingState.RETURNED,
    (Action.SEND_BACK_FILING, FilingState.SIGNED_OFF): FilingState.RETURNED,
    (Action.ACCEPT_FILING, FilingState.SIGNED_OFF): FilingState.ACCEPTED,
    (Action.REOPEN_FILING, FilingState.ACCEPTED): FilingState.RETURNED,
    (Action.TAKE_BACK_FILING, FilingState.SUBMITTED): FilingState.DRAFT,
    (Action.TAKE_BACK_SIGN_OFF, FilingState.SIGNED_OFF): FilingState.SUBMITTED,
    (Action.SUGGEST_WORDING, FilingState.SIGNED_OFF): FilingState.SIGNED_OFF,
    (Action.ANSWER_SUGGESTION, FilingState.SIGNED_OFF): FilingState.SIGNED_OFF,
}
# What came back once stays so when it is taken back.
TRANSITIONS_ONCE_RETURNED: Mapping[tuple[Action, FilingState], FilingState] = {
    (Action.TAKE_BACK_FILING, FilingState.SUBMITTED): FilingState.RETURNED,
}

LIFE_CYCLE_ACTIONS = tuple(dict.fromkeys(action for action, _ in TRANSITIONS))
GIVING_BACK = (Action.RETURN_FILING, Action.SEND_BACK_FILING, Action.REOPEN_FILING)
HANDED_IN = frozenset({FilingState.SUBMITTED, FilingState.SIGNED_OFF, FilingState.ACCEPTED})

ACTION_WORDS: Mapping[Action, str] = {
    Action.WRITE_FILING: "保存",
    Action.SUBMIT_FILING: "提交",
    Action.SIGN_OFF_FILING: "审签",
    Action.CORRECT_FILING: "改字",
    Action.RETURN_FILING: "退回",
    Action.SEND_BACK_FILING: "退回",
    Action.ACCEPT_FILING: "采用",
    Action.REOPEN_FILING: "重新打开",
    Action.TAKE_BACK_FILING: "撤回",
    Action.TAKE_BACK_SIGN_OFF: "撤回审签",
    Action.SUGGEST_WORDING: "提出改字建议",
    Action.ANSWER_SUGGESTION: "答复改字建议",
    Action.HAND_OVER_DUTY: "移交",
}


def action_words(action: Action, kind: ReturnKind | None = None) -> str:
    """Return what was done, in a word; sending back may have been no more than asking for more."""
    return ReturnKind.SUPPLEMENT.label if kind is ReturnKind.SUPPLEMENT else ACTION_WORDS[action]


def next_filing_state(action: Action, state: FilingState, *, came_back: bool = False) -> FilingState:
    """Return where `action` leads from `state`; `came_back` says that the filing was given back before.

    Raises IllegalTransition with a sentence for the person.
    """
    table = {**TRANSITIONS, **TRANSITIONS_ONCE_RETURNED} if came_back else TRANSITIONS
    words = ACTION_WORDS.get(action, "办理")
    refusal = f"这份填报现在是“{state.label}”，不能{words}。请刷新页面看最新状态。"
    return next_state(table, action, state, refusal=refusal)


def can_happen(action: Action, state: FilingState) -> bool:
    """Return whether the life cycle has this step: pages show only buttons that can work."""
    return (action, state) in TRANSITIONS


def steps_of_taking_back(state: FilingState, *, needs_sign_off: bool) -> tuple[Action, ...]:
    """Return the steps that take back what a department handed in, as long as the next one has not decided.

    Where nobody signs off, the signature that went with it is taken back first.
    """
    if state is FilingState.SUBMITTED:
        return (Action.TAKE_BACK_FILING,)
    if state is FilingState.SIGNED_OFF and not needs_sign_off:
        return (Action.TAKE_BACK_SIGN_OFF, Action.TAKE_BACK_FILING)
    return ()


def actions_possible_in(state: FilingState, *, needs_sign_off: bool) -> frozenset[Action]:
    """Return what can be done in a state to a filing of a department whose head signs off, or does not."""
    found = {action for action in LIFE_CYCLE_ACTIONS if can_happen(action, state)}
    if steps_of_taking_back(state, needs_sign_off=needs_sign_off):
        found |= {Action.TAKE_BACK_FILING}
    return frozenset(found if needs_sign_off else found - {Action.TAKE_BACK_SIGN_OFF})


class TakeBack(LabelledEnum):
    """What can be taken back: by its step, as its button says it."""

    SIGNATURE = Action.TAKE_BACK_SIGN_OFF, ACTION_WORDS[Action.TAKE_BACK_SIGN_OFF]
    FILING = Action.TAKE_BACK_FILING, ACTION_WORDS[Action.TAKE_BACK_FILING]

    @property
    def is_signature(self) -> bool:
        return self is TakeBack.SIGNATURE


def take_back_among(possible: frozenset[Action]) -> TakeBack | None:
    """Return what somebody can take back who can do these things; who can decide on it, decides."""
    if Action.SIGN_OFF_FILING in possible:
        return None
    return next((one for one in TakeBack if Action(one) in possible), None)


# What somebody can do who came too late to take something back.
INSTEAD_OF_TAKING_BACK: Mapping[FilingState, str] = {
    FilingState.DRAFT: "可以直接修改。",
    FilingState.RETURNED: "可以直接修改，改好后重新提交。",
    FilingState.SUBMITTED: "",
    FilingState.SIGNED_OFF: "要修改的，请部门负责人撤回审签。",
    FilingState.ACCEPTED: "要修改的，请联系街道办公室重新打开。",
}
