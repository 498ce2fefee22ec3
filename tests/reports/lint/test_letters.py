"""Latin words and addresses."""

from dataclasses import replace

import pytest

from reports.model import Paragraph
from tests.reports import samples
from tests.reports.lint.cases import (
    UPWARD,
    assert_left_alone,
    quotes,
    with_text,
)


@pytest.mark.parametrize(
    ("rule", "text", "quoted"),
    [
        ("foreign-word", "组织workshop，推进TOD开发，再办Workshop。", ["workshop", "TOD"]),
        ("foreign-word", "引入city walk路线。", ["city", "walk"]),
        (
            "address",
            "详见https://example.gov.cn/a，材料发至a.b@example.gov.cn。",
            ["https://example.gov.cn/a", "a.b@example.gov.cn"],
        ),
    ],
)
def test_a_foreign_word_or_address_is_quoted(rule: str, text: str, quoted: list[str]) -> None:
    assert quotes(rule, with_text(text)) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "推进AI、5G、PM2.5、Wi-Fi、GDP、XXI、IP建设，长5km，重3kg，A类、A/B类、T2航站楼、1+11+17+X。",
        "推进以公共交通为导向的开发（TOD），组织workshop（研讨会），TOD再提速，workshop再办。",
        "联系人：王玥，邮箱：a.b@example.gov.cn。",
        "安装AED、ETC设备，“GO购”活动、《China Daily》、No.1空间、WD-40、沪AB-1234。",
    ],
)
def test_known_and_explained_words_are_left_alone(text: str) -> None:
    assert_left_alone(text)


def test_a_word_is_reported_where_it_first_stands() -> None:
    body = (
        Paragraph("推进开发。"),
        Paragraph("推进TOD开发。"),
        Paragraph("推进TOD（以公共交通为导向的开发）。"),
    )
    assert quotes("foreign-word", replace(UPWARD, body=body)) == ["TOD"]
    assert quotes("foreign-word", replace(UPWARD, body=body[::-1])) == []


def test_a_code_in_a_cell_is_no_foreign_word() -> None:
    assert quotes("foreign-word", replace(UPWARD, body=(samples.table(1, "TOD"),))) == []
    assert quotes("foreign-word", replace(UPWARD, body=(samples.table(1, "TOD区"),))) == ["TOD"]
