"""Refusals that stand beside the fields of a form."""

from __future__ import annotations

import pytest

from app.base.errors import FieldProblems, raise_field_problems


def test_only_fields_with_a_problem_are_refused() -> None:
    raise_field_problems({})
    raise_field_problems({"reason": "", "until": ""})
    with pytest.raises(FieldProblems) as refusal:
        raise_field_problems({"reason": "请写明理由。", "until": "", "text": "共 9 字，请控制在 8 字以内。"})
    assert refusal.value.fields == {"reason": "请写明理由。", "text": "共 9 字，请控制在 8 字以内。"}
    assert refusal.value.problems == ("请写明理由。", "共 9 字，请控制在 8 字以内。")
