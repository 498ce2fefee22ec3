"""Names in two spellings within one text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.lint.rules.names import consistent_names
from tests.reports.lint.cases import quotes, with_text
from tests.reports.lint.small_language import small_model


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("走访了落实里社区，约谈了落时里社区居委会。", ["落时里社区"]),
        ("走访了落实里社区，约谈了落四里社区居委会。", []),
        ("走访了落实里社区，约谈了落实里小区物业。", []),
    ],
)
def test_a_name_in_two_spellings_is_found(
    text: str, quoted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consistent_names, "find_word_model", small_model)
    assert quotes("one-name-by-sound", with_text(text)) == quoted


@pytest.mark.parametrize(
    ("title", "text", "quoted"),
    [
        ("关于同意设立柳林镇分中心的批复", "同意在柳河镇设立分中心。", ["柳河镇"]),
        ("关于东苑小区改造的请示", "西苑小区建于1998年。", ["西苑小区"]),
        ("关于同意设立柳林镇分中心的批复", "同意在柳林镇设立分中心，柳河镇居民可就近办理。", []),
        ("柳林街道关于创建情况的报告", "我街道与柳河街道联合整治。", []),
        ("关于第一中学扩建的请示", "县一中学生多，第二中学无力分流。", []),
        ("关于做好农村工作的通知", "全县抓好乡村建设。", []),
    ],
)
def test_another_place_than_in_the_title_is_found(title: str, text: str, quoted: list[str]) -> None:
    assert quotes("place-of-title", replace(with_text(text), title=title)) == quoted


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("《青源市停车位管理条例》共六章。", ["《青源市停车位管理条例》"]),
        ("《青源市停车场管理条例》共六章。", []),
        ("《青源市停车楼管理条例》另行印发。", []),
        ("《青源市停车场管理条例》与《青源市停车位管理条例》一并施行。", []),
    ],
)
def test_a_work_cited_by_two_titles_is_found(text: str, quoted: list[str]) -> None:
    title = "关于印发《青源市停车场管理条例》的通知"
    assert quotes("work-of-two-titles", replace(with_text(text), title=title)) == quoted
