"""Other words that the office suggests, each answer to them, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from app.base.clock import clock_stopped_at
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import Filing
from app.filing.core.operations import accept_filing
from app.filing.suggestions import operations
from app.filing.suggestions.models import WordingSuggestion
from app.filing.suggestions.queries import find_suggestion
from tests.filing.pages import brought_to
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import THRESHOLDS, World

BEGIN = datetime(2026, 9, 24, 9, 30)
NEW = "走访企业32家，形成线索12条。"


class SuggestionCalls:
    """Operations on the suggestions to the filing on measure 1, ready to be called upon what was read last."""

    def __init__(self, world: World) -> None:
        self.world, self.users = world, world.users

    def suggest(
        self, texts: dict[str, str], by: str = "office", *, late: int = 0, note: str = ""
    ) -> Callable[[], tuple[int, ...]]:
        filing = self.world.filing(1)

        def do_it() -> tuple[int, ...]:
            version = filing.version - late
            made = operations.suggest_wording(filing, texts, by=self.users[by], version=version, note=note)
            return tuple(one.id for one in made)

        return do_it

    def found(self, number: int) -> WordingSuggestion:
        suggestion = find_suggestion(number)
        assert suggestion is not None
        return suggestion

    def agree(self, number: int, by: str = "filer") -> Callable[[], None]:
        given = {"by": self.users[by], "thresholds": THRESHOLDS}
        return partial(operations.agree_to_suggestion, self.found(number), **given)

    def decline(self, number: int, words: str, by: str = "filer") -> Callable[[], None]:
        return partial(operations.decline_suggestion, self.found(number), words, by=self.users[by])

    def withdraw(self, number: int, by: str = "office") -> Callable[[], None]:
        return partial(operations.withdraw_suggestion, self.found(number), by=self.users[by])


def test_each_step_changes_what_it_names_and_nothing_else(world: World) -> None:
    with clock_stopped_at(BEGIN):
        brought_to(FilingState.SIGNED_OFF, world)
    found, calls = changes_beside(__file__, BEGIN), SuggestionCalls(world)
    suggest_words(found, calls)
    answer(found, calls)
    let_them_end(found, calls)
    found.compare()


def suggest_words(found: RecordedChanges, calls: SuggestionCalls) -> None:
    old = calls.world.filing(1).progress
    found.record("suggest as filer", calls.suggest({"progress": NEW}, "filer"))
    found.record("suggest nothing new", calls.suggest({"progress": f" {old} "}))
    found.record("suggest nothing at all", calls.suggest({"progress": " ", "problems": "长" * 10_001}))
    found.record("suggest with a long note", calls.suggest({"progress": NEW}, note="长" * 501))
    found.record("suggest upon an older one", calls.suggest({"progress": NEW}, late=1))
    texts = {
        "progress": NEW,
        "problems": f"个别企业联系不畅。{'长' * 9_000}",
        "next_steps": "四季度继续走访。",
    }
    found.record("suggest two", calls.suggest(texts, note=" 请精简。 "))
    found.record("suggest again", calls.suggest({"progress": f" 共{NEW} ", "next_steps": "四季度走访。"}))


def answer(found: RecordedChanges, calls: SuggestionCalls) -> None:
    found.record("agree to what was replaced", calls.agree(1))
    found.record("agree as another department", calls.agree(3, "filer:城管办"))
    found.record("agree", calls.agree(3))
    found.record("agree again", calls.agree(3))
    found.record("decline without a word", calls.decline(4, " "))
    found.record("decline at length", calls.decline(4, "长" * 201))
    found.record("decline as office", calls.decline(4, "不改。", "office"))
    found.record("decline", calls.decline(4, " 原话更准。 "))
    found.record("withdraw as filer", calls.withdraw(2, "filer"))
    found.record("withdraw", calls.withdraw(2))
    found.record("withdraw what was answered", calls.withdraw(4))


def let_them_end(found: RecordedChanges, calls: SuggestionCalls) -> None:
    texts = {"progress": "走访企业。", "problems": "联系不畅。"}
    found.record("suggest once more", calls.suggest(texts))
    number = calls.world.filing(1).id
    Filing.update(progress="另有改动。").where(Filing.id == number).execute()
    found.record("agree to words for others", calls.agree(5))
    filing = calls.world.filing(1)
    accept = partial(accept_filing, filing, by=calls.users["office"], version=filing.version)
    found.record("accept the filing", accept)
    found.record("suggest for what is accepted", calls.suggest({"progress": NEW}))
    found.record("decline what ended so", calls.decline(6, "不改。"))
