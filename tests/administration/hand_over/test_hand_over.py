"""Passing work on: drafts, directives and notices go to the successor; what was done keeps the name of who did it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from app.access.grants import grant_role, revoke_grant
from app.access.models import Account, Grant
from app.access.operations import disable_account
from app.administration.hand_over.models import HandOver
from app.administration.hand_over.operations import (
    cancel_hand_over,
    order_hand_over,
    receiver_problem,
    run_due_hand_overs,
)
from app.administration.hand_over.queries import UNREAD_NOTICES, key_of_work, open_work_of, orphaned_work
from app.administration.seats import AccountSeat, account_seats, find_seat
from app.audit.models import Event
from app.authority.actor import SAMPLE_LOADER, SYSTEM, Actor
from app.authority.policy import Action
from app.authority.roles import Role
from app.base.clock import clock_stopped_at, now, today
from app.base.errors import FieldProblems, IllegalTransition, NotAllowed
from app.composition.rules import DocumentKind
from app.directives.core.models import Directive
from app.drafting.core.life_cycle import DocumentState
from app.drafting.core.models import Document
from app.notices.models import Notice
from app.org.models import Leader
from app.plan.assignments.operations import assign_measures
from app.plan.assignments.revising import RevisionTerms, WantedMeasure
from tests.clients import count_queries, log_in
from tests.directives.writing import WORDS, replied_directive, written_directive
from tests.drafting.drafts import drafted
from tests.filing.pages import seen
from tests.world import World, add_user


def seat(who: Actor) -> AccountSeat:
    assert who.account_id
    found = find_seat(who.account_id)
    assert found
    return found


def test_a_draft_and_what_was_not_read_pass_to_the_successor(reported: World, in_app: None) -> None:
    draft, successor = drafted(reported), add_user("office-2", Role.OFFICE)
    former = seat(reported.users["office"])
    assert former.counts.drafts == 1
    assert receiver_problem(former, seat(successor)) == ""
    order_hand_over(former, seat(successor), today(), by=reported.users["office"])
    assert "的工作已移交给您：1 件公文草稿" in Notice.get(Notice.account == successor.account_id).sentence
    moved = Document.get_by_id(draft.id)
    assert (moved.owner.id, moved.created_by) == (successor.account_id, reported.users["office"].person)
    assert seat(reported.users["office"]).counts.drafts == 0
    noted = Event.get((Event.action == Action.HAND_OVER_WORK) & (Event.object_kind == "Document"))
    assert noted.object_id == draft.id


def test_an_unread_notice_is_not_doubled(world: World) -> None:
    successor = add_user("office-2", Role.OFFICE)
    values = {"kind": "reminder", "sentence": "请审核。", "path": "/review", "topic": "review"}
    former = world.users["office"].account_id
    for account, key in ((former, None), (former, "k"), (successor.account_id, "k")):
        Notice.create(account=account, key=key, **values)
    order_hand_over(seat(world.users["office"]), seat(successor), today(), by=successor)
    unread = Notice.select().where(Notice.read_at.is_null() & (Notice.account == successor.account_id))
    assert sorted(row.key or "" for row in unread if row.topic == "review") == ["", "k"]
    assert Notice.select().where(Notice.read_at.is_null() & (Notice.account == former)).count() == 0


def test_the_directives_of_a_leader_pass_to_the_one_who_follows(world: World) -> None:
    directive = written_directive(world)
    follower = Leader.create(name="吴示例", post="副主任", position=2)
    account = add_user("leader-2", Role.LEADER, leader=follower)
    former = seat(world.users["leader"])
    with pytest.raises(FieldProblems):  # a filer is no leader
        order_hand_over(former, seat(world.users["filer"]), today(), by=world.users["office"])
    order_hand_over(former, seat(account), today(), by=world.users["office"])
    row = Directive.get_by_id(directive.id)
    assert (row.leader, row.author) == (follower, directive.author)


def test_directives_that_were_chosen_pass_to_nobody_but_a_leader(world: World) -> None:
    directive, leader = written_directive(world), Account.get_by_id(world.users["leader"].account_id)
    grant_role(leader, Role.HEAD, department=world.departments["经发办"], by=SAMPLE_LOADER)
    giver, receiver = seat(world.users["leader"]), seat(world.users["head"])
    with pytest.raises(FieldProblems) as refused:
        order_hand_over(giver, receiver, today(), chosen=[key_of_work(directive)], by=world.users["office"])
    assert "批示不能移交给他" in refused.value.fields["chosen"]


def test_what_is_ordered_for_a_day_waits_for_it(world: World) -> None:
    successor = add_user("office-2", Role.OFFICE)
    later = today() + timedelta(days=3)
    ordered = order_hand_over(seat(world.users["office"]), seat(successor), later, by=world.users["office"])
    run_due_hand_overs(by=SYSTEM)
    assert HandOver.get_by_id(ordered.id).done_at is None
    HandOver.update(day=today()).execute()
    run_due_hand_overs(by=SYSTEM)
    assert HandOver.get_by_id(ordered.id).done_at is not None
    past = today() - timedelta(days=1)
    with pytest.raises(FieldProblems):
        order_hand_over(seat(world.users["office"]), seat(successor), past, by=world.users["office"])


def test_what_is_ordered_for_a_day_can_be_taken_back_until_it_passes(world: World, app: Flask) -> None:
    successor, office = add_user("office-2", Role.OFFICE), world.users["office"]
    later = today() + timedelta(days=3)
    ordered = order_hand_over(seat(office), seat(successor), later, by=office)
    client = log_in(app, world, "office")
    path = f"/hand-over/planned/{ordered.id}/cancel"
    assert f'action="{path}"' in client.get("/hand-over").text
    assert f'action="{path}"' not in log_in(app, world, "head").get("/hand-over").text
    assert client.post(path).status_code == 303
    assert Event.get(Event.action == "cancel_hand_over").object_id == ordered.id
    HandOver.update(day=today()).execute()
    run_due_hand_overs(by=SYSTEM)
    assert HandOver.select().count() == 0
    assert client.post(path).status_code == 404
    done = order_hand_over(seat(office), seat(successor), today(), by=office)
    with pytest.raises(IllegalTransition):
        cancel_hand_over(done, seat(office), by=office)


def test_a_head_passes_on_the_work_of_its_own_department_alone(world: World) -> None:
    second = add_user("filer-9", Role.FILER, department=world.departments["经发办"])
    order_hand_over(seat(world.users["filer"]), seat(second), today(), by=world.users["head"])
    with pytest.raises(NotAllowed):
        order_hand_over(seat(world.users["filer"]), seat(second), today(), by=world.users["head:一居"])


def test_what_was_chosen_goes_to_whom_it_was_chosen_for(reported: World, in_app: None) -> None:
    drafts = [drafted(reported), drafted(reported, DocumentKind.CIRCULAR)]
    successors = [add_user(f"office-{number}", Role.OFFICE) for number in (2, 3)]
    office = reported.users["office"]
    for draft, successor in zip(drafts, successors, strict=True):
        ordered = order_hand_over(
            seat(office), seat(successor), today(), chosen=[key_of_work(draft)], by=office
        )
        assert ordered.done_at or HandOver.get_by_id(ordered.id).done_at
    owners = [Document.get_by_id(draft.id).owner.id for draft in drafts]
    assert owners == [one.account_id for one in successors]


def test_what_was_done_meanwhile_passes_no_more(reported: World, in_app: None) -> None:
    first, second = drafted(reported), drafted(reported, DocumentKind.CIRCULAR)
    office, successor = reported.users["office"], add_user("office-2", Role.OFFICE)
    later = today() + timedelta(days=3)
    chosen = [key_of_work(first)]
    ordered = order_hand_over(seat(office), seat(successor), later, chosen=chosen, by=office)
    assert ordered.items == chosen
    Document.update(state=DocumentState.DISCARDED).where(Document.id == first.id).execute()
    for wrong in ([], [*chosen]):
        with pytest.raises(FieldProblems) as refused:
            order_hand_over(seat(office), seat(successor), later, chosen=wrong, by=office)
        assert list(refused.value.fields) == ["chosen"]
    HandOver.update(day=today()).execute()
    run_due_hand_overs(by=SYSTEM)
    assert Document.get_by_id(second.id).owner.id == office.account_id


def test_all_of_it_is_what_is_open_by_then(reported: World, in_app: None) -> None:
    first = drafted(reported)
    office, successor = reported.users["office"], add_user("office-2", Role.OFFICE)
    later = today() + timedelta(days=3)
    chosen = sorted(open_work_of(seat(office)).keys)
    assert key_of_work(first) in chosen
    assert order_hand_over(seat(office), seat(successor), later, chosen=chosen, by=office).items is None
    second = drafted(reported, DocumentKind.CIRCULAR)
    HandOver.update(day=today()).execute()
    run_due_hand_overs(by=SYSTEM)
    assert {Document.get_by_id(one.id).owner.id for one in (first, second)} == {successor.account_id}


def labels() -> list[str]:
    return [one.label for one in orphaned_work(account_seats())]


@pytest.mark.usefixtures("in_plan_year")
def test_what_nobody_is_there_for_is_listed(reported: World, in_app: None) -> None:
    assert labels() == []
    reported.let_lead(4, "一居")
    drafted(reported)
    written_directive(reported)
    for who in ("office", "leader", "filer:一居", "head:一居"):
        disable_account(Account.get_by_id(reported.users[who].account_id), by=SAMPLE_LOADER)
    Leader.update(serves_until=today() - timedelta(days=1)).execute()
    assert labels() == [
        "经办人已停用或者不在街道办公室的公文草稿",
        "已离任领导没有销号的批示",
        "没有可用账号的部门：填报没有采用",
        "分管领导已离任的举措",
    ]


def test_the_office_reads_what_former_leads_still_have(app: Flask, world: World) -> None:
    directive, office = written_directive(world), log_in(app, world, "office")
    wanted = WantedMeasure(world.measures[0], lead=world.departments["城管办"], supports=())
    with clock_stopped_at(datetime(2026, 5, 6, 9)):
        terms = RevisionTerms(date(2026, 5, 8), "机构调整。")
        assign_measures(world.plan, [wanted], terms, source="测试", by=world.users["office"])
        assert "换了牵头部门" not in seen(office.get("/hand-over/orphans"))
    with clock_stopped_at(datetime(2026, 5, 8, 9)):
        shown = seen(office.get("/hand-over/orphans"))
    assert "换了牵头部门、原部门还没有移交的填报和批示：1 件。" in shown
    assert directive.title_words in shown
    admin = log_in(app, world, "system_admin")
    assert "换了牵头部门" not in seen(admin.get("/admin/accounts"))


def test_a_revoked_grant_holds_no_more_and_an_older_one_stays_known(world: World) -> None:
    account = Account.get_by_id(world.users["office"].account_id)
    revoke_grant(Grant.get(Grant.account == account), reason="调离", by=SAMPLE_LOADER)
    assert Grant.get(Grant.account == account).valid_until == today() - timedelta(days=1)
    assert seat(world.users["office"]).roles_in_words == "没有授权"
    given = grant_role(account, Role.OFFICE, by=SAMPLE_LOADER)
    revoke_grant(given, reason="调离", by=SAMPLE_LOADER)
    assert Grant.select().where(Grant.account == account).count() == 1


def test_the_office_sees_titles_and_passes_work_on_in_the_browser(app: Flask, reported: World) -> None:
    with app.app_context():
        draft = drafted(reported)
        written_directive(reported)
    successor = add_user("office-2", Role.OFFICE)
    former = reported.users["office"].account_id
    client = log_in(app, reported, "office")
    assert draft.title in client.get(f"/hand-over/{former}").get_data(as_text=True)
    assert client.post(f"/hand-over/{former}", data={"receiver": "", "day": ""}).status_code == 422
    chosen = f"document-{draft.id}"
    data = {"receiver": str(successor.account_id), "day": str(today()), "chosen": chosen}
    done = client.post(f"/hand-over/{former}", data=data, follow_redirects=True)
    assert "（所选的）已移交给" in seen(done)
    assert Document.get_by_id(draft.id).owner.id == successor.account_id
    assert "1 件公文草稿" in client.get("/hand-over").get_data(as_text=True)
    head = log_in(app, reported, "head")
    assert head.get(f"/hand-over/{former}").status_code == 403
    assert reported.users["filer"].username not in head.get("/hand-over").get_data(as_text=True)


def test_where_nobody_can_take_over_that_stands_in_place_of_the_form(app: Flask, world: World) -> None:
    client, address = log_in(app, world, "office"), f"/hand-over/{world.users['filer'].account_id}"
    page = client.get(address).get_data(as_text=True)
    assert (
        "没有人可以接手。请先请系统管理员建立账号、安全管理员授权。" in page and 'name="receiver"' not in page
    )
    add_user("filer-9", Role.FILER, department=world.departments["经发办"])
    assert 'name="receiver"' in client.get(address).get_data(as_text=True)
    assert "请选择接手的人。" in seen(client.post(address, data={"receiver": "", "day": ""}))


def test_administrators_see_counts_and_no_text(app: Flask, reported: World) -> None:
    with app.app_context():
        draft = drafted(reported)
        written_directive(reported)
    disable_account(Account.get_by_id(reported.users["office"].account_id), by=SAMPLE_LOADER)
    client = log_in(app, reported, "system_admin")
    page = client.get("/admin/accounts").get_data(as_text=True)
    assert "1 件公文草稿" in page and "经办人已停用或者不在街道办公室的公文草稿：1 件" in page
    assert draft.title not in page and WORDS not in page


def test_nobody_learns_of_a_confidential_directive_by_a_count(app: Flask, world: World) -> None:
    """The system administrator counts as if it were not there; the office, which reads it, passes it on."""
    leader = world.users["leader"].account_id
    admin, office = (log_in(app, world, who) for who in ("system_admin", "office"))
    pages = ("/admin/accounts", f"/admin/accounts/{leader}")
    before = [seen(admin.get(page)) for page in pages]
    directive = written_directive(world, is_confidential=True)
    Notice.delete().execute()
    revoke_grant(Grant.get(Grant.account == world.users["head"].account_id), reason="调离", by=SAMPLE_LOADER)
    revoked = [seen(admin.get(page)) for page in pages]
    assert [words.count("批示") for words in revoked] == [words.count("批示") for words in before]
    assert directive.number_words in seen(office.get(f"/hand-over/{leader}"))


def test_a_leaders_confidential_directives_go_along_with_all_the_rest(world: World) -> None:
    """Who passes everything on that he sees leaves none behind, though he may not know of it."""
    hidden, shared = written_directive(world, "城管办", is_confidential=True), written_directive(world)
    leader, head = Account.get_by_id(world.users["leader"].account_id), world.users["head"]
    grant_role(leader, Role.HEAD, department=world.departments["经发办"], by=SAMPLE_LOADER)
    giver = find_seat(leader.id, head)
    receiver = seat(
        add_user("leader-9", Role.LEADER, leader=Leader.create(name="吴示例", post="副主任", position=2))
    )
    assert giver is not None
    known = open_work_of(giver, head)
    assert [one.id for one in known.directives] == [shared.id]
    order_hand_over(giver, receiver, today(), chosen=sorted(known.keys), by=head)
    passed = [Directive.get_by_id(one.id).leader_id for one in (hidden, shared)]
    assert passed == [receiver.leader_id] * 2


def test_notices_of_a_confidential_directive_stay_with_who_may_read_it(app: Flask, world: World) -> None:
    """Who takes a leader's unread notices, and not his directives, does not learn of it by a notice either."""
    hidden, shared = (replied_directive(world, is_confidential=secret) for secret in (True, False))
    other = add_user("leader-9", Role.LEADER, leader=Leader.create(name="吴示例", post="副主任", position=2))
    world.users["leader:other"] = other
    order_hand_over(
        seat(world.users["leader"]), seat(other), today(), chosen=[UNREAD_NOTICES], by=world.users["office"]
    )
    taken = {one.path for one in Notice.select().where(Notice.account == other.account_id)}
    assert taken == {f"/directives/{shared.key}", "/"}
    assert hidden.number_words not in seen(log_in(app, world, "leader:other").get("/notices"))
    kept = Notice.select().where(Notice.account == world.users["leader"].account_id)
    assert {one.path for one in kept} == {f"/directives/{hidden.key}"}
    (notice,) = Notice.select().where((Notice.account == other.account_id) & (Notice.path == "/"))
    assert notice.sentence.endswith("已移交给您：1 条未读提醒。")


def test_a_filer_gets_no_notice_of_a_confidential_directive_from_a_head_who_files_too(
    app: Flask, world: World
) -> None:
    head, filer = world.users["head"], world.users["filer"]
    grant_role(
        Account.get_by_id(head.account_id),
        Role.FILER,
        department=world.departments["经发办"],
        by=SAMPLE_LOADER,
    )
    hidden = written_directive(world, is_confidential=True)
    order_hand_over(seat(head), seat(filer), today(), by=world.users["office"])
    kept = Notice.select().where(Notice.account == head.account_id)
    assert [one.path for one in kept] == [f"/directives/{hidden.key}"]
    (notice,) = Notice.select().where(Notice.account == filer.account_id)
    assert notice.sentence.endswith("已移交给您：没有未办完的。")
    assert hidden.number_words not in seen(log_in(app, world, "filer").get("/notices"))


def test_the_log_counts_and_names_no_confidential_directive(world: World) -> None:
    hidden, shared = (written_directive(world, is_confidential=secret) for secret in (True, False))
    written_directive(world)
    follower = Leader.create(name="吴示例", post="副主任", position=2)
    giver, receiver = seat(world.users["leader"]), seat(add_user("leader-2", Role.LEADER, leader=follower))
    chosen = sorted(map(key_of_work, (hidden, shared)))
    order_hand_over(giver, receiver, today(), chosen=chosen, by=world.users["office"])
    (noted,) = Event.select().where(
        (Event.action == Action.HAND_OVER_WORK) & (Event.object_kind == "HandOver")
    )
    assert (noted.detail["open"]["directives"], noted.detail["chosen"]) == (2, [key_of_work(shared)])


def test_the_list_asks_a_fixed_number_of_queries(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")

    def asked() -> int:
        with count_queries() as queries:
            client.get("/admin/accounts")
        return len(queries)

    few = asked()
    for number in range(5):
        add_user(f"filer-x{number}", Role.FILER, department=world.departments["一居"])
        values = {"kind": "reminder", "sentence": "请填。", "path": "/", "topic": "t", "created_at": now()}
        Notice.create(account=world.users["filer"].account_id, **values)
    assert asked() == few
