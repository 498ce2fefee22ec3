"""督办单: one page of A4, with what happened or with room for the pen, however much was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pypdfium2
import pytest
from flask import Flask

from app.audit.models import Event
from app.base.clock import today
from app.composition.directive_sheet import (
    CUT,
    DirectiveSheetFacts,
    compose_directive_sheet,
    fitting_text,
    lines_of,
    shared_lines,
)
from app.composition.facts import ReplyFacts
from app.directives.core.content import DIRECTIVE_LENGTH
from app.directives.core.models import Directive
from app.directives.steps.operations import close_directive
from app.issuing.directive_sheets import sheet_facts
from app.org.models import Department
from app.org.rules import DepartmentKind
from reports.model import Sheet
from tests.clients import log_in
from tests.directives.writing import WORDS, reload_directive, replied_directive, written_directive
from tests.world import World

A4 = (595, 842)  # in points
NOTE = "2026年9月30日由某人从系统打印"


def fields_of(facts: DirectiveSheetFacts, *, is_blank: bool = False) -> dict[str, str]:
    (sheet,) = compose_directive_sheet(facts, is_blank=is_blank, note=NOTE).body
    assert isinstance(sheet, Sheet)
    return {field.label: field.text for row in sheet.rows for field in row.fields}


def pages_of(app: Flask, world: World, directive: Directive, query: str = "") -> list[str]:
    """Return the words of each page of a sheet, every one of them A4."""
    answer = log_in(app, world, "leader").get(f"/directives/{directive.key}/sheet.pdf{query}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    with pypdfium2.PdfDocument(BytesIO(answer.data)) as pdf:
        assert {tuple(map(round, page.get_size())) for page in pdf} == {A4}
        return ["".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.mark.usefixtures("in_plan_year")
def test_it_says_what_was_asked_what_was_done_and_who_closed_it(world: World) -> None:
    directive = replied_directive(world, "经发办", "城管办", text="三家都谈了。", due_on=date(2026, 12, 30))
    close_directive(directive, word="办得好。", by=world.users["leader"], version=directive.version)
    facts = sheet_facts(reload_directive(directive))
    shown = fields_of(facts)
    assert (shown["编号"], shown["批示内容"], shown["事项"]) == (
        directive.number_words,
        WORDS,
        f"第 1 项（{world.measures[0].title}）",
    )
    assert (shown["主办部门"], shown["协办部门"], shown["办理期限"]) == (
        "经发办",
        "城管办",
        "2026年12月30日（周三）",
    )
    assert shown["办理情况"].count("三家都谈了。") == 2
    assert shown["领导意见"].endswith("销号：办得好。")
    blank = fields_of(facts, is_blank=True)
    assert (blank["办理情况"], blank["领导意见"], blank["批示内容"]) == ("", "", WORDS)


def test_one_in_confidence_says_so(world: World) -> None:
    assert (
        fields_of(sheet_facts(written_directive(world, is_confidential=True)))["类别"] == "批示（不得外传）"
    )


@pytest.mark.parametrize(
    ("first", "second", "shares"), [(3, 4, (3, 4)), (90, 4, (7, 4)), (3, 90, (3, 8)), (90, 90, (5, 6))]
)
def test_what_does_not_fit_is_shared_and_cut(first: int, second: int, shares: tuple[int, int]) -> None:
    assert shared_lines(first, second) == shares


def test_what_is_cut_says_so_and_fits(world: World) -> None:
    cut = fitting_text(["逐项对照检查。" * 90, "第二段。"], 5)
    assert cut.endswith(CUT)
    assert lines_of([cut]) == 5
    assert fitting_text(["一句话。", "又一句。"], 2) == "一句话。\n又一句。"
    many = replace(sheet_facts(written_directive(world)), supports=tuple(f"第{n}居民区" for n in range(60)))
    assert fields_of(many)["协办部门"] == "第0居民区等60个部门"
    none = replace(many, supports=(), replies=(ReplyFacts("经发办", "已办。"),))
    assert (fields_of(none)["协办部门"], fields_of(none)["办理情况"]) == ("", "经发办：已办。")


@pytest.mark.parametrize("query", ["", "?blank=1"])
def test_the_longest_is_one_page(app: Flask, world: World, query: str) -> None:
    for number in range(60):
        Department.create(
            name=f"第{number}居民区工作站",
            short_name=f"{number}居",
            kind=DepartmentKind.NEIGHBOURHOOD,
            position=9,
        )
    names = [*world.departments, *(f"{number}居" for number in range(58))]
    world.departments |= {one.short_name: one for one in Department.select()}
    directive = written_directive(
        world, *names, text="请抓紧。" * (DIRECTIVE_LENGTH // 4), due_on=today() + timedelta(days=9)
    )
    (words,) = pages_of(app, world, directive, query)
    assert "全文见系统" in words
    assert "负责人签字" in words
    assert "从系统打印" in words


def test_who_printed_it_is_written_down_and_noted_ones_have_none(app: Flask, world: World) -> None:
    directive = replied_directive(world, text="已约谈。")
    assert "经发办（" in pages_of(app, world, directive)[0]
    (noted,) = Event.select().where(Event.action == "print_directive_sheet")
    assert noted.summary == f"{directive.number_words}，督办单"
    page = log_in(app, world, "leader").get(f"/directives/{directive.key}").text
    assert f"/directives/{directive.key}/sheet.pdf?blank=1" in page
    hidden = written_directive(world, is_confidential=True)
    assert log_in(app, world, "filer").get(f"/directives/{hidden.key}/sheet.pdf").status_code == 404
