"""Formulas of several members: another order, another word, one left out."""

from tests.reports.lint.cases import quotes, with_text

FORMULAS = {
    "坚持自治、法治、德治相结合。": [],
    "坚持德治、法治、自治相结合。": ["德治、法治、自治"],
    "坚持自治、善治、德治相结合。": ["善治"],
    "坚持自治、法治、善治相结合。": ["善治"],
    "善治、法治、德治相结合，社区更和谐。": ["善治"],
    "坚持自治与法治相结合。": [],
    "增强道路自信、理论自信、文化自信。": ["道路自信、理论自信、文化自信"],
    "推动自我服务、自我管理、自我教育、自我监督。": [],
    "讲自治、法治、德治，再讲自治。": [],
}


def test_another_order_another_word_and_a_missing_member_are_quoted() -> None:
    assert {text: quotes("fixed-formula", with_text(text)) for text in FORMULAS} == FORMULAS
