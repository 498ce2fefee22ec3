"""Fixes as tracked changes and remarks as comments: what a writer accepts or refuses of any characters."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from itertools import combinations
from typing import Any
from zipfile import ZipFile

import pytest
from docx.oxml import parse_xml

from reports.lint.written import check_lines, lines_of_file, word_comments
from reports.lint.written.lines import RUN as RUN_TAG
from reports.lint.written.lines import W as NAME
from reports.lint.written.word_revisions import SPACE, RevisionWriter, revised_word_file
from reports.model import DocumentError
from tests.reports.lint.written.word_files import DELETED, INSERTED, RUN, W, word_file

BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>%s</w:t></w:r>"
PARAGRAPH = (
    f"<w:p {W}>{RUN % '甲乙'}{BOLD % '丙 丁'}"
    "<w:r><w:rPr><w:i/></w:rPr><w:t>戊</w:t><w:tab/><w:t>己庚</w:t></w:r>"
    f"<w:hyperlink>{BOLD % '辛壬'}</w:hyperlink></w:p>"
)
TEXT = "甲乙丙 丁戊\t己庚辛壬"
AT = datetime(2026, 10, 9, 8, 30)
SPANS = list(combinations(range(len(TEXT) + 1), 2))


def characters(paragraph: Any, left_out: str = "del") -> Iterator[tuple[str, str]]:
    """Yield each character with how it is written, without what is deleted, or without what is inserted."""
    for run in paragraph.iter(RUN_TAG):
        if run.getparent().tag == f"{NAME}{left_out}":
            continue
        style = "".join(one.tag.removeprefix(NAME) for one in run.iterfind(f"{NAME}rPr/*"))
        for child in run:
            text = "\t" if child.tag == f"{NAME}tab" else child.text or ""
            yield from ((one, style) for one in text if child.tag != f"{NAME}rPr")


def text_of(paragraph: Any, left_out: str = "del") -> str:
    return "".join(one for one, _ in characters(paragraph, left_out))


def keeps_spaces(paragraph: Any) -> bool:
    texts = paragraph.iter(f"{NAME}t", f"{NAME}delText")
    ends = [one for one in texts if one.text != one.text.strip()]
    return all(one.get(SPACE) == "preserve" for one in ends)


def written_in(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(f"{NAME}t"))


@pytest.mark.parametrize("replacement", ["", "新"])
def test_any_characters_are_replaced_if_accepted_and_stay_as_they_were_if_refused(replacement: str) -> None:
    whole = parse_xml(PARAGRAPH)
    for start, end in SPANS:
        paragraph, holds_tab = deepcopy(whole), "\t" in TEXT[start:end]
        done = RevisionWriter("某人", AT).replace_characters([paragraph], start, end, replacement)
        assert done is not holds_tab
        assert list(characters(paragraph, "ins")) == list(characters(whole))
        assert text_of(paragraph) == (TEXT if holds_tab else TEXT[:start] + replacement + TEXT[end:])
        assert keeps_spaces(paragraph)
        marks = [one for one in paragraph.iter(f"{NAME}ins", f"{NAME}del")]
        assert len({one.get(f"{NAME}id") for one in marks}) == len(marks)
        assert all(one.get(f"{NAME}author") == "某人" for one in marks)
        assert all(one.get(f"{NAME}date") == "2026-10-09T08:30:00Z" for one in marks)


def test_any_characters_are_cut_out_for_a_remark_and_none_of_them_changes() -> None:
    whole = parse_xml(PARAGRAPH)
    for start, end in SPANS:
        paragraph = deepcopy(whole)
        found = RevisionWriter("某人", AT).runs_of_characters([paragraph], start, end)
        assert list(characters(paragraph)) == list(characters(whole))
        assert keeps_spaces(paragraph)
        in_link = TEXT.index("辛")
        if "\t" in TEXT[start:end] or start < in_link < end:
            assert found is None
            continue
        assert found is not None
        runs = list(paragraph.iter(RUN_TAG))
        between = runs[runs.index(found[0]) : runs.index(found[1]) + 1]
        assert "".join(map(written_in, between)) == TEXT[start:end]


@pytest.mark.parametrize("other", [INSERTED % "乙", f"{DELETED % '删'}{INSERTED % '乙'}"])
def test_what_somebody_else_changed_is_left_alone(other: str) -> None:
    paragraph = parse_xml(f"<w:p {W}>{RUN % '甲'}{other}{RUN % '丙'}</w:p>")
    writer = RevisionWriter("某人", AT)
    for start, end in ((0, 2), (1, 2), (1, 3), (3, 4)):
        assert not writer.replace_characters([paragraph], start, end, "新")
        assert writer.runs_of_characters([paragraph], start, end) is None
    assert writer.replace_characters([paragraph], 2, 3, "新")
    assert text_of(paragraph) == "甲乙新"


WRONG = ("企业由100家增加到120家，增长25%。", "截止9月底,走访约30户左右。", "走访企业三家。")


def revised(data: bytes) -> tuple[bytes, int]:
    found = check_lines(lines_of_file("甲.docx", data))
    remarks = [one for one in found if one.finding.fix is None]
    return revised_word_file("甲.docx", data, found, remarks=remarks, author="某人", at=AT)


def part(data: bytes, name: str) -> Any:
    with ZipFile(BytesIO(data)) as package:
        return parse_xml(package.read(name))


def test_a_copy_has_the_fixes_and_the_remarks_and_all_else_as_it_was() -> None:
    data = word_file(*WRONG)
    copy, written = revised(data)
    lines = [line.text for line in lines_of_file("甲.docx", copy) if line.text]
    assert lines == [WRONG[0], "截至9月底，走访约30户。", WRONG[2]]
    assert written == 4
    comments = part(copy, "word/comments.xml")
    assert list(map(written_in, comments)) == ["由100到120是增加20.0%，请核对。"]
    assert [one.get(f"{NAME}id") for one in comments] == ["0"]
    body = part(copy, "word/document.xml")
    assert [one.get(f"{NAME}id") for one in body.iter(f"{NAME}commentReference")] == ["0"]
    (start,), (end,) = (list(body.iter(f"{NAME}commentRange{one}")) for one in ("Start", "End"))
    on, inside = start.getnext(), ""
    while on is not end:
        inside, on = inside + written_in(on), on.getnext()
    assert inside == "由100家增加到120家，增长25%"
    assert b"/word/comments.xml" in ZipFile(BytesIO(copy)).read("[Content_Types].xml")
    with ZipFile(BytesIO(data)) as before, ZipFile(BytesIO(copy)) as after:
        changed = {name for name in after.namelist() if name not in before.namelist()}
        changed |= {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert changed == {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }


def test_remarks_stand_beside_those_that_are_there() -> None:
    copy, _ = revised(word_file(*WRONG))
    again, written = revised(copy)
    assert written == 1
    assert [one.get(f"{NAME}id") for one in part(again, "word/comments.xml")] == ["0", "1"]
    relations = part(again, "word/_rels/document.xml.rels")
    assert [one.get("Target") for one in relations].count("comments.xml") == 1
    assert len({one.get("Id") for one in relations}) == len(relations)


def test_without_remarks_there_is_no_part_for_them() -> None:
    copy, written = revised(word_file(WRONG[1]))
    assert written == 3
    assert "word/comments.xml" not in ZipFile(BytesIO(copy)).namelist()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(stream, "w") as copy:
        for one in package.namelist():
            copy.writestr(one, content if one == name else package.read(one))
    return stream.getvalue()


def test_comments_that_cannot_be_read_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    data, relations = word_file(*WRONG), "word/_rels/document.xml.rels"
    with pytest.raises(DocumentError, match="批注读不出来"):
        revised(with_part(data, relations, b"<"))
    with ZipFile(BytesIO(data)) as package:
        sizes = [package.getinfo(name).file_size for name in (relations, "[Content_Types].xml")]
    monkeypatch.setattr(word_comments, "LONGEST_PART", max(sizes))
    assert revised(data)[1] == 4
    monkeypatch.setattr(word_comments, "LONGEST_PART", max(sizes) - 1)
    with pytest.raises(DocumentError, match="批注读不出来"):
        revised(data)
