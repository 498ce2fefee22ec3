"""The organisation in the browser: the administrator changes it at once, the office proposes."""

from __future__ import annotations

import io
from datetime import date

import pytest
from flask import Flask

from app.access.queries import role_holders
from app.administration.organisation.models import OrganisationProposal, ProposalState
from app.authority.roles import Role
from app.base.clock import today
from app.notices.models import Notice
from app.org.models import Department, DepartmentGroup, FormerName, Issuer, Leader
from app.org.queries import active_departments, active_leaders
from app.org.rules import DepartmentKind
from tests.clients import Browser, count_queries, log_in
from tests.world import World

BASE = "/admin/organisation"


def department_fields(**changed: object) -> dict[str, object]:
    fields = {"name": "经济发展办公室", "short_name": "经发办", "department_kind": "office", "position": "1"}
    return {**fields, "needs_sign_off": "y", "on": str(today()), "version": "1", **changed}


def rename(client: Browser, world: World, **changed: object) -> int:
    address = f"{BASE}/departments/{world.departments['经发办'].id}"
    data = department_fields(name="营商环境办公室", short_name="营商办", **changed)
    return client.post(address, data=data).status_code


def test_a_renamed_department_keeps_its_former_name(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")
    assert rename(client, world) == 303
    department = Department.get_by_id(world.departments["经发办"].id)
    assert department.former_names == (FormerName("经济发展办公室", "经发办", today()),)
    page = client.get(BASE).get_data(as_text=True)
    assert "营商环境办公室" in page and "前：经济发展办公室（经发办）" in page


def test_a_misspelt_name_leaves_none_behind(app: Flask, world: World) -> None:
    assert rename(log_in(app, world, "system_admin"), world, was_mistaken="y") == 303
    assert Department.get_by_id(world.departments["经发办"].id).name == "营商环境办公室"
    assert Department.get_by_id(world.departments["经发办"].id).former_names == ()


def test_wrong_fields_are_named_beside_them(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")
    answer = client.post(f"{BASE}/departments/new", data=department_fields(short_name="城管办", position=""))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "请填写次序，小的排在前面。" in page
    answer = client.post(f"{BASE}/departments/new", data=department_fields(short_name="城管办"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "“经济发展办公室”已是“经济发展办公室”的名称，请换一个。" in page
    assert "“城管办”已是“城市管理办公室”的名称，请换一个。" in page


@pytest.mark.usefixtures("in_plan_year")
def test_a_department_ends_or_merges_once_nothing_hangs_on_it(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")
    lead, idle = (
        world.departments["经发办"],
        Department.create(name="服务站", short_name="站", kind=DepartmentKind.CENTRE),
    )
    refused = client.post(
        f"{BASE}/departments/{lead.id}/end", data={"on": str(today()), "into": "", "version": "1"}
    )
    assert refused.status_code == 422
    assert "还牵头 2026 年第 1、2 项举措" in refused.get_data(as_text=True)
    into = {"on": str(today()), "into": str(lead.id), "merges": "y", "version": "1"}
    merged = client.post(f"{BASE}/departments/{idle.id}/end", data=into)
    assert merged.status_code == 303
    assert idle not in active_departments()
    assert "起并入经发办" in client.get(BASE).get_data(as_text=True)
    assert client.post(f"{BASE}/departments/{idle.id}/return").status_code == 303
    assert idle in active_departments()


def test_a_leader_whose_time_is_over_leaves_the_lists(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")
    fields = {
        "name": "周示例",
        "post": "副主任",
        "position": "1",
        "version": "1",
        "serves_until": "2026-01-31",
    }
    assert client.post(f"{BASE}/leaders/{world.leader.id}", data=fields).status_code == 303
    assert "由谁接着分管" not in client.get(f"{BASE}/leaders/new").get_data(as_text=True)
    added = {"name": "吴示例", "post": "办事处副主任", "position": "2", "is_acting": "y"}
    assert client.post(f"{BASE}/leaders/new", data=added).status_code == 303
    assert [one.post_in_words for one in active_leaders()] == ["办事处副主任（主持工作）"]
    wrong = client.post(
        f"{BASE}/leaders/{world.leader.id}", data={**fields, "version": "2", "serves_from": "2026-02-01"}
    )
    assert "任职截止不能早于任职开始。" in wrong.get_data(as_text=True)


def test_a_name_that_few_faces_have_is_kept_with_a_hint(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")
    renamed = {"name": "周\U00030edd", "post": "副主任", "position": "1", "version": "1"}
    done = client.post(f"{BASE}/leaders/{world.leader.id}", data=renamed, follow_redirects=True)
    page = done.get_data(as_text=True)
    assert "已保存：周\U00030edd。“\U00030edd”（U+30EDD）不在常备的字体里" in page


def test_groups_and_issuers_are_edited(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")
    members = [str(world.departments[name].id) for name in ("经发办", "城管办")]
    assert client.post(f"{BASE}/groups/new", data={"name": "机关科室", "members": members}).status_code == 303
    group = DepartmentGroup.get(DepartmentGroup.name == "机关科室")
    assert group.members.count() == 2
    assert client.post(f"{BASE}/groups/{group.id}/remove").status_code == 303
    issuer = Issuer.get()
    kept = client.post(f"{BASE}/issuers/{issuer.id}/remove")
    assert kept.status_code == 422
    fields = {"name": "示例街道党工委", "word": "华街委", "position": "2", "is_default": "y"}
    assert client.post(f"{BASE}/issuers/new", data=fields).status_code == 303
    assert client.post(f"{BASE}/issuers/{issuer.id}/remove").status_code == 303
    assert [row.name for row in Issuer.select()] == ["示例街道党工委"]


def test_the_office_proposes_and_the_administrator_decides(app: Flask, world: World) -> None:
    office = log_in(app, world, "office")
    assert rename(office, world) == 422  # without a reason
    assert rename(office, world, reason="区里批复更名。") == 303
    assert Department.get_by_id(world.departments["经发办"].id).name == "经济发展办公室"
    proposal = OrganisationProposal.get()
    (holder,) = role_holders(frozenset({Role.SYSTEM_ADMIN}))
    assert Notice.get(Notice.account == holder.account_id).detail == "区里批复更名。"
    assert office.post(f"{BASE}/proposals/{proposal.id}/accept").status_code == 403
    administrator = log_in(app, world, "system_admin")
    assert "营商环境办公室" in administrator.get(f"{BASE}/proposals").get_data(as_text=True)
    assert (
        administrator.post(f"{BASE}/proposals/{proposal.id}/accept", data={"version": "1"}).status_code == 303
    )
    assert Department.get_by_id(world.departments["经发办"].id).name == "营商环境办公室"
    assert OrganisationProposal.get().state is ProposalState.ACCEPTED
    assert (
        administrator.post(f"{BASE}/proposals/{proposal.id}/accept", data={"version": "1"}).status_code == 409
    )
    proposer = world.users["office"].account_id
    assert "已采纳" in Notice.get(Notice.account == proposer).sentence


def test_two_who_change_one_row_see_what_the_other_wrote(app: Flask, world: World) -> None:
    one, other = log_in(app, world, "system_admin"), log_in(app, world, "office")
    address = f"{BASE}/departments/{world.departments['经发办'].id}"
    assert rename(one, world) == 303
    mine = department_fields(name="经济和商务办公室", short_name="经商办")
    for client in (one, other):
        answer = client.post(address, data={**mine, "reason": "批复不同。"})
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "营商环境办公室</td><td>经济和商务办公室" in page and "营商办</td><td>经商办" in page
        assert 'value="经济和商务办公室"' in page and 'name="version" value="2"' in page
    assert Department.get_by_id(world.departments["经发办"].id).name == "营商环境办公室"
    assert one.post(address, data={**mine, "version": "2"}).status_code == 303
    assert Department.get_by_id(world.departments["经发办"].id).name == "经济和商务办公室"


@pytest.mark.parametrize("kind", ["groups", "leaders", "issuers"])
def test_no_row_of_the_organisation_is_written_over(app: Flask, world: World, kind: str) -> None:
    client = log_in(app, world, "system_admin")
    fields = {
        "groups": {"name": "各居民区", "members": str(world.departments["一居"].id)},
        "leaders": {"name": "周示例", "post": "主任", "position": "1"},
        "issuers": {"name": "示例街道办事处", "word": "华办", "position": "1"},
    }[kind]
    row = {"groups": DepartmentGroup, "leaders": Leader, "issuers": Issuer}[kind].get()
    first = client.post(f"{BASE}/{kind}/{row.id}", data={**fields, "version": str(row.version)})
    assert first.status_code == 303
    late = {**fields, "name": "另一个名称", "version": str(row.version)}
    assert client.post(f"{BASE}/{kind}/{row.id}", data=late).status_code == 409
    assert type(row).get_by_id(row.id).name == fields["name"]
    assert client.post(f"{BASE}/{kind}/{row.id}", data=fields).status_code == 422  # no version at all


def test_a_proposal_is_accepted_to_what_the_administrator_saw(app: Flask, world: World) -> None:
    office, administrator = log_in(app, world, "office"), log_in(app, world, "system_admin")
    rename(office, world, reason="区里批复更名。")
    fields = department_fields(position="7")
    address = f"{BASE}/departments/{world.departments['经发办'].id}"
    assert administrator.post(address, data=fields).status_code == 303
    accept = f"{BASE}/proposals/{OrganisationProposal.get().id}/accept"
    stale = administrator.post(accept, data={"version": "1"})
    assert stale.status_code == 409
    assert "提出以后，这一项又改过" in stale.get_data(as_text=True)
    assert OrganisationProposal.get().is_open
    assert administrator.post(accept, data={"version": "2"}).status_code == 303
    assert Department.get_by_id(world.departments["经发办"].id).name == "营商环境办公室"


def test_a_proposal_is_refused_with_a_reason(app: Flask, world: World) -> None:
    rename(log_in(app, world, "office"), world, reason="区里批复更名。")
    proposal = OrganisationProposal.get()
    administrator = log_in(app, world, "system_admin")
    address = f"{BASE}/proposals/{proposal.id}/refuse"
    assert administrator.post(address, data={"reason": " "}).status_code == 422
    assert administrator.post(address, data={"reason": "批复还没有到。"}).status_code == 303
    assert "批复还没有到。" in log_in(app, world, "office").get(f"{BASE}/proposals").get_data(as_text=True)
    assert Department.get_by_id(world.departments["经发办"].id).name == "经济发展办公室"


def test_a_table_is_imported_whole_or_not_at_all(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")

    def sent(*rows: str) -> str:
        text = "\n".join(("姓名,职务", *rows)).encode()
        data = {"kind": "leaders", "on": str(today()), "table": (io.BytesIO(text), "领导.csv")}
        return client.post(f"{BASE}/import", data=data).get_data(as_text=True)

    assert "第 3 行“职务”：不能为空。" in sent("王示例,书记", "李示例,")
    assert [one.name for one in Leader.select()] == ["周示例"]
    page = sent("王示例,书记")
    assert "已导入 1 行。" in page and "周示例（副主任）" in page


def test_the_lists_ask_a_fixed_number_of_queries(app: Flask, world: World) -> None:
    client = log_in(app, world, "system_admin")

    def asked() -> list[int]:
        counts = []
        for page in ("", "/groups", "/leaders", "/issuers", "/proposals"):
            with count_queries() as queries:
                client.get(f"{BASE}{page}")
            counts.append(len(queries))
        return counts

    asked()
    few = asked()
    for number in range(5):
        Department.create(
            name=f"办{number}",
            short_name=f"办{number}号",
            kind=DepartmentKind.OFFICE,
            ended_on=date(2026, 1, 1),
            merged_into=world.departments["经发办"],
        )
        Leader.create(name=f"某{number}", post="副主任")
        Issuer.create(name=f"局{number}", word="局")
        DepartmentGroup.create(name=f"组{number}")
        rename(log_in(app, world, "office"), world, reason="更名。")
    assert asked() == few
