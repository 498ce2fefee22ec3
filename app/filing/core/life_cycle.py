"""The life cycle of a filing: its states, the steps between them, and the words for them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.authority.policy import Action
from app.base.labels import LabelledEnum, LabelTone
from app.base.transitions import next_state


class FilingState(LabelledEnum):
    """The stored state of a filing."""

    DRAFT = "draft", "草稿", LabelTone.NEUTRAL
    SUBMITTED = "submitted", "待审签", LabelTone.WAITING
    SIGNED_OFF = "signed_off", "待采用", LabelTone.WAITING
    RETURNED = "returned", "已退回", LabelTone.ATTENTION
    ACCEPTED = "accepted", "已采用", LabelTone.GOOD


class ReturnKind(LabelledEnum):
    """Whether a returned filing has to be corrected, or only supplemented (仅请补充), which is no criticism."""

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
    """A state that only the own department distinguishes: nothing is written yet."""

    UNWRITTEN = "unwritten", "未填写", LabelTone.NEUTRAL


def stage_of(state: FilingState, kind: ReturnKind) -> FilingStage:
    """Return the stage of a filing: its state and, if it was returned, how."""
    is_supplement = state is FilingState.RETURNED and kind is ReturnKind.SUPPLEMENT
    return ReturnKind.SUPPLEMENT if is_supplement else state


def state_and_kind(stage: FilingStage | None) -> tuple[FilingState | None, ReturnKind | None]:
    """Return the stored state and kind of a stage, the reverse of `stage_of`; None means any kind."""
    if isinstance(stage, ReturnKind):
        return FilingState.RETURNED, stage
    return stage, ReturnKind.CORRECT if stage is FilingState.RETURNED else None


class FilingStanding(LabelledEnum):
    """The standing of a filing as others than its own department see it: a draft counts as not filed, or as overdue."""

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
    """Return the standing of a stage; `overdue` means that the due date and its grace are over."""
    if stage is FilingState.DRAFT:
        return FilingStanding.OVERDUE if overdue else FilingStanding.UNREPORTED
    return STANDINGS[stage]


def standing_of(
    state: FilingState, *, overdue: bool, kind: ReturnKind = ReturnKind.CORRECT
) -> FilingStanding:
    """Return the standing of a filing from its state and, if it was returned, how."""
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
    """Return the word for a step that was taken; sending back may have been a request for a supplement."""
    return ReturnKind.SUPPLEMENT.label if kind is ReturnKind.SUPPLEMENT else ACTION_WORDS[action]


def next_filing_state(action: Action, state: FilingState, *, came_back: bool = False) -> FilingState:
    """Return the state that `action` leads to; `came_back` says that the filing was returned before.

    Raises IllegalTransition with a sentence for the user.
    """
    table = {**TRANSITIONS, **TRANSITIONS_ONCE_RETURNED} if came_back else TRANSITIONS
    words = ACTION_WORDS.get(action, "办理")
    refusal = f"这份填报现在是“{state.label}”，不能{words}。请刷新页面看最新状态。"
    return next_state(table, action, state, refusal=refusal)


def can_happen(action: Action, state: FilingState) -> bool:
    """Return whether the life cycle allows this step; pages show only buttons that can work."""
    return (action, state) in TRANSITIONS


def steps_of_taking_back(state: FilingState, *, needs_sign_off: bool) -> tuple[Action, ...]:
    """Return the steps that take back what a department submitted, while nobody has decided on it.

    If the department needs no sign-off, the automatic one is taken back first.
    """
    if state is FilingState.SUBMITTED:
        return (Action.TAKE_BACK_FILING,)
    if state is FilingState.SIGNED_OFF and not needs_sign_off:
        return (Action.TAKE_BACK_SIGN_OFF, Action.TAKE_BACK_FILING)
    return ()


def actions_possible_in(state: FilingState, *, needs_sign_off: bool) -> frozenset[Action]:
    """Return the steps that are possible in a state, for a department with or without sign-off."""
    found = {action for action in LIFE_CYCLE_ACTIONS if can_happen(action, state)}
    if steps_of_taking_back(state, needs_sign_off=needs_sign_off):
        found |= {Action.TAKE_BACK_FILING}
    return frozenset(found if needs_sign_off else found - {Action.TAKE_BACK_SIGN_OFF})


class TakeBack(LabelledEnum):
    """A step that can be taken back, with the label of its button."""

    SIGNATURE = Action.TAKE_BACK_SIGN_OFF, ACTION_WORDS[Action.TAKE_BACK_SIGN_OFF]
    FILING = Action.TAKE_BACK_FILING, ACTION_WORDS[Action.TAKE_BACK_FILING]

    @property
    def is_signature(self) -> bool:
        return self is TakeBack.SIGNATURE


def take_back_among(possible: frozenset[Action]) -> TakeBack | None:
    """Return what can be taken back by a person who has these permissions and does not himself decide next."""
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
