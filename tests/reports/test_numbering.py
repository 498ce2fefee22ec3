"""Numbers of headings: one that stands alone has none."""

from __future__ import annotations

from reports.model import Heading, Paragraph
from reports.numbering import number_blocks, number_headings

TEXT = Paragraph("已走访。")


def test_what_stands_alone_at_its_place_is_not_counted() -> None:
    body = (
        Heading(1, "甲"),
        Heading(2, "独"),
        Paragraph("文。", head=Heading(3, "一。")),
        Paragraph("文。", head=Heading(3, "二。")),
        Heading(1, "乙"),
        Heading(2, "一"),
        Paragraph("文。", head=Heading(3, "独。")),
        TEXT,
        Heading(2, "二"),
        Heading(3, "节"),
        Paragraph("文。", head=Heading(4, "独。")),
    )
    labels = [label for label, _ in number_blocks(number_headings(body))]
    assert labels == ["一、", "", "1.", "2.", "二、", "（一）", "", "", "（二）", "1.", ""]
