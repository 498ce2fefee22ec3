"""flask report lint: the same findings without the web."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.composition.rules import DocumentKind
from app.drafting.core.draft import as_composed, rows_for
from app.drafting.core.models import Document, DocumentBlock
from app.drafting.jobs.gathering import gather_facts
from app.wiring.cli import command_groups as refusals
from app.wiring.cli import refusing_group
from app.wiring.cli.command_groups import SentenceGroup
from app.wiring.cli.lint import fit_to_width, lint_document, terminal_width
from reports.frozen_text import document_as_json
from reports.model import OfficialDocument, Paragraph
from tests.drafting.sample_documents import assembled
from tests.reports import samples
from tests.reports.lint.written.word_files import word_file
from tests.world import THRESHOLDS, World

SOUND = replace(samples.UPWARD, signature=None)
BROKEN = replace(
    SOUND, body=(Paragraph("已完成5项,走访3家。截止9月底，约30户左右签约。"), Paragraph("我们 推进。"))
)


def lint(app: Flask, *arguments: str) -> Result:
    """Run the command."""
    return app.test_cli_runner().invoke(args=["report", "lint", *arguments])


def written(document: OfficialDocument, folder: Path) -> str:
    """Write a document as JSON."""
    path = folder / "document.json"
    path.write_text(json.dumps(document_as_json(document), default=str), encoding="utf-8")
    return str(path)


def test_a_sound_document_is_reported_sound(app: Flask, world: World, tmp_path: Path) -> None:
    result = lint(app, written(SOUND, tmp_path))
    assert (result.exit_code, result.output) == (0, "没有发现问题。\n")


def test_findings_are_listed_with_place_quote_fix_and_reason(
    app: Flask, world: World, tmp_path: Path
) -> None:
    result = lint(app, written(BROKEN, tmp_path))
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].split() == ["程度", "位置", "原文", "改为", "说明"]
    assert lines[1].split()[:4] == ["错误", "正文第1段", ",", "，"]
    assert "请把“,”改为“，”（GB/T 15834-2011）。" in lines[1]
    assert "（删去）" in lines[-2]
    assert lines[-1] == "错误 1 处，提醒 3 处。"


def test_warnings_alone_are_no_failure(app: Flask, world: World, tmp_path: Path) -> None:
    result = lint(app, written(replace(SOUND, body=BROKEN.body[1:]), tmp_path))
    assert result.exit_code == 0
    assert "提醒 1 处" in result.output


def test_findings_are_plain_values_for_another_program(app: Flask, world: World, tmp_path: Path) -> None:
    result = lint(app, written(BROKEN, tmp_path), "--json")
    assert result.exit_code == 1
    first = json.loads(result.output)[0]
    assert first["rule"] == {
        "id": "half-width-mark",
        "label": "半角标点",
        "severity": "error",
        "clause": "GB/T 15834-2011",
    }
    assert (first["place"]["block"], first["place"]["part"], first["quote"]) == (0, "正文第1段", ",")
    assert first["fix"] == {"replacement": "，"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", "已完成5项,走访3家。".encode()),
        ("a.docx", word_file("已完成5项,走访3家。")),
    ],
)
def test_a_file_is_checked_without_a_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    monkeypatch.setattr(refusals, "require_known_schema", pytest.fail)
    group = SentenceGroup("report", commands=[lint_document])
    group.checking_themselves = ("lint",)
    result = CliRunner().invoke(group, ["lint", str(path), "--json"])
    assert result.exit_code == 1, result.output
    (found,) = json.loads(result.output)
    assert (found["rule"]["id"], found["quote"]) == ("half-width-mark", ",")
    assert (found["place"]["part"], found["place"]["line"]) == ("第1段", 1)
    assert found["fix"] == {"replacement": "，"}
    assert "错误 1 处，提醒 0 处。" in CliRunner().invoke(group, ["lint", str(path)]).output


def test_a_file_is_checked_though_the_system_does_not_start(tmp_path: Path) -> None:
    group = refusing_group(("设置有误。",))
    path = tmp_path / "a.txt"
    path.write_text("已完成5项，走访3家。", encoding="utf-8")
    assert CliRunner().invoke(group, ["report", "lint", str(path)]).output == "没有发现问题。\n"
    path.write_bytes(b"")
    result = CliRunner().invoke(group, ["report", "lint", str(path)])
    assert (result.exit_code, result.stderr) == (1, "“a.txt”里没有文字，请核对。\n")
    result = CliRunner().invoke(group, ["report", "list"])
    assert result.stderr.startswith("- 设置有误。\n系统没有启动。")


def test_a_quarter_is_checked_as_it_would_be_composed(app: Flask, reported: World) -> None:
    result = lint(app, "--period", "2026Q3", "--kind", "quarterly")
    assert result.exit_code == 1
    assert "上行文应当标注签发人" in result.output
    for about in (
        ("summary",),
        ("department", "--department", "城管办", "--full"),
        ("reading_sheet", "--leader", "周示例"),
        ("plan", "--period", "2026"),
    ):
        result = lint(app, "--period", "2026Q3", "--kind", *about)
        assert (result.exit_code, result.output) == (0, "没有发现问题。\n")


def test_an_assembled_document_is_checked_as_it_stands(app: Flask, reported: World, in_app: None) -> None:
    document = assembled(reported)
    assert "还没有汇编好" in lint(app, "--document", str(document.id)).stderr
    facts = gather_facts(reported.plan, document.scope, thresholds=THRESHOLDS)
    blocks = rows_for(document, as_composed(document, facts).body)
    blocks[0].content["text"] = "报告如下,请审阅。"
    DocumentBlock.bulk_create(blocks)
    Document.update(facts=facts.as_json()).where(Document.id == document.id).execute()
    (finding,) = json.loads(lint(app, "--document", str(document.id), "--json").output)
    assert (finding["quote"], finding["place"]["part"]) == (",", "正文第1段")


def test_a_report_on_one_subject_is_held_to_the_length_that_its_editor_shows(
    app: Flask, reported: World, in_app: None
) -> None:
    document = assembled(reported, DocumentKind.SUPERVISION)
    facts = gather_facts(reported.plan, document.scope, thresholds=THRESHOLDS)
    blocks = rows_for(document, as_composed(document, facts).body)
    blocks[0].content["text"] = "街道督查了各项举措。" * 450
    DocumentBlock.bulk_create(blocks)
    Document.update(facts=facts.as_json()).where(Document.id == document.id).execute()
    found = json.loads(lint(app, "--document", str(document.id), "--json").output)
    (reason,) = [one["reason"] for one in found if one["rule"]["id"] == "length"]
    assert "4000" in reason


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "三者取一"),
        (("--period", "2026Q3", "--document", "1"), "三者取一"),
        (("--document", "999"), "没有编号为 999 的公文"),
        (("--period", "2026Q4"), "2026年第四季度还没有开启填报，请先在“季度”中开启。"),
        (("--period", "2026Q3", "--kind", "yearly"), "年度报告只能按全年汇编，请改选。"),
        (
            ("--period", "2026Q3", "--kind", "department"),
            "部门工作报告须写明部门，请用 --department 写上名称。",
        ),
        (
            ("--period", "2026Q3", "--kind", "department", "--department", "经发办"),
            "经济发展办公室2026年第三季度还没有已采用的填报",
        ),
        (("--period", "2026Q3"), "还没有已采用的填报"),
    ],
)
def test_what_cannot_be_checked_is_a_sentence(
    app: Flask, world: World, arguments: tuple[str, ...], sentence: str
) -> None:
    result = lint(app, *arguments)
    assert result.exit_code == 1
    assert sentence in result.stderr


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"title": "报告"}', '{"title": "", "body": []}', "\ufeff{}"]
)
def test_a_file_that_is_no_document_is_a_sentence(
    app: Flask, world: World, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "document.json"
    path.write_text(text, encoding="utf-8")
    result = lint(app, str(path))
    assert result.exit_code == 1
    assert "“document.json”不是公文的 JSON 文件" in result.stderr


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [("标题", 6, "标题  "), ("正文第1段", 6, "正文… "), ("a\nb", 4, "a b "), ("中文", 4, "中文")],
)
def test_a_cell_is_as_wide_as_its_column(text: str, width: int, expected: str) -> None:
    assert fit_to_width(text, width) == expected
    assert terminal_width(expected) <= width


def test_lines_that_a_page_broke_are_counted_as_the_file_has_them(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "报告.txt"
    file.write_text(
        "　　三季度，街道坚持问题导向，聚焦重点任务，累计走访企业三十二\n"
        "家，形成线索十二条，协调解决停车难、用工难等问题十七个，各项工作\n"
        "有序推进。街道还组织开展了两轮安全生产检查，覆盖企业一百二十家\n以上，开立帐户三个。\n",
        encoding="utf-8",
    )
    (found,) = json.loads(lint(app, str(file), "--json").stdout)
    assert [found["place"][name] for name in ("line", "start", "end")] == [4, 5, 7]
