"""The sample's contributions: those in the table, and simple ones for the rest."""

from __future__ import annotations

from app.authority.actor import Actor
from app.filing.contributions import operations, queries
from app.filing.contributions.models import Contribution
from app.filing.contributions.operations import ReadContribution, WrittenContribution, mark_of_text
from app.periods.models import Period
from app.wiring.demo.sample_actors import SampleActors
from app.wiring.demo.sample_tables import SampleFiling, SampleOutcome

# Of the contributions not in the table, every third is still owed; for the others, there is nothing to contribute.
OWING = 3


class SampleContributions:
    """Makes the contributions of one quarter through the operations that people use."""

    def __init__(self, period: Period, actors: SampleActors) -> None:
        self.period, self.actors = period, actors
        query = queries.contributions_with_context().where(Contribution.period == period)
        self.by_place = {
            (one.measure.position, one.department_id): one for one in queries.read_contributions(query)
        }
        self.written: set[tuple[int, int]] = set()

    def write_sample(self, place: tuple[int, int], sample: SampleFiling) -> None:
        """Bring a contribution into its state in the sample; for a returned one, the lead asks for more."""
        one = self.by_place[place]
        self.written.add(place)
        written = WrittenContribution(sample.content.progress, mark_of_text(one))
        is_draft = sample.outcome is SampleOutcome.DRAFT
        saved = operations.save_contribution(one, written, by=self.filer_of(one), hand_in=not is_draft)
        if sample.outcome is SampleOutcome.RETURNED and one.lead_id is not None:
            current, lead = saved.contribution, self.actors.filers[one.lead_id]
            operations.ask_contribution(current, sample.returned_reason, by=lead, version=current.version)

    def settle_others(self) -> None:
        """Waive one measure, and mark most of the other contributions as not needed."""
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
        """Let the lead ask for what it needs for an owed contribution."""
        if one.lead_id is not None:
            lead = self.actors.filers[one.lead_id]
            operations.ask_contribution(
                one, "请写明本季度开展的次数和涉及的户数。", by=lead, version=one.version
            )

    def filer_of(self, one: Contribution) -> Actor:
        return self.actors.filers[one.department_id]
