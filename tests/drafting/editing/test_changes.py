"""Every operation on a draft, and all that it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from app.base.clock import clock_stopped_at
from app.drafting.core import queries
from app.drafting.core.life_cycle import WordingState
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.editing import operations as editing
from app.drafting.editing import wording_requests as wordings
from app.drafting.editing.models import WordingRequest
from app.drafting.editing.operations import HEADING_LENGTH, PARAGRAPH_LENGTH, BlockWording
from app.drafting.editing.renewal import operations as renewal
from app.drafting.editing.wording_requests import WORDING_ANSWER_LENGTH
from app.filing.core.models import Filing
from reports.model import Heading, Paragraph, Table
from tests.drafting.drafts import BETTER, OWN_WORDS, accepted_again, block_saying, drafted, fresh, head_of
from tests.drafting.sample_documents import PARTICULARS
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import THRESHOLDS, World

pytestmark = pytest.mark.usefixtures("in_app")

MOMENT = datetime(2026, 10, 9, 9, 30)


def test_each_operation_changes_what_it_names_and_nothing_else(reported: World) -> None:
    Filing.update(accepted_at=MOMENT).where(Filing.accepted_at.is_null(False)).execute()
    found = changes_beside(__file__, MOMENT)
    with clock_stopped_at(MOMENT):
        draft = drafted(reported)
        edit_blocks(found, reported, draft)
        ask_departments(found, reported, draft)
        renew(found, reported, draft)
        describe_and_discard(found, reported, draft)
    found.compare()


def edit_blocks(found: RecordedChanges, world: World, draft: Document) -> None:
    office = world.users["office"]

    def row(place: int) -> DocumentBlock:
        block = queries.find_block(queries.blocks_of(draft)[place].id)
        assert block is not None
        return block

    def step(operation: Callable[..., Any], place: int, *given: Any, late: int = 0) -> Callable[[], Any]:
        def take() -> Any:
            block = row(place)
            return operation(block, *given, by=office, version=block.version - late)

        return take

    def rewrite(place: int, text: str, head: str = "", late: int = 0) -> Callable[[], None]:
        return step(editing.rewrite_block, place, BlockWording(text, head), late=late)

    kinds = [type(one.block) for one in queries.blocks_of(draft)]
    title, text, table = (kinds.index(kind) for kind in (Heading, Paragraph, Table))
    found.record("rewrite a heading", rewrite(title, " 一、总体 \n 情况 "))
    found.record("rewrite a heading at length", rewrite(title, "长" * (HEADING_LENGTH + 1), "长" * 121))
    found.record("rewrite", rewrite(text, " 第一段。 ", " 小  标题 "))
    found.record("rewrite the same", rewrite(text, "第一段。"))
    found.record("rewrite what was changed", rewrite(text, "第二段。", late=1))
    found.record("rewrite to nothing", rewrite(text, " "))
    found.record("rewrite at length", rewrite(text, "长" * (PARAGRAPH_LENGTH + 1)))
    found.record("rewrite a table", rewrite(table, "表"))
    found.record("fix", step(editing.fix_block, text, Paragraph("第三段。"), "comma"))
    found.record("renew", step(editing.renew_block, text, Paragraph("第四段。")))
    found.record("keep what was decided", step(editing.keep_block_words, text))
    found.record("drop", step(editing.drop_block, text))
    found.record("drop what was changed", step(editing.drop_block, title, late=1))
    found.record("rewrite a dropped one to the same", rewrite(text, "第四段。"))
    found.record("drop again", step(editing.drop_block, text))
    found.record("restore", step(editing.restore_block, text))
    found.record("rewrite once more", rewrite(text, "第五段。"))
    assert not wordings.is_reworded(row(text))  # no department's words
    found.record("restore the words", step(editing.restore_block, text))
    move_and_insert(found, world, draft, row)


def move_and_insert(
    found: RecordedChanges, world: World, draft: Document, row: Callable[[int], DocumentBlock]
) -> None:
    office, last = world.users["office"], len(queries.blocks_of(draft)) - 1

    def move(place: int, places: int) -> Callable[[], None]:
        return lambda: editing.move_block(row(place), places, by=office)

    found.record("move down", move(0, 1))
    found.record("move up", move(2, -2))
    found.record("move further than there are", move(last - 1, 9))
    found.record("move the first up", move(0, -1))
    found.record("move the last down", move(last, 1))
    drop = row(1)
    editing.drop_block(drop, by=office, version=drop.version)
    found.record("move over a dropped one", move(2, -1))
    found.record("move a dropped one", move(2, -1))
    insert = partial(editing.insert_block, by=office)
    new = found.record("insert", lambda: insert(row(1), Paragraph(" 新段。 ")))
    found.record("insert at the end", lambda: insert(row(last + 1), Heading(1, "二、 其他")))
    found.record("insert nothing", lambda: insert(row(1), Paragraph(" ")))
    found.record(
        "restore what was written", lambda: editing.restore_block(new, by=office, version=new.version)
    )


@dataclass
class WordingSteps:
    """What the office writes and asks about a block, found by what it says, and how the department answers."""

    world: World
    draft: Document

    def reword(self, old: str, new: str) -> None:
        block = block_saying(self.draft, old)
        wording = BlockWording(new, head_of(block))
        editing.rewrite_block(block, wording, by=self.world.users["office"], version=block.version)

    def ask(self, words: str, late: int = 0) -> Callable[[], WordingRequest]:
        def take() -> WordingRequest:
            block = block_saying(self.draft, words)
            by = self.world.users["office"]
            return wordings.ask_department(block, by=by, version=block.version - late)

        return take

    def answer(self, request: WordingRequest, state: WordingState, words: str = "") -> Callable[[], None]:
        return lambda: wordings.answer_request(request, state, words, by=self.world.users["head"])


def ask_departments(found: RecordedChanges, world: World, draft: Document) -> None:
    steps = WordingSteps(world, draft)
    ask, answer, reword = steps.ask, steps.answer, steps.reword
    found.record("ask about its own words", ask(OWN_WORDS))
    found.record("ask about the office's words", ask("新段。"))
    reword(OWN_WORDS, BETTER)
    found.record("ask about what was changed", ask(BETTER, late=1))
    first = found.record("ask", ask(BETTER))
    second = found.record("ask again", ask(BETTER))
    found.record("answer what was withdrawn", answer(first, WordingState.AGREED))
    found.record("object without a reason", answer(second, WordingState.OBJECTED, " "))
    found.record(
        "object at length", answer(second, WordingState.OBJECTED, "长" * (WORDING_ANSWER_LENGTH + 1))
    )
    found.record("object", answer(second, WordingState.OBJECTED, "长" * WORDING_ANSWER_LENGTH))
    found.record("reword what was objected to", lambda: reword(BETTER, f"{BETTER}另有2家。"))
    third = found.record("ask about the new words", ask(BETTER))
    found.record("agree", answer(third, WordingState.AGREED, " 同意。 "))
    found.record("agree again", answer(third, WordingState.AGREED))
    found.record("reword what was agreed to", lambda: reword(BETTER, BETTER))
    found.record("ask before it is dropped", ask(BETTER))
    drop = block_saying(draft, BETTER)
    found.record(
        "drop what is asked about",
        lambda: editing.drop_block(drop, by=world.users["office"], version=drop.version),
    )
    found.record("ask about a dropped one", ask(BETTER))
    found.record("take it in again", lambda: reword(BETTER, BETTER))
    found.record("ask before the filings change", ask(BETTER))


def renew(found: RecordedChanges, world: World, draft: Document) -> None:
    office = world.users["office"]

    def renew_draft(read: str | None = None) -> Callable[[], object]:
        digest = renewal.renewal_of(fresh(draft), THRESHOLDS).digest if read is None else read
        return lambda: renewal.renew_draft(fresh(draft), by=office, read=digest, thresholds=THRESHOLDS)

    assert renewal.count_newer_filings(fresh(draft), THRESHOLDS) == 0
    found.record("renew words that are the filings' no more", renew_draft())
    assert found.record("renew what has not changed", renew_draft()).is_empty
    with clock_stopped_at(MOMENT + timedelta(days=1)):
        accepted_again(world, "已走访企业48家。")
        assert renewal.count_newer_filings(fresh(draft), THRESHOLDS) == 1
        found.record("renew what was not read", renew_draft("0"))
        assert not found.record("renew the draft", renew_draft()).is_empty
        version = block_saying(draft, BETTER).version
        for name, late in (("keep at another version", 1), ("keep the words", 0)):
            keep = partial(editing.keep_block_words, block_saying(draft, BETTER), by=office)
            found.record(name, partial(keep, version=version - late))
        accepted_again(world, "已走访企业50家。")
        renew_draft()()
        again = block_saying(draft, BETTER)
        found.record(
            "take over the words",
            lambda: editing.renew_block(again, Paragraph("50家。"), by=office, version=again.version),
        )
        assert renewal.count_newer_filings(fresh(draft), THRESHOLDS) == 0


def describe_and_discard(found: RecordedChanges, world: World, draft: Document) -> None:
    office = world.users["office"]

    def describe(title: str, read: str = "", **changes: Any) -> Callable[[], None]:
        current, particulars = fresh(draft), replace(PARTICULARS, **changes)
        digest = read or current.frame_digest
        return lambda: editing.change_description(current, title, particulars, by=office, read=digest)

    def discard(late: int = 0) -> Callable[[], None]:
        current = fresh(draft)
        return lambda: editing.discard_draft(current, by=office, version=current.version - late)

    found.record("describe", describe(" 三季度 报告 ", signers=("李示例",), note="联系人：王某"))
    found.record("describe without a title", describe(" "))
    found.record("describe at length", describe("长" * (HEADING_LENGTH + 1)))
    found.record("describe with another word", describe("报告", word="甲街"))
    found.record("describe to a day that has not come", describe("报告", dated=date(2036, 1, 1)))
    found.record("describe what was changed", describe("报告", read="0"))
    steps = WordingSteps(world, draft)
    steps.reword("50家。", "改过。")
    steps.ask("改过。")()
    found.record("discard what was changed", discard(late=1))
    found.record("discard", discard())
    found.record("discard again", discard())
    found.record("edit what was discarded", describe("报告"))
