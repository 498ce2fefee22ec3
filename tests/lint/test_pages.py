"""The page 公文检查: pasted text, files, fixes, tracked changes, and what is refused."""

from __future__ import annotations

import re
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from docx import Document
from flask import Flask
from werkzeug.test import TestResponse

from app.lint.checked_text import FoundPiece, marked_pieces
from reports.lint import LintFinding, LintRule, Severity
from reports.lint.finding import FindingPlace
from reports.lint.written import TextFinding, lines_of_file
from reports.model import DocumentPart
from tests.clients import Browser, log_in
from tests.reports.lint.written.word_files import word_file
from tests.world import World

WRONG = "已完成5项,走访3家，对重点区域的的巡查。"


def send(client: Browser, path: str = "/lint", **values: object) -> TestResponse:
    return client.post(path, data=values, content_type="multipart/form-data")


@pytest.fixture
def client(app: Flask, world: World) -> Browser:
    browser = log_in(app, world, "office")
    browser.get("/lint")
    return browser


def test_a_pasted_text_is_shown_with_what_is_wrong_and_put_right(client: Browser) -> None:
    page = send(client, text=WRONG).text
    assert "2 处需要核对，其中 2 处错误" in page
    assert "<mark>,</mark>" in page
    assert "已完成5项，走访3家，对重点区域的巡查。" in page


def test_what_is_found_is_marked_in_the_whole_text_with_ways_to_and_fro(client: Browser) -> None:
    page = send(client, text=f"走访企业3家。\n{WRONG}\n甲\t乙\n1,2月\t好。").text
    marked = page.split('id="marked-heading"')[1].split("</section>")[0]
    assert "走访企业3家。" in marked
    assert '已完成5项<mark>,</mark><sup><a id="at-1" href="#finding-1"' in marked
    assert '<mark>的的</mark><sup><a id="at-2" href="#finding-2"' in marked
    assert "1,2月" in re.sub("<[^>]+>", "", marked)
    assert '<a href="#at-2">第2段</a>' in page
    assert 'id="finding-2"' in page


def test_findings_over_one_another_are_marked_together() -> None:
    def found(start: int, end: int) -> TextFinding:
        rule = LintRule("a", "", Severity.ERROR, "1")
        return TextFinding(LintFinding(rule, FindingPlace(DocumentPart.BODY), "", ""), "", 0, start, end)

    pieces = marked_pieces("一二三四五", [(1, found(3, 4)), (2, found(0, 2)), (3, found(1, 3))])
    assert pieces == [FoundPiece("一二三", (2, 3)), FoundPiece("四", (1,)), FoundPiece("五")]


def test_a_sound_text_is_found_sound(client: Browser) -> None:
    assert "没有发现问题" in send(client, text="走访企业3家。").text


def test_a_word_file_is_checked_and_its_text_put_into_the_field(client: Browser) -> None:
    page = send(client, file=(BytesIO(word_file(WRONG)), "报告.docx"), text="").text
    assert "文件：报告.docx" in page
    assert "2 处需要核对" in page


def test_fixes_come_back_as_tracked_changes(client: Browser) -> None:
    answer = send(client, "/lint/revised", file=(BytesIO(word_file("好。", WRONG)), "报告.docx"))
    assert answer.status_code == 200
    xml = ZipFile(BytesIO(answer.data)).read("word/document.xml").decode()
    assert re.findall(r"<w:delText[^>]*>([^<]*)<", xml) == [",", "的的"]
    assert len(re.findall("<w:ins ", xml)) == 2
    (line,) = [one.text for one in lines_of_file("a.docx", answer.data) if "完成" in one.text]
    assert line == "已完成5项，走访3家，对重点区域的巡查。"


UNSURE = "持续加大投入，切实改善居民的生活水平。"


def commented(client: Browser, data: bytes) -> list[tuple[str, str]]:
    """The comments that a Word file comes back with, each with the words that it is on."""
    answer = send(client, "/lint/revised", file=(BytesIO(data), "报告.docx"))
    assert answer.status_code == 200
    document = Document(BytesIO(answer.data))
    texts = {str(one.comment_id): one.text for one in document.comments}
    xml = ZipFile(BytesIO(answer.data)).read("word/document.xml").decode()
    ranges = re.findall(r'<w:commentRangeStart w:id="(\d+)"/>(.*?)<w:commentRangeEnd w:id="\1"/>', xml)
    return [("".join(re.findall(r"<w:t[^>]*>([^<]*)<", words)), texts[number]) for number, words in ranges]


def test_what_a_person_decides_comes_back_as_comments(client: Browser) -> None:
    (words, text), *others = commented(client, word_file("好。", UNSURE))
    assert (words, others) == ("改善", [])
    assert "不搭配" in text


def test_comments_of_others_stay(client: Browser) -> None:
    document = Document()
    runs = document.add_paragraph("走访企业三家。").runs
    document.add_comment(runs, text="请核实。", author="甲", initials="甲")
    document.add_paragraph(UNSURE)
    stream = BytesIO()
    document.save(stream)
    assert [text[:4] for _, text in commented(client, stream.getvalue())] == ["请核实。", "“改善”"]


def test_the_text_with_its_fixes_is_a_file(client: Browser) -> None:
    answer = send(client, "/lint/fixed", text=WRONG)
    assert answer.data.decode("utf-8-sig") == "已完成5项，走访3家，对重点区域的巡查。"


def test_one_click_puts_the_safe_fixes_in_and_checks_again(client: Browser) -> None:
    shown = client.post("/lint", data={"text": "街道布署了工作。\n9月31日前完成。"})
    form = re.search(
        r'<form method="post" action="/lint" class="notice">.*?name="text"[^>]*>(?P<text>[^<]*)<',
        shown.text,
        re.DOTALL,
    )
    assert form
    assert "一键改正 1 处，再检查" in form[0]
    again = client.post("/lint", data={"text": form["text"]}).text
    assert "街道部署了工作。" in again
    assert "没有“9月31日”这一天" in again
    assert "一键改正" not in again


def test_the_text_with_its_fixes_keeps_the_lines_of_its_writer(client: Browser) -> None:
    wrapped = (
        "　　三季度，街道坚持问题导向，聚焦重点任务，累计走访企业三十二\n"
        "家，形成线索十二条，开立帐户三个，协调解决问题十七个，各项工作\n"
        "有序推进。街道还组织开展了两轮安全生产检查，覆盖企业一百二十家\n以上，成效明显。"
    )
    answer = send(client, "/lint/fixed", text=wrapped)
    assert answer.data.decode("utf-8-sig") == wrapped.replace("帐户", "账户")


def test_five_hundred_pages_are_checked_and_put_right(client: Browser) -> None:
    line = "街道走访了企业三家。"
    page = client.post("/lint", data={"text": "\n".join([line] * 30_000)})
    assert "没有发现问题" in page.text
    fixed = client.post("/lint/fixed", data={"text": line * 40_000}).data.decode("utf-8-sig")
    assert len(fixed) == 400_000
    answer = client.post("/lint", data={"text": line * 40_001})
    assert answer.status_code == 422
    assert "错误：</span>粘贴的文字共 400010 字，请控制在 400000 字以内。" in answer.text


def test_the_text_of_a_file_comes_back_with_its_fixes_under_its_name(client: Browser) -> None:
    answer = send(client, "/lint/fixed", file=(BytesIO(word_file(WRONG)), "报告.docx"), text="")
    assert answer.data.decode("utf-8-sig") == "已完成5项，走访3家，对重点区域的巡查。"
    assert quote("报告（改正）.txt") in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("path", "values", "sentence"),
    [
        ("/lint", {"text": "  "}, "请选择文件，或者粘贴文字。"),
        ("/lint/fixed", {"text": "  "}, "请选择文件，或者粘贴文字。"),
        ("/lint", {"file": (b"not a zip", "报告.docx")}, "不是 Word 文件"),
        ("/lint/fixed", {"file": (b"not a zip", "报告.docx")}, "不是 Word 文件"),
        ("/lint", {"file": (b"", "报告.txt")}, "没有文字"),
        ("/lint/revised", {"file": (WRONG.encode(), "报告.txt")}, "只有 Word 文件（.docx）能写进修订"),
        ("/lint/revised", {"file": (word_file("走访三家。"), "报告.docx")}, "没有可以写成修订或者批注的"),
        ("/lint/revised", {"text": WRONG}, "只有 Word 文件（.docx）能写进修订"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    client: Browser, path: str, values: dict[str, object], sentence: str
) -> None:
    sent = {
        name: (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    answer = send(client, path, **sent)
    assert answer.status_code in (400, 422)
    assert sentence in answer.text
