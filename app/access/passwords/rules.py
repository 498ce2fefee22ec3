"""Rules for new passwords, and how long a password is valid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

REMEMBERED_PASSWORDS = 5
CHARACTER_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
# Who changes a password himself keeps it for a day: else the last ones are gone through in a minute, back to the first.
SHORTEST_USE = timedelta(days=1)

GUESSABLE_SENTENCE = (
    "这个密码容易被猜到：单位、部门、人名和用户名（包括拼音），常见词、日期、键盘上相邻的键，加上几个数字或符号，"
    "都会先被试到。请用几个不相干的词，或者更长的一串随机字符。"
)


@dataclass(frozen=True)
class PasswordRule:
    """A rule for passwords.

    length: minimum number of characters. classes: minimum number of kinds among small and capital letters, digits,
    signs. age: how long a password is valid; None for ever.
    """

    length: int
    classes: int
    age: timedelta | None

    @property
    def rule_hint(self) -> str:
        kinds = f"，含大写字母、小写字母、数字、符号中的至少{'一二三四'[self.classes - 1]}类"
        lasting = f"，每 {self.age.days} 天更换一次" if self.age else ""
        return f"至少 {self.length} 个字符{kinds if self.classes > 1 else ''}{lasting}。"

    @property
    def rule_sentences(self) -> tuple[str, ...]:
        return (
            self.rule_hint,
            "不容易被猜到：不用单位、部门、人名、用户名（包括拼音）、常见词、日期或键盘上相邻的键拼凑；"
            "可以用几个不相干的词，也可以用一串随机字符。",
            f"与最近用过的 {REMEMBERED_PASSWORDS} 个密码都不相同；自己改过以后，一天之内不能再改。",
        )

    def problem_of(self, password: str) -> str | None:
        if len(password) < self.length:
            return f"密码至少 {self.length} 个字符，请再长一些。"
        if sum(bool(re.search(pattern, password)) for pattern in CHARACTER_CLASSES) < self.classes:
            kinds = "一二三四"[self.classes - 1]
            return f"密码须含大写字母、小写字母、数字、符号中的至少{kinds}类。"
        return None

    def is_too_old(self, set_at: datetime, *, at: datetime) -> bool:
        return self.age is not None and at - set_at >= self.age


def changeable_from(chosen_at: datetime | None, *, at: datetime) -> datetime | None:
    """Return when a password may be changed again, or None if it may be now."""
    if chosen_at is None or at - chosen_at >= SHORTEST_USE:
        return None
    return chosen_at + SHORTEST_USE


PASSWORD_RULES: Mapping[str, PasswordRule] = {
    # What inspectors of 等保 2.0 level 2 expect.
    "classic": PasswordRule(length=12, classes=3, age=timedelta(days=90)),
    # NIST SP 800-63B-4, 3.1.1.2: length counts, not composition, and nothing is changed without a cause.
    "modern": PasswordRule(length=15, classes=1, age=None),
}
