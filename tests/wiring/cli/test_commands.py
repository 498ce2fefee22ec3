"""The command line, as the office's technician uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document
from flask import Flask
from openpyxl import Workbook

from app.access.grants import grant_role
from app.access.models import Account
from app.access.queries import valid_grants
from app.authority.actor import SAMPLE_LOADER
from app.authority.roles import Role
from app.base.database import migration_runner
from app.base.settings.settings import ROOT
from app.org.models import Leader
from app.org.queries import issuing_words
from app.plan.core.models import Assignment, Plan
from tests.clients import count_queries
from tests.databases import newest_schema, on_both
from tests.world import World

PLAN_FILE = ROOT / "plans" / "2026-work-plan.txt"
SAMPLE = ROOT / "plans" / "sample"


def run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])


def test_the_plan_is_shown_as_json_without_being_stored(app: Flask) -> None:
    result = run(app, "plan", "import", PLAN_FILE, "--dry-run", "--json")
    plan = json.loads(result.stdout)
    sections = [section for part in plan["parts"] for section in part["sections"]]
    assert (len(plan["parts"]), len(sections)) == (5, 15)
    assert sum(len(section["measures"]) for section in sections) == 45
    assert not Plan.select().exists()


def test_a_plan_is_stored_once(app: Flask) -> None:
    assert run(app, "plan", "import", PLAN_FILE).exit_code == 0
    again = run(app, "plan", "import", PLAN_FILE)
    assert again.exit_code == 1
    assert "已经入库，不能再存一份" in again.stderr
    assert Plan.select().count() == 1


def test_a_plan_is_looked_at_without_any_database(app: Flask, tmp_path: Path) -> None:
    migration_runner().down("0006_plan")
    assert run(app, "plan", "import", PLAN_FILE).exit_code == 1
    result = run(
        app, "plan", "import", PLAN_FILE, "--dry-run", "--json", "--year", "2027", "--title", "新计划"
    )
    assert result.exit_code == 0
    plan = json.loads(result.stdout)
    assert (plan["year"], plan["title"]) == (2027, "新计划")


def test_a_plan_without_a_year_is_shown_and_stored_only_with_one(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    document = Document()
    for words in (
        "青山街道工作计划",
        "一、抓党建",
        "（一）加强学习",
        "全年学习十二次。",
        "（二）走访",
        "走访二百家。",
    ):
        document.add_paragraph(words)
    document.save(str(file))
    shown = run(app, "plan", "import", file, "--dry-run", "--json")
    assert (shown.exit_code, json.loads(shown.stdout)["year"]) == (0, None)
    refused = run(app, "plan", "import", file)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "--year" in refused.stderr
    stored = run(app, "plan", "import", file, "--year", "2027", "--json")
    assert (stored.exit_code, json.loads(stored.stdout)["year"]) == (0, 2027)
    assert Plan.get().year == 2027


def test_a_letter_is_no_plan(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "信.html"
    file.write_text("<p>王主任：</p><p>您好！来信收悉，所提建议我们将认真研究改进。</p>", encoding="utf-8")
    refused = run(app, "plan", "import", file)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "不是工作计划" in refused.stderr
    for options in (["--dry-run", "--json"], ["--json"]):
        result = run(app, "plan", "import", file, *options)
        assert (result.exit_code, result.stderr) == (1, refused.stderr)
        assert json.loads(result.stdout) == {"error": refused.stderr.strip()}


def test_a_plan_without_measures_is_shown_and_not_stored(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("青山县2026年政府工作报告\n一、2025年工作回顾\n全年平稳。\n", encoding="utf-8")
    assert run(app, "plan", "import", file, "--dry-run").exit_code == 0
    refused = run(app, "plan", "import", file)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "没有读到要填报的举措" in refused.stderr
    assert not Plan.select().exists()


@pytest.mark.parametrize(("content", "word"), [(b"", "空"), (b"\x00\x01\xff\xfe\x00PK", "编码")])
def test_an_unreadable_plan_is_refused_in_words(
    app: Flask, tmp_path: Path, content: bytes, word: str
) -> None:
    file = tmp_path / "plan.txt"
    file.write_bytes(content)
    result = run(app, "plan", "import", file)
    assert result.exit_code == 1
    assert word in result.stderr
    assert not Plan.select().exists()


def test_what_the_reader_is_unsure_of_is_reported_in_words(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("青山镇工作计划\n一、抓党建\n加强学习。全年学习十二次。\n", encoding="utf-8")
    result = run(app, "plan", "import", file, "--dry-run")
    assert "注意：标题：没有找到确定的计划年度" in result.stderr


def test_a_database_that_was_not_upgraded_is_reported(app: Flask) -> None:
    migration_runner().down("0006_plan")
    result = run(app, "plan", "import", PLAN_FILE)
    assert result.exit_code == 1
    assert "flask db upgrade" in result.stderr


def test_the_sample_organisation_takes_on_all_measures(app: Flask) -> None:
    run(app, "plan", "import", PLAN_FILE)
    assert run(app, "org", "departments", SAMPLE / "2026-organisation.csv").exit_code == 0
    assert run(app, "org", "leaders", SAMPLE / "2026-leaders.csv").exit_code == 0
    for _ in range(2):
        assert run(app, "org", "issuers", SAMPLE / "2026-issuers.csv").stdout == "已导入 2 个发文机关。\n"
    assert issuing_words() == {"中共华阳路街道工作委员会": "华街工委", "华阳路街道办事处": "华街"}
    result = run(app, "plan", "assign", SAMPLE / "2026-assignments.csv")
    assert "45 项举措" in result.output
    assert Assignment.select().where(Assignment.role == "lead").count() == 45


def test_every_wrong_cell_of_an_xlsx_table_is_named_and_nothing_is_imported(
    app: Flask, world: World, tmp_path: Path
) -> None:
    book = Workbook()
    book.active.append(["举措序号", "举措", "牵头部门", "配合部门", "分管领导"])
    book.active.append([1, "夯实招商基础", "不存在的部门", "城管办", "周示例"])
    book.active.append([9, "", "经发办", "各居民区、没有的组", "无此人"])
    book.save(tmp_path / "table.xlsx")
    before = Assignment.select().count()
    result = run(app, "plan", "assign", tmp_path / "table.xlsx")
    assert result.exit_code == 1
    for place in ("第 2 行“牵头部门”", "第 3 行“举措序号”", "第 3 行“配合部门”", "第 3 行“分管领导”"):
        assert place in result.stderr
    assert Assignment.select().count() == before


def test_what_is_wrong_in_many_rows_of_a_table_is_reported_once(
    app: Flask, world: World, tmp_path: Path
) -> None:
    rows = [f"{number},,没有的部门,,无此人{number}" for number in range(1, 251)]
    (tmp_path / "表.csv").write_text("\n".join(["举措序号,举措,牵头部门,配合部门,分管领导", *rows]))
    result = run(app, "plan", "assign", tmp_path / "表.csv")
    assert result.exit_code == 1
    assert result.stderr.count("没有名为“没有的部门”的部门") == 1
    assert "第 2 至 251 行“牵头部门”：没有名为“没有的部门”的部门" in result.stderr
    assert "“表.csv”有 746 处需要改正" in result.stderr
    assert "- 另有 297 处，改正以上各处后会继续列出。" in result.stderr


def test_an_account_is_made_and_granted(app: Flask, world: World) -> None:
    made = run(app, "user", "add", "zhang", "--seat", "经发办填报员", "--person", "张某")
    assert "首次登录密码" in made.output
    assert run(app, "user", "grant", "zhang", "filer", "--department", "经发办").exit_code == 0
    assert "部门填报员" in run(app, "user", "list").output
    assert Account.get(Account.username == "zhang").must_change_password


def test_a_grant_is_revoked_and_an_account_disabled_and_enabled(app: Flask, world: World) -> None:
    name = world.users["filer"].username
    why = ("--reason", "调离")
    assert run(app, "user", "revoke", name, "filer", "--department", "经发办", *why).exit_code == 0
    assert f"{name}\t部门填报员\t某部门填报员\t无授权" in run(app, "user", "list").output
    missing = run(app, "user", "revoke", name, "filer", *why)
    assert missing.exit_code == 1
    assert f"账号 {name} 现在没有这个授权" in missing.stderr
    assert run(app, "user", "disable", name).exit_code == 0
    assert name not in run(app, "user", "list").output
    assert "已启用" in run(app, "user", "enable", name).output
    assert name in run(app, "user", "list").output


def test_of_two_leaders_grants_the_named_one_is_revoked(app: Flask, world: World) -> None:
    account = Account.get_by_id(world.users["leader"].account_id)
    other = Leader.create(name="赵某", post="副主任")
    grant_role(account, Role.LEADER, leader=other, by=SAMPLE_LOADER)
    revoke = ("user", "revoke", account.username, "leader", "--reason", "调离")
    assert "请用 --department 或 --leader 写明收回哪一个" in run(app, *revoke).stderr
    assert run(app, *revoke, "--leader", "赵某").exit_code == 0
    assert [grant.leader for grant in valid_grants(account)] == [world.leader]


def test_the_list_of_accounts_asks_for_all_grants_at_once(app: Flask, world: World) -> None:
    with count_queries() as before:
        run(app, "user", "list")
    for number in range(3):
        Account.create(username=f"new{number}", seat="新席位", person="新人", password_hash="x")
    with count_queries() as after:
        run(app, "user", "list")
    assert len(after) == len(before)


def test_a_grant_for_an_unknown_department_names_it(app: Flask, world: World) -> None:
    run(app, "user", "add", "zhang", "--seat", "经发办填报员", "--person", "张某")
    result = run(app, "user", "grant", "zhang", "filer", "--department", "无此办")
    assert result.exit_code == 1
    assert "没有名为“无此办”的部门" in result.stderr


def test_a_table_with_nothing_below_its_head_is_refused(app: Flask, world: World, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("举措序号,举措,牵头部门,配合部门,分管领导\n", encoding="utf-8")
    result = run(app, "plan", "assign", file)
    assert result.exit_code == 1
    assert "没有内容" in result.stderr


@pytest.mark.parametrize("code", ["2026Q5", "第三季度", "2025Q3"])
def test_a_wrong_quarter_is_explained(app: Flask, world: World, code: str) -> None:
    result = run(app, "period", "open", code)
    assert result.exit_code == 1
    assert result.stderr.strip().endswith("。")


def test_the_log_is_verified(app: Flask, world: World) -> None:
    assert "未被改动" in run(app, "audit", "verify").output


def test_the_sample_targets_are_imported(app: Flask) -> None:
    run(app, "plan", "import", PLAN_FILE)
    assert "已导入 83 个节点" in run(app, "plan", "milestones", SAMPLE / "2026-milestones.csv").output
    assert "已导入 42 项量化指标" in run(app, "plan", "indicators", SAMPLE / "2026-indicators.csv").output


@on_both
@pytest.mark.parametrize("is_older", [False, True])
def test_the_sample_is_not_loaded_into_what_somebody_else_filled(app: Flask, is_older: bool) -> None:
    run(app, "plan", "import", PLAN_FILE)
    if is_older:
        migration_runner().down(newest_schema())
    schema = [step.applied for step in migration_runner().status()]
    result = run(app, "demo", "prepare")
    assert result.exit_code == 1
    assert "已有不是示例的内容" in result.stderr
    assert [step.applied for step in migration_runner().status()] == schema
    assert not Account.select(Account.id).exists()


def test_a_database_with_sample_accounts_is_not_served(app: Flask, world: World) -> None:
    assert run(app, "service", "prepare").exit_code == 0
    Account.update(is_sample=True).where(Account.username == world.users["office"].username).execute()
    result = run(app, "service", "prepare")
    assert result.exit_code == 1
    assert "示例账号" in result.stderr and "INSTANCE_DIR" in result.stderr
