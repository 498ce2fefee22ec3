"""What changed in a filing, unfolded below the head's row or on a page of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from flask import Flask

from app.authority.actor import SAMPLE_LOADER
from app.filing.core import operations
from app.filing.core.content import Tick
from app.filing.core.life_cycle import FilingState, ReturnKind
from app.filing.core.models import Filing
from app.periods.rules import Quarter
from app.plan.assignments.operations import set_indicators
from app.plan.core.models import Indicator
from app.plan.core.queries import commitments_of_measure
from tests.clients import count_queries, log_in
from tests.filing.pages import brought_to, revisions_of, seen
from tests.plan.tables import indicators
from tests.world import THRESHOLDS, World, full_content, open_at_once


def address(filing: Filing) -> str:
    return f"/filings/{filing.id}/differences"


def handed_in_again(world: World) -> Filing:
    """Accepted in the third quarter; in the fourth returned once, and handed in again with other words."""
    brought_to(FilingState.ACCEPTED, world)
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    filing, filer = brought_to(FilingState.RETURNED, world), world.users["filer"]
    content = full_content("已走访企业35家，形成线索12条。", percent=90)
    operations.save_and_submit(filing, content, by=filer, version=filing.version, thresholds=THRESHOLDS)
    return world.filing(1)


def test_the_heads_row_unfolds_what_changed(app: Flask, world: World) -> None:
    filing = handed_in_again(world)
    head = log_in(app, world, "head")
    listing = head.get("/filings").get_data(as_text=True)
    assert f'hx-get="{address(filing)}"' in listing
    assert f'<a href="{address(filing)}">' in listing
    fragment = head.get(address(filing), htmx=True)
    text = seen(fragment)
    assert text.count("完成率 76% 90%") == 2
    assert fragment.get_data(as_text=True).count("<ins>35</ins>家") == 2
    assert "存在问题 与2026年第三季度采用的相同" in text


def test_indicators_and_ticks_are_compared_too(app: Flask, world: World, tmp_path: Path) -> None:
    set_indicators(world.plan, indicators(tmp_path, "1,走访企业,家,1200"), by=SAMPLE_LOADER)
    asked, task = Indicator.get(), commitments_of_measure(world.measures[0])[0]
    filing, filer, office = (
        brought_to(FilingState.SIGNED_OFF, world),
        world.users["filer"],
        world.users["office"],
    )
    supplement = ReturnKind.SUPPLEMENT
    operations.send_back_filing(
        filing, by=office, version=filing.version, reason="请补照片。", kind=supplement
    )
    answers = {"indicators": {asked.id: Decimal(640)}, "ticks": {task.id: Tick(True, "九月办结")}}
    content = replace(full_content(), **answers)
    operations.save_and_submit(filing, content, by=filer, version=filing.version, thresholds=THRESHOLDS)
    operations.sign_off_filing(filing, by=world.users["head"], version=filing.version)
    assert revisions_of(filing)[2].return_kind is supplement
    for who, page in (("head", address(filing)), ("office", f"/review/{filing.id}")):
        text = seen(log_in(app, world, who).get(page))
        assert "请补充时 本次 走访企业 （未填） 640 家 任务 1 未办结 已办结；九月办结" in text


def test_without_scripts_it_is_a_page(app: Flask, world: World) -> None:
    page = seen(log_in(app, world, "head").get(address(handed_in_again(world))))
    assert "1. 夯实招商基础：与以前的不同" in page
    assert "退回时对照" in page


def test_the_first_filing_of_a_year_has_nothing_to_compare(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world)
    assert "没有以前的内容可以对照" in seen(log_in(app, world, "head").get(address(filing)))


def test_handed_in_again_as_it_was_is_reported(app: Flask, world: World) -> None:
    filing, filer = brought_to(FilingState.RETURNED, world), world.users["filer"]
    operations.submit_filing(filing, by=filer, version=filing.version)
    assert "没有改动。" in seen(log_in(app, world, "head").get(address(filing)))


def test_a_stranger_sees_nothing(app: Flask, world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world, 2)
    assert log_in(app, world, "head:城管办").get(address(filing)).status_code == 403


def test_it_asks_a_fixed_number_of_questions(app: Flask, world: World) -> None:
    head, filing = log_in(app, world, "head"), brought_to(FilingState.SUBMITTED, world, 2)
    with count_queries() as few:
        head.get(address(filing))
    filing = handed_in_again(world)
    with count_queries() as many:
        head.get(address(filing))
    assert len(many) == len(few)


def test_texts_too_long_to_compare_are_shown_with_their_ends(app: Flask, world: World) -> None:
    brought_to(FilingState.ACCEPTED, world, content=full_content("甲；" * 25_000))
    world.period = open_at_once(world.plan, Quarter(2026, 4))
    changed = full_content("乙；" * 25_000, percent=90)
    filing = brought_to(FilingState.SIGNED_OFF, world, content=changed)
    for role, path in (("head", address(filing)), ("office", f"/review/{filing.id}")):
        page = log_in(app, world, role).get(path)
        assert page.status_code == 200
        assert "进展情况 文字太长，只列出首尾不同处" in seen(page)
