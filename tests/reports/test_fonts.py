"""Faces for every role, and what happens when one or a character is missing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcherResponse

from reports import fonts
from reports.font_files import installed_files
from reports.fonts import FontError, FontRole, find_fonts, require_font_subsetter
from reports.model import Heading, OfficialDocument, Paragraph
from reports.pdf import KnownAssets, TextTypesetter, render_pdf
from reports.pdf_variants import PdfVariant
from tests.reports import samples
from tests.reports.ink import page_texts, sheets
from tests.reports.pdf_objects import unpacked
from tests.reports.truetype import write_truetype

# A font's program in a PDF: 2 is TrueType, 3 any other (ISO 32000-1, 9.9).
FONT_FILES = re.compile(rb"/FontFile([23]?)\b")


FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""
LEVEL1 = "一、总体情况"


@pytest.fixture
def simhei(tmp_path: Path) -> Path:
    """黑体 as Windows brings it along: a TrueType face; it has the few characters of LEVEL1 alone."""
    (tmp_path / "faces").mkdir()
    like = find_fonts()[FontRole.LEVEL1].main.path
    return write_truetype(tmp_path / "faces" / "simhei.ttf", "SimHei", LEVEL1, like=like)


@pytest.fixture
def empty_font_caches() -> Iterator[None]:
    """Forget which faces were found, before the test and after it."""
    for found in (installed_files, find_fonts):
        found.cache_clear()
    yield
    for found in (installed_files, find_fonts):
        found.cache_clear()


def test_each_role_has_a_face_with_all_of_gb2312() -> None:
    book = find_fonts()
    for role in FontRole:
        assert len(book[role].main.characters) > 6763


def test_rare_name_characters_are_printed_by_the_face_behind() -> None:
    family = find_fonts()[FontRole.TEXT]
    rare = family.rare_characters(samples.RARE_NAMES + "国")
    assert set(rare) <= set(samples.RARE_NAMES)
    assert {face.path.name for face in rare.values()} == {"NotoSerifSC-Regular.otf"}


@pytest.mark.parametrize("variant", PdfVariant)
def test_the_rarest_characters_of_names_are_printed_in_every_face(variant: PdfVariant) -> None:
    names = "𠮷𬱖㐂𪚥"
    document = replace(
        samples.UPWARD,
        title=f"关于{names}的报告",
        body=(Heading(1, names), Heading(2, names), Paragraph(names)),
    )
    pdf = render_pdf(document, variant=variant)
    assert "".join(page_texts(pdf)).count(names) == 4
    *_, line = sheets(pdf, 1)[0].part(bottom=263).lines()[:6]
    assert line.right - line.left > 3 * 5.5


def test_a_book_without_the_rarest_faces_names_the_character(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_font_caches: None
) -> None:
    monkeypatch.setattr(fonts, "RARE_FACES", ())
    with pytest.raises(FontError, match="字符“𠮷”"):
        find_fonts()[FontRole.TEXT].face_for("𠮷")


def test_a_rare_character_has_a_face_made_once_when_it_is_needed() -> None:
    served = []

    class CountedAssets(KnownAssets):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
            served.append(url)
            return super().fetch(url, headers)

    typesetter = TextTypesetter(find_fonts(), FontConfiguration(), CountedAssets(find_fonts()))
    for text in ("国", "国𠮷𠮷", "国𠮷"):
        typesetter.typeset_text(text)
    assert served == ["font:gongwen-text-u20bb7"]


def test_a_character_that_no_face_has_is_named() -> None:
    document = replace(samples.UPWARD, body=(Paragraph("进展顺利😀"),))
    with pytest.raises(FontError, match=r"字符“😀”（U\+1F600）在仿宋体及其后备字体中都没有"):
        render_pdf(document)


def test_a_missing_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed_files", dict)
    with pytest.raises(FontError, match=r"缺少小标宋体：.*方正小标宋简体.*FandolSong-Bold"):
        find_fonts(tmp_path)


def test_a_licensed_face_in_the_folder_comes_first(tmp_path: Path) -> None:
    default = find_fonts()
    for family in default.families:
        (tmp_path / family.main.path.name).symlink_to(family.main.path)
    assert find_fonts(tmp_path)[FontRole.TEXT].main.path.parent == tmp_path
    names = fonts.NAMES | {FontRole.TEXT: ("FandolKai-Regular", *fonts.NAMES[FontRole.TEXT])}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "NAMES", names)
        find_fonts.cache_clear()
        assert find_fonts(tmp_path)[FontRole.TEXT].main.path.name == "FandolKai-Regular.otf"
    find_fonts.cache_clear()


def test_a_missing_subsetter_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    require_font_subsetter()
    monkeypatch.setattr(ffi, "harfbuzz_subset", None)
    with pytest.raises(FontError, match="系统缺少 libharfbuzz-subset"):
        require_font_subsetter()


def test_the_offices_own_folder_comes_first_and_need_not_hold_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (default,) = fonts.font_folders()
    monkeypatch.setenv("FONTS_DIR", str(tmp_path))
    assert fonts.font_folders() == (tmp_path, default)
    own = tmp_path / "own.otf"
    own.write_bytes(find_fonts(default)[FontRole.TEXT].main.path.read_bytes())
    book = find_fonts(*fonts.font_folders())
    assert book[FontRole.TEXT].main.path == own
    assert all(family.is_stand_in for family in book.families)
    assert book[FontRole.TITLE] == find_fonts(default)[FontRole.TITLE]


def test_a_truetype_face_in_the_offices_own_folder_is_used_and_embedded(
    simhei: Path, empty_font_caches: None
) -> None:
    (default,) = fonts.font_folders()
    book, open_book = find_fonts(simhei.parent, default), find_fonts(default)
    assert book[FontRole.LEVEL1].main.path == simhei
    assert not book[FontRole.LEVEL1].is_stand_in
    document = replace(samples.UPWARD, body=(Heading(1, LEVEL1.partition("、")[2]), Paragraph("进展顺利。")))
    ours, open_ones = render_pdf(document, book), render_pdf(document, open_book)
    assert LEVEL1 in "".join(page_texts(ours))
    assert FONT_FILES.findall(unpacked(open_ones)).count(b"2") == 0
    assert FONT_FILES.findall(unpacked(ours)).count(b"2") == 1
    heading, model = (sheets(pdf, 1)[0].lines() for pdf in (ours, open_ones))
    assert [line.left for line in heading] == pytest.approx([line.left for line in model], abs=0.2)


def test_a_face_that_is_installed_is_found_and_used(
    simhei: Path, monkeypatch: pytest.MonkeyPatch, empty_font_caches: None
) -> None:
    settings = simhei.parent / "fonts.conf"
    settings.write_text(FONTCONFIG.format(folder=simhei.parent), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    assert installed_files() == {"SimHei": simhei}
    book = find_fonts()
    assert book[FontRole.LEVEL1].main.path == simhei
    assert [family.role for family in book.families if family.is_stand_in] == [
        role for role in FontRole if role is not FontRole.LEVEL1
    ]


@pytest.mark.parametrize("role", [FontRole.TEXT, FontRole.LEVEL1])
def test_characters_of_the_face_behind_stand_as_high_as_those_around_them(role: FontRole) -> None:
    text = "国國国國国".replace("國", "堃")
    block = Paragraph(text) if role is FontRole.TEXT else Heading(1, text)
    page = sheets(samples.pdf(OfficialDocument("通知", (block,))), 1)[0]
    line = page.part(top=60, bottom=262).lines()[0]
    found = page.part(top=line.top - 1, bottom=line.bottom + 1).pieces(0.3)[-5:]
    usual, rare = found[0::2], found[1::2]
    assert len(rare) == 2
    for one in rare:
        assert one.middle[1] == pytest.approx(usual[0].middle[1], abs=0.25)
        assert one.bottom - one.top == pytest.approx(usual[0].bottom - usual[0].top, abs=0.5)
