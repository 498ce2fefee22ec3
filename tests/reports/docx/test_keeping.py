"""What belongs together stays on one page of the printed DOCX (7.3.5): no signature, note or row stands alone."""

from collections.abc import Mapping

from tests.reports.ink import page_texts, text_lines


def pages(printed: Mapping[str, bytes], name: str) -> list[str]:
    """The text of each page, without white space."""
    return ["".join(text.split()) for text in page_texts(printed[name])]


def test_a_signature_takes_the_annex_list_and_a_line_of_the_text_along(printed: Mapping[str, bytes]) -> None:
    first, second, *_ = pages(printed, "signed_overleaf")
    assert "国" in first
    for word in ("特此报告。", "附件：1.名单", "2.清单", "华阳路街道办事处", "2026年10月9日", "联系人"):
        assert word not in first.replace("华阳路街道办事处文件", "").replace("华阳路街道办事处关于", "")
        assert word in second


def test_a_tables_note_takes_its_last_two_rows_along(printed: Mapping[str, bytes]) -> None:
    *_, table, note = pages(printed, "note_overleaf")
    assert "优化营商环境9" in table
    assert "部分举措数优化营商环境9优化营商环境9注：按项计。" in note


def test_a_date_that_ends_at_the_right_edge_stays_on_one_line(printed: Mapping[str, bytes]) -> None:
    """LibreOffice sets its figures wider than the type area has room for behind a short name."""
    lines = [line.words for line in text_lines(printed["short_name"])]
    assert "2026年12月10日" in ["".join(words.split()) for words in lines]
