"""Everything that the page of one filing shows besides its text: the plan, what was accepted before,
possible actions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.access.models import Account
from app.access.queries import contacts_of
from app.authority.actor import Actor
from app.authority.policy import Action, is_allowed
from app.authority.roles import Role
from app.base.labels import LabelledEnum
from app.base.settings.settings import Settings
from app.filing.contributions.contribution_pages import ContributionsBeside, contributions_beside
from app.filing.core import content_reading, queries
from app.filing.core.content import FilingContent
from app.filing.core.content_hints import ContentHint, HintSubject, content_hints
from app.filing.core.filing_steps import FilingStep, steps_of_filings
from app.filing.core.indicator_progress import IndicatorProgress, progress_of_indicators
from app.filing.core.life_cycle import (
    FilingStanding,
    FilingState,
    TakeBack,
    actions_possible_in,
    take_back_among,
)
from app.filing.core.lights import Light, thresholds_of
from app.filing.core.measure_status import NEEDS_STATUS_REASON
from app.filing.core.milestone_standing import MilestoneOutcome, outcome_of_milestone
from app.filing.core.models import Filing, FilingRevision
from app.filing.core.queries import ListPlace
from app.filing.core.submission_checks import AcceptedContent, questions_about
from app.filing.department.forms import FilingForm, filing_form_over
from app.filing.department.offered_answers import OfferedAnswers, offered_answers
from app.filing.department.report_budget import ReportBudget, report_budget_of
from app.filing.department.sign_off_corrections import last_correction
from app.filing.department.task_list import due_of_departments
from app.filing.presence.rules import WATCHED_STATES
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.queries import suggestions_on
from app.plan.core import queries as plans
from app.plan.core.models import Indicator, Milestone, PlanItem
from app.plan.core.queries import ResponsibleDepartments


class PlannedParts(NamedTuple):
    """What the plan asks for at the end of a filing's quarter; `milestones` are those of the whole year."""

    commitments: tuple[PlanItem, ...]
    indicators: tuple[Indicator, ...]
    milestones: tuple[Milestone, ...]

    def form_in(self, number: int) -> type[FilingForm]:
        """Return the form with these parts; milestones due in the quarter come before those due earlier."""
        due = sorted(
            (one for one in self.milestones if one.quarter <= number), key=lambda one: one.quarter != number
        )
        return filing_form_over(self.commitments, self.indicators, due)


@dataclass(frozen=True)
class FormDetails:
    """What the form of a filing shows besides the typed text, as far as a save can change it.

    `accepted` is the filing found by `last_accepted`; `possible_actions` are those of the reader.
    """

    filing: Filing
    content: FilingContent
    commitments: tuple[PlanItem, ...]
    last_accepted: Filing | None
    accepted: FilingContent | None
    possible_actions: frozenset[Action]
    milestones: tuple[Milestone, ...]
    indicator_progress: tuple[IndicatorProgress, ...]
    budget: ReportBudget | None
    is_own: bool
    computed_light: Light

    @property
    def can_write(self) -> bool:
        """Return whether the reader can save it now."""
        return Action.WRITE_FILING in self.possible_actions

    @property
    def has_light(self) -> bool:
        """Return whether there is enough to compute a light."""
        return self.content.percent is not None or self.content.status in NEEDS_STATUS_REASON

    @property
    def shown_state(self) -> LabelledEnum:
        """Return the state that the reader may know: another department's draft counts as not filed."""
        if self.is_own:
            return self.filing.own_state
        is_draft = self.filing.state is FilingState.DRAFT
        return FilingStanding.UNREPORTED if is_draft else self.filing.shown_state

    @property
    def milestones_now(self) -> tuple[Milestone, ...]:
        """Return the milestones due by the end of the filing's quarter."""
        return tuple(row for row in self.milestones if row.quarter == self.filing.period.number)

    @property
    def milestones_before(self) -> tuple[Milestone, ...]:
        """Return the milestones that were due in earlier quarters."""
        return tuple(row for row in self.milestones if row.quarter < self.filing.period.number)

    @property
    def reached_ids(self) -> frozenset[int]:
        """Return the ids of the milestones that are reached."""
        return frozenset(key for key, reached in self.content.milestones.items() if reached)

    @property
    def milestones_due(self) -> tuple[Milestone, ...]:
        """Return the milestones of this quarter, then those of earlier ones."""
        return (*self.milestones_now, *self.milestones_before)

    @property
    def asked_indicators(self) -> tuple[Indicator, ...]:
        return tuple(row.indicator for row in self.indicator_progress)

    @property
    def accepted_content(self) -> AcceptedContent | None:
        """Return the content accepted last, with its quarter."""
        if self.last_accepted and self.accepted:
            return AcceptedContent(self.accepted, self.last_accepted.period.quarter)
        return None

    def questions_in(self, content: FilingContent) -> dict[str, str]:
        """Return, by field, the questions about `content`, compared with what was accepted last."""
        return questions_about(content, self.accepted_content, self.asked_indicators)

    def offers_for(self, content: FilingContent) -> OfferedAnswers:
        """Return what the form with `content` offers to take over."""
        return offered_answers(content, self.accepted_content, self.indicator_progress, self.milestones)


@dataclass(frozen=True)
class FilingDetails(FormDetails):
    """Everything that the page of a filing shows besides its text.

    `steps` is its history; for a writer it is loaded only when it is unfolded.
    """

    above: tuple[PlanItem, ...]
    responsible: ResponsibleDepartments
    beside: ContributionsBeside
    steps: tuple[FilingStep, ...]
    heads_to_sign: tuple[Account, ...]
    correction: FilingRevision | None
    suggestions: tuple[WordingSuggestion, ...] = ()
    before: ListPlace | None = None
    after: ListPlace | None = None

    @property
    def has_neighbours(self) -> bool:
        return self.before is not None or self.after is not None

    @property
    def is_watched(self) -> bool:
        """Return whether the reader sees who else has the page open: only those who can still write or sign it."""
        return self.is_own and bool(self.possible_actions) and self.filing.state in WATCHED_STATES

    @property
    def can_accept(self) -> bool:
        """Return whether the reader can accept it now."""
        return Action.ACCEPT_FILING in self.possible_actions

    @property
    def can_send_back(self) -> bool:
        """Return whether the reader can send it back now."""
        return Action.SEND_BACK_FILING in self.possible_actions

    @property
    def can_suggest(self) -> bool:
        """Return whether the reader can suggest other words now."""
        return Action.SUGGEST_WORDING in self.possible_actions

    @property
    def can_answer(self) -> bool:
        """Return whether the reader can answer what was suggested now."""
        return Action.ANSWER_SUGGESTION in self.possible_actions

    @property
    def open_suggestions(self) -> tuple[WordingSuggestion, ...]:
        return tuple(one for one in self.suggestions if one.is_open)

    @property
    def answered_suggestions(self) -> tuple[WordingSuggestion, ...]:
        return tuple(one for one in self.suggestions if not one.is_open)

    @property
    def can_reopen(self) -> bool:
        """Return whether the reader can reopen it now."""
        return Action.REOPEN_FILING in self.possible_actions

    @property
    def can_sign_off(self) -> bool:
        """Return whether the reader can sign it off now."""
        return Action.SIGN_OFF_FILING in self.possible_actions

    @property
    def folds_directives(self) -> int | None:
        """Return 1, as an address argument, if the directives are to be folded because the form comes first."""
        return 1 if self.can_write or self.can_sign_off else None

    @property
    def take_back(self) -> TakeBack | None:
        """Return what the reader can take back now."""
        return take_back_among(self.possible_actions)

    @property
    def department_due_words(self) -> str:
        """Return how far off the department's due date is, in words."""
        return due_of_departments(self.filing.period, [self.filing.department_id])

    def outcome_of(self, milestone: Milestone) -> MilestoneOutcome | None:
        """Return whether a milestone was reached according to the department; None if nobody has asked."""
        ticked = self.content.milestones.get(milestone.id)
        return None if ticked is None else outcome_of_milestone(milestone, ticked=ticked, number=None)

    @property
    def supporter_names(self) -> str:
        return "、".join(department.short_name for department in self.responsible.supports)

    @property
    def hints(self) -> list[ContentHint]:
        """Return the contradictions within the filing and with what was accepted last."""
        if not self.filing.is_handed_in:
            return []
        return content_hints(
            HintSubject(self.content, self.filing.light, self.accepted_content, self.indicator_progress)
        )


def planned_parts_of(filing: Filing) -> PlannedParts:
    """Return what the plan asks of a filing's measure: three queries."""
    return PlannedParts(
        tuple(content_reading.commitments_for(filing)),
        tuple(content_reading.indicators_for(filing)),
        tuple(plans.milestones_of_measure(filing.measure, on=filing.period.last_day)),
    )


def form_details_of(
    filing: Filing, *, reader: Actor, settings: Settings, planned: PlannedParts | None = None
) -> FormDetails:
    """Return what the form of a filing shows: a fixed number of queries, since every autosave asks for it.

    planned: the planned parts, if they were loaded with the form already.
    """
    planned = planned or planned_parts_of(filing)
    last = queries.last_accepted(filing)
    content, *earlier = content_reading.contents_of_filings([filing, last] if last else [filing])
    return FormDetails(
        filing=filing,
        content=content,
        commitments=planned.commitments,
        last_accepted=last,
        accepted=earlier[0] if earlier else None,
        possible_actions=possible_actions_on(filing, reader),
        milestones=planned.milestones,
        indicator_progress=progress_of_indicators(
            planned.indicators, content, content_reading.accepted_before(filing)
        ),
        budget=report_budget_of(filing, settings.report_budget),
        is_own=filing.department_id in reader.department_ids,
        computed_light=content.computed_light(filing.period.quarter, thresholds_of(settings)),
    )


def details_of(filing: Filing, *, reader: Actor, settings: Settings) -> FilingDetails:
    """Return the details of a filing as `reader` may see them."""
    day = filing.period.last_day
    responsible = plans.responsible_for_measure(filing.measure, on=day).named_on(day)
    form = form_details_of(filing, reader=reader, settings=settings)
    before, after = list_neighbours(filing) if form.is_own else (None, None)
    return FilingDetails(
        **vars(form),
        above=plans.headings_above(filing.measure, on=day),
        responsible=responsible,
        beside=contributions_beside(filing, responsible.groups, reader=reader),
        steps=() if form.can_write else steps_of_filings([filing], reader=reader),
        heads_to_sign=heads_to_sign(filing) if form.is_own else (),
        correction=last_correction(filing) if form.is_own else None,
        suggestions=tuple(suggestions_on(filing)),
        before=before,
        after=after,
    )


def heads_to_sign(filing: Filing) -> tuple[Account, ...]:
    """Return who has to sign a filing: one query if it waits for a signature, else none."""
    if filing.state is not FilingState.SUBMITTED:
        return ()
    return tuple(contacts_of(frozenset({Role.HEAD}), frozenset({filing.department_id})))


def possible_actions_on(filing: Filing, user: Actor) -> frozenset[Action]:
    """Return what this person can do with a filing now: allowed by the life cycle and the policy table."""
    if queries.is_filing_locked(filing):
        return frozenset()
    needs_sign_off = filing.department.needs_sign_off
    return frozenset(
        action
        for action in actions_possible_in(filing.state, needs_sign_off=needs_sign_off)
        if is_allowed(user, action, filing)
    )


def list_neighbours(filing: Filing) -> tuple[ListPlace | None, ListPlace | None]:
    """Return the filings before and after this one in its department's list."""
    listed = queries.places_in_list(filing)
    padded = [None, *listed, None]
    here = next(place for place, other in enumerate(listed) if other.id == filing.id)
    return padded[here], padded[here + 2]
