"""Reading and writing numbers in tables and forms."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,4})?")
MOST_DIGITS = 15  # as many as a workbook keeps of a number


def parse_decimal(text: str) -> Decimal:
    """Read "1200", "1,200.5" or "１，２００". Raises ValueError, with a sentence, for anything else, such as "12家",
    and for more digits than Excel keeps.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not NUMBER.fullmatch(plain):
        raise ValueError(f"“{text.strip()}”不是数字。请只填数字，不写单位，最多四位小数，如 1200 或 97.5。")
    number = Decimal(plain.replace(",", "")).normalize()
    if len(number.as_tuple().digits) > MOST_DIGITS:
        raise ValueError(f"“{text.strip()}”超过 {MOST_DIGITS} 位有效数字，请少写几位小数。")
    return Decimal(format(number, "f"))


def plain_number(number: Decimal) -> str:
    """Return a number as it is stored and typed: 1200, 97.5."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_in_words(number: Decimal) -> str:
    """Return a number as it is shown: 1,200, 97.5."""
    whole, point, fraction = plain_number(number).partition(".")
    return f"{int(whole):,}{point}{fraction}" if abs(number) >= 1 else f"{whole}{point}{fraction}"


def with_unit(number: Decimal, unit: str) -> str:
    """Return a number with its unit: 1,200 家, 95%."""
    return f"{number_in_words(number)}{unit}" if unit == "%" else f"{number_in_words(number)} {unit}"


def share_of(number: Decimal, target: Decimal) -> int | None:
    """Return the share of a target in whole per cent; None if the target is 0."""
    return int((100 * number / target).to_integral_value(ROUND_HALF_UP)) if target else None
