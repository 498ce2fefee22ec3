"""flask org issuer(s): in whose name documents go out, and which of them issues what nobody else is named for."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.audit.models import Event
from app.org.models import Issuer
from app.org.queries import default_issuer, issuing_words
from tests.maintenance.installations import run

HEAD = "机关全称,发文机关代字,上级机关,抄送机关,默认\n"


def import_rows(app: Flask, folder: Path, *rows: str) -> tuple[int, str]:
    table = folder / "issuers.csv"
    table.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    result = run(app, "org", "issuers", table)
    return result.exit_code, result.stderr


def test_the_first_body_is_the_default_until_another_is_named(app: Flask) -> None:
    for name, word, *options in (
        ("江苏路街道办事处", "江街", "--superior", "示例区人民政府", "--copies", "区委办公室、区政府办公室"),
        ("中共江苏路街道工作委员会", "江街工委"),
    ):
        result = run(app, "org", "issuer", name, word, *options)
        assert (result.exit_code, result.stdout) == (0, f"已登记{name}，代字{word}。\n")
    run(app, "org", "issuer", "江苏路街道办事处", "江街")
    issuer = default_issuer()
    assert (issuer.name, issuer.superior) == ("江苏路街道办事处", "示例区人民政府")
    run(app, "org", "issuer", "中共江苏路街道工作委员会", "江工", "--default")
    assert [row.name for row in Issuer.select().where(Issuer.is_default)] == ["中共江苏路街道工作委员会"]
    assert issuing_words() == {"江苏路街道办事处": "江街", "中共江苏路街道工作委员会": "江工"}
    assert Event.select().where(Event.action == "register_issuer").count() == 4


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("江苏路街道办事处", "江街号"), "发文机关代字：代字只写 12 个以内的汉字，不写括号、数字和“号”。"),
        (("江" * 65, "江街"), "机关全称：机关全称共 65 字，请控制在 64 字以内。"),
        (("", "江街"), "机关全称：请填写机关全称。"),
    ],
)
def test_what_is_no_name_or_word_is_refused(app: Flask, arguments: tuple[str, ...], sentence: str) -> None:
    result = run(app, "org", "issuer", *arguments)
    assert (result.exit_code, sentence in result.stderr, Issuer.select().count()) == (1, True, 0)


def test_a_table_names_one_default_and_every_wrong_cell(app: Flask, tmp_path: Path) -> None:
    code, answer = import_rows(
        app, tmp_path, "甲街道办事处,甲街,,,是", "中共甲街道工作委员会,甲2,,,是", "甲街道人大工委,甲人,,,可"
    )
    assert (code, Issuer.select().count()) == (1, 0)
    assert "第 3 行“默认”：第 2 行已是默认的发文机关，只能有一个。" in answer
    assert "第 3 行“发文机关代字”：代字只写 12 个以内的汉字" in answer
    assert "第 4 行“默认”：请填“是”或“否”。" in answer
    assert (
        import_rows(app, tmp_path, "中共甲街道工作委员会,甲工,,,", "甲街道办事处,甲街,某区人民政府,,是")[0]
        == 0
    )
    assert (default_issuer().name, default_issuer().superior) == ("甲街道办事处", "某区人民政府")
    assert import_rows(app, tmp_path, "甲街道办事处,甲街,另一区人民政府,,")[0] == 0
    assert (default_issuer().name, default_issuer().superior) == ("甲街道办事处", "另一区人民政府")
