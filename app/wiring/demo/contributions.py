"""Contributions of the sample: what the table says, and for the others what neighbourhoods usually say."""

from __future__ import annotations

from app.authority.actor import Actor
from app.filing.contributions import operations, queries
from app.filing.contributions.models import Contribution
from app.filing.contributions.operations import ReadContribution, WrittenContribution, mark_of_text
from app.periods.models import Period
from app.wiring.demo.sample_actors import SampleActors
from app.wiring.demo.sample_tables import SampleFiling, SampleOutcome

# Of those of which the table says nothing: every third still owes, the others have nothing to contribute.
OWING = 3


class SampleContributions:
    """Makes the contributions of one quarter with the operations that people use."""

    def __init__(self, period: Period, actors: SampleActors) -> None:
        self.period, self.actors = period, actors
        query = queries.contributions_with_context().where(Contribution.period == period)
        self.by_place = {
            (one.measure.position, one.department_id): one for one in queries.read_contributions(query)
        }
        self.written: set[tuple[int, int]] = set()

    def write_sample(self, place: tuple[int, int], sample: SampleFiling) -> None:
        """Bring a contribution to what the sample says of it; what came back was asked for more by the lead."""
        one = self.by_place[place]
        self.written.add(place)
        written = WrittenContribution(sample.content.progress, mark_of_text(one))
        is_draft = sample.outcome is SampleOutcome.DRAFT
        saved = operations.save_contribution(one, written, by=self.filer_of(one), hand_in=not is_draft)
        if sample.outcome is SampleOutcome.RETURNED and one.lead_id is not None:
            current, lead = saved.contribution, self.actors.filers[one.lead_id]
            operations.ask_contribution(current, sample.returned_reason, by=lead, version=current.version)

    def settle_others(self) -> None:
        """Waive one measure, and let most of the others say that there is nothing to contribute."""
        others = [one for place, one in self.by_place.items() if place not in self.written]
        if not others:
            return
        self.ask_first(others[0])
        waived = others[-1].measure
        operations.waive_contributions(self.period, waived, by=self.actors.office)
        for number, one in enumerate(others):
            if one.measure_id != waived.id and number % OWING:
                operations.mark_not_needed([ReadContribution(one, one.version)], by=self.filer_of(one))

    def ask_first(self, one: Contribution) -> None:
        """Let the lead of one that is owed say what it needs."""
        if one.lead_id is not None:
            lead = self.actors.filers[one.lead_id]
            operations.ask_contribution(
                one, "请写明本季度开展的次数和涉及的户数。", by=lead, version=one.version
            )

    def filer_of(self, one: Contribution) -> Actor:
        return self.actors.filers[one.department_id]
