"""What a new password must be, and how long it lasts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

REMEMBERED = 5
CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
COMMON = (
    "password",
    "admin",
    "qwerty",
    "huayang",
    "jiedao",
    "123456",
    "abcdef",
    "111111",
    "000000",
    "letmein",
)


@dataclass(frozen=True)
class PasswordRule:
    """A rule for passwords.

    Attributes:
        length: fewest characters.
        classes: of how many kinds they must be: small and capital letters, digits, signs.
        age: how long a password lasts; None for ever.
    """

    length: int
    classes: int
    age: timedelta | None

    @property
    def words(self) -> str:
        """Return what a password must be, as a hint for whoever makes one up."""
        kinds = f"，含大写字母、小写字母、数字、符号中的至少{'一二三四'[self.classes - 1]}类"
        lasting = f"，每 {self.age.days} 天更换一次" if self.age else ""
        return f"至少 {self.length} 个字符{kinds if self.classes > 1 else ''}{lasting}。"

    def problem(self, password: str, *, username: str) -> str | None:
        """Return what is wrong with a new password as a sentence, or None."""
        if len(password) < self.length:
            return f"密码至少 {self.length} 个字符，请再长一些。"
        if sum(bool(re.search(pattern, password)) for pattern in CLASSES) < self.classes:
            kinds = "一二三四"[self.classes - 1]
            return f"密码须含大写字母、小写字母、数字、符号中的至少{kinds}类。"
        lowered = password.lower()
        if username.lower() in lowered or any(word in lowered for word in COMMON):
            return "密码含有用户名或常见词，容易被猜到，请换一个。"
        return None

    def is_too_old(self, set_at: datetime, *, at: datetime) -> bool:
        """Return whether a password that was set at one moment is too old at another."""
        return self.age is not None and at - set_at >= self.age


RULES: Mapping[str, PasswordRule] = {
    # What inspectors of 等保 2.0 level 2 expect.
    "classic": PasswordRule(length=12, classes=3, age=timedelta(days=90)),
    # NIST SP 800-63B-4, 3.1.1.2: length counts, not composition, and nothing is changed without a cause.
    "modern": PasswordRule(length=15, classes=1, age=None),
}
