"""Every step of a contribution, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from app.filing.contributions import operations
from app.filing.contributions.operations import ReadContribution, WrittenContribution, mark_of_text
from app.filing.contributions.rules import ASKED_LENGTH, CONTRIBUTION_LENGTH
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.periods.operations import close_period
from app.plan.core.models import PlanItem
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import World

BEGIN = datetime(2026, 9, 24, 9, 30)
TEXT = "配合开展整治2次。"


class ContributionCalls:
    """Operations on the contributions of a world, ready to be called upon what was read last."""

    def __init__(self, world: World) -> None:
        self.world, self.users = world, world.users

    def save(
        self,
        text: str,
        by: str = "filer:城管办",
        name: str = "城管办",
        *,
        mark: str = "",
        hand_in: bool = False,
    ) -> Callable[[], str]:
        one = self.world.contribution(1, name)
        written = WrittenContribution(text, mark or mark_of_text(one))

        def save_it() -> str:
            saved = operations.save_contribution(one, written, by=self.users[by], hand_in=hand_in)
            return f"conflict: {saved.conflict}, {saved.contribution.text}"

        return save_it

    def not_needed(self, *names: str, by: str = "filer:一居", late: int = 0) -> Callable[[], int]:
        found = [self.world.contribution(1, name) for name in names]
        read = [ReadContribution(one, one.version - late) for one in found]
        return partial(operations.mark_not_needed, read, by=self.users[by])

    def step(
        self, operation: Callable[..., Any], *given: Any, name: str = "城管办", by: str, late: int = 0
    ) -> Callable[[], Any]:
        one = self.world.contribution(1, name)
        return partial(operation, one, *given, by=self.users[by], version=one.version - late)

    def waive(
        self, operation: Callable[..., int], measure: PlanItem | None, by: str = "office"
    ) -> Callable[[], int]:
        return partial(operation, self.world.period, measure, by=self.users[by])


def test_each_step_changes_what_it_names_and_nothing_else(world: World) -> None:
    found, calls = changes_beside(__file__, BEGIN), ContributionCalls(world)
    write_and_hand_in(found, calls)
    ask_for_more(found, calls)
    take_over(found, calls)
    waive_and_restore(found, calls)
    come_too_late(found, calls)
    found.compare()


def write_and_hand_in(found: RecordedChanges, calls: ContributionCalls) -> None:
    save, empty = calls.save, mark_of_text(calls.world.contribution(1, "城管办"))
    found.record("hand in nothing", save(" ", hand_in=True))
    found.record("save nothing", save(""))
    found.record("save too much", save("长" * (CONTRIBUTION_LENGTH + 1)))
    found.record("save for another", save("代写。", "filer"))
    found.record("save", save("配合开展整治"))
    found.record("save the same", save("配合开展整治"))
    found.record("go on", save(TEXT))
    found.record("save over another text", save("另一个窗口写的。", mark=empty))
    found.record("hand in", save(TEXT, hand_in=True))
    found.record("hand in the same again", save(TEXT, hand_in=True))
    found.record("empty what is handed in", save(" "))
    found.record("hand in more", save(f"{TEXT}共30户。", hand_in=True))
    found.record("write it anew", save("全部改写。"))
    found.record("let another write it on", save("全部改写。又添一句。", "head:城管办"))
    found.record("mark as not needed", calls.not_needed("一居"))
    found.record("mark what was changed", calls.not_needed("一居", late=1))
    found.record("mark one's own and another's", calls.not_needed("一居", "城管办"))
    found.record("take that back", calls.step(operations.take_back_not_needed, name="一居", by="filer:一居"))


def ask_for_more(found: RecordedChanges, calls: ContributionCalls) -> None:
    ask = partial(calls.step, operations.ask_contribution, by="filer")
    remind = partial(operations.remind_supporters, calls.world.filing(1))
    found.record("ask for nothing", ask(" "))
    found.record("ask for too much", ask("长" * (ASKED_LENGTH + 1)))
    found.record("ask as another department", ask("请补户数。", by="filer:一居"))
    found.record("ask upon an older one", ask("请补户数。", late=1))
    found.record("ask", ask(" 请补户数。 "))
    found.record("remind as another department", partial(remind, by=calls.users["filer:一居"]))
    found.record("remind", partial(remind, by=calls.users["filer"]))
    found.record("answer", calls.save("共30户。", hand_in=True))
    found.record("ask another", ask("请写。", name="一居"))
    found.record("mark what was asked for as not needed", calls.not_needed("一居"))
    found.record("remind nobody", partial(remind, by=calls.users["filer"]))
    found.record("ask in spite of it", ask("还是请写。", name="一居"))


def take_over(found: RecordedChanges, calls: ContributionCalls) -> None:
    one, filing, other = calls.world.contribution(1, "城管办"), calls.world.filing(1), calls.world.filing(2)
    take = partial(operations.take_over_contribution, by=calls.users["filer"], version=one.version)
    found.record("take it over into another filing", partial(take, other, one))
    found.record("take it over as its department", partial(take, filing, one, by=calls.users["filer:城管办"]))
    found.record("take it over", partial(take, filing, one))
    found.record("take it over again", partial(take, filing, one))


def waive_and_restore(found: RecordedChanges, calls: ContributionCalls) -> None:
    waive = partial(calls.waive, operations.waive_contributions)
    restore = partial(calls.waive, operations.restore_contributions)
    first, second = calls.world.measures[:2]
    found.record("waive as filer", waive(None, "filer"))
    found.record("waive those of another measure", waive(second))
    found.record("waive what is owed to a measure", waive(first))
    found.record("waive again", waive(first))
    found.record(
        "ask for what was waived", calls.step(operations.ask_contribution, "请写。", name="一居", by="filer")
    )
    found.record("restore as filer", restore(first, "filer"))
    found.record("restore", restore(first))
    found.record("waive all", waive(None))
    found.record("restore all", restore(None))


def come_too_late(found: RecordedChanges, calls: ContributionCalls) -> None:
    number = calls.world.filing(1).id
    moment = {"submitted_at": BEGIN, "signed_off_at": BEGIN, "accepted_at": BEGIN}
    Filing.update(state=FilingState.ACCEPTED, **moment).where(Filing.id == number).execute()
    found.record("save when it is accepted", calls.save("太晚了。"))
    found.record("mark when it is accepted", calls.not_needed("一居"))
    found.record("waive when it is accepted", calls.waive(operations.waive_contributions, None))
    Filing.update(state=FilingState.SUBMITTED, accepted_at=None).where(Filing.id == number).execute()
    close_period(calls.world.period, by=calls.users["office"])
    found.record("save when it is closed", calls.save("太晚了。"))
    found.record("ask when it is closed", calls.step(operations.ask_contribution, "请写。", by="filer"))
    found.record(
        "remind when it is closed",
        partial(operations.remind_supporters, calls.world.filing(1), by=calls.users["filer"]),
    )
    found.record("waive when it is closed", calls.waive(operations.waive_contributions, None))
