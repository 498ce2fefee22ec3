"""A reply's way from its first word to the directive and on into a filing, and all that each step changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from app.base.clock import clock_stopped_at
from app.directives.core.content import REPLY_LENGTH
from app.directives.core.models import Directive, DirectiveReply
from app.directives.replies import operations as replies
from app.directives.replies.models import ReplyDraft
from app.directives.replies.queries import draft_of
from app.directives.steps.operations import request_extension
from tests.directives.writing import reload_directive, written_directive
from tests.recorded_changes import RecordedChanges, changes_beside
from tests.world import THRESHOLDS, World

BEGIN = datetime(2026, 9, 22, 9, 30)


written_at_begin = clock_stopped_at(BEGIN)(written_directive)


class ReplyCalls:
    """Operations on the replies to one directive, ready to be called upon what was read last."""

    def __init__(self, world: World, directive: Directive) -> None:
        self.world, self.users, self.number = world, world.users, directive.id

    @property
    def directive(self) -> Directive:
        return reload_directive(Directive.get_by_id(self.number))

    def draft(self, name: str = "经发办") -> ReplyDraft:
        return draft_of(self.directive, self.world.departments[name])

    def save(
        self, text: str, by: str, name: str = "经发办", *, late: int = 0, **values: Any
    ) -> Callable[[], Any]:
        given = {"department": self.world.departments[name], "by": self.users[by], **values}
        return partial(
            replies.save_reply, self.directive, text, version=self.draft(name).version - late, **given
        )

    def read(self, name: str, late: int = 0, late_directive: int = 0) -> replies.ReadReply:
        return replies.ReadReply(self.directive.version - late_directive, self.draft(name).version - late)

    def submit(
        self, text: str, by: str, name: str = "经发办", *, late_directive: int = 0, **values: Any
    ) -> Callable[[], Any]:
        given = {"department": self.world.departments[name], "by": self.users[by], **values}
        read = self.read(name, late_directive=late_directive)
        return partial(replies.submit_reply, self.directive, text, read=read, **given)

    def sign(self, text: str, by: str = "head", *, late: int = 0) -> Callable[[], None]:
        return partial(
            replies.sign_reply, self.draft(), text, by=self.users[by], read=self.read("经发办", late)
        )

    def give_back(self, reason: str, *, late: int = 0) -> Callable[[], None]:
        draft = self.draft()
        by, version = self.users["head"], draft.version - late
        return partial(replies.return_reply, draft, reason=reason, by=by, version=version)

    def take_back(self, by: str = "filer", *, late: int = 0) -> Callable[[], None]:
        draft = self.draft()
        return partial(replies.take_back_reply, draft, by=self.users[by], version=draft.version - late)


def test_each_step_changes_what_it_names_and_nothing_else(world: World) -> None:
    found = changes_beside(__file__, BEGIN)
    calls = ReplyCalls(world, written_at_begin(world, "经发办", "城管办", "一居", due_on=date(2026, 9, 30)))
    write_and_hand_in(found, calls)
    sign_and_answer(found, calls)
    hand_drafts_on(found, calls)
    take_into_filings(found, calls)
    confidential = written_at_begin(world, is_confidential=True)
    keep_secret(found, ReplyCalls(world, confidential))
    found.compare()


def write_and_hand_in(found: RecordedChanges, calls: ReplyCalls) -> None:
    found.record("save", calls.save("写了一半", "filer", is_final=False))
    found.record("save what was changed", calls.save("又写", "filer", late=1))
    found.record("save too much", calls.save("长" * (REPLY_LENGTH + 1), "filer"))
    found.record("save for another", calls.save("代写", "filer", "城管办"))
    found.record("save as one who has no part", calls.save("代写", "office"))
    found.record("save over one's own", calls.save("写了一大半", "filer", is_final=False))
    found.record("save over another's", calls.save("负责人写的", "head", is_final=False))
    found.record("save the same as another", calls.save("负责人写的", "filer", is_final=False))
    found.record("hand in nothing", calls.submit(" ", "filer"))
    found.record("hand in upon an older directive", calls.submit("已办。", "filer", late_directive=1))
    found.record("hand in", calls.submit("办了一半。", "filer", is_final=False))
    found.record("hand in again", calls.submit("办了一半。", "filer"))
    found.record("take back as another", calls.take_back("filer:城管办"))
    found.record("take back what was changed", calls.take_back(late=1))
    found.record("take back", calls.take_back())
    found.record("take back again", calls.take_back())
    found.record("give back what is not handed in", calls.give_back(" "))


def sign_and_answer(found: RecordedChanges, calls: ReplyCalls) -> None:
    found.record("hand in once more", calls.submit("办了一半。", "filer", is_final=False))
    found.record("give back without a reason", calls.give_back(" "))
    found.record("give back what was changed", calls.give_back("请补充。", late=1))
    found.record("give back", calls.give_back(" 请补充。 "))
    found.record("hand in what came back", calls.submit("办了一大半。", "filer", is_final=False))
    found.record("sign what was changed", calls.sign("已办。", late=1))
    found.record("sign nothing", calls.sign(" "))
    found.record("sign as filer", calls.sign("已办。", "filer"))
    found.record("sign with the head's words", calls.sign("办了一大半，余下月底办结。"))
    found.record("sign what was sent", calls.sign("已办。"))
    asked = {"to": date(2026, 10, 17), "reason": "等资料。", "progress": "办了一半。"}
    directive = calls.directive
    more = partial(request_extension, directive, by=calls.users["head"], version=directive.version, **asked)
    found.record("ask for more time", more)
    found.record("answer where nobody signs", calls.submit("一居已办。", "filer:一居", "一居"))
    found.record("hand in as the head", calls.submit("城管办已办。", "head:城管办", "城管办"))
    found.record("hand in the last words", calls.submit("已办结。", "filer"))
    found.record("sign as handed in", calls.sign(" 已办结。 "))
    found.record("save when all is answered", calls.save("补充一句", "filer:一居", "一居"))


def hand_drafts_on(found: RecordedChanges, calls: ReplyCalls) -> None:
    first, second = (calls.world.departments[name] for name in ("经发办", "城管办"))
    other = written_at_begin(calls.world, "经发办", "城管办", measure=2)
    there = ReplyCalls(calls.world, other)
    found.record("begin another", there.save("另一件写了一半", "filer"))
    found.record("pass it on", partial(replies.pass_draft_on, there.directive, first, second))
    found.record("begin it again", there.save("又写一份", "filer"))
    found.record("pass it on to who has one", partial(replies.pass_draft_on, there.directive, first, second))


def take_into_filings(found: RecordedChanges, calls: ReplyCalls) -> None:
    own, others = (
        DirectiveReply.select().join(Directive).where(DirectiveReply.text == text).get()
        for text in ("已办结。", "城管办已办。")
    )

    def take(reply: DirectiveReply, measure: int, by: str = "filer") -> Callable[[], None]:
        filing = calls.world.filing(measure)
        given = {"by": calls.users[by], "thresholds": THRESHOLDS}
        return partial(replies.take_reply_into_filing, reply, filing, **given)

    found.record("take another's answer", take(others, 1))
    found.record("take it into another measure's", take(own, 2))
    found.record("take it as office", take(own, 1, "office"))
    found.record("take it", take(own, 1))
    found.record("take it twice", take(own, 1))


def keep_secret(found: RecordedChanges, calls: ReplyCalls) -> None:
    found.record("write on a confidential one as filer", calls.save("密件在办。", "filer"))
    found.record("write on a confidential one", calls.save("密件在办。", "head"))
    found.record("hand in on a confidential one", calls.submit("密件已办。", "head"))
    reply = DirectiveReply.get(DirectiveReply.text == "密件已办。")
    given = {"by": calls.users["filer"], "thresholds": THRESHOLDS}
    filing = calls.world.filing(1)
    found.record(
        "take it from a confidential one", partial(replies.take_reply_into_filing, reply, filing, **given)
    )
