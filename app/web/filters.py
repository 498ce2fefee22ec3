"""How dates, times and shares are written for people."""

from __future__ import annotations

from flask import Flask

from app.base.days import day_with_weekday, moment_with_weekday, written_day, written_moment


def share_text(count: int, total: int) -> str:
    """Return a share with its denominator: 38/45（84%）; a dash where there is nothing to divide by."""
    return f"{count}/{total}（{round(100 * count / total)}%）" if total else "—"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        day=written_day,
        moment=written_moment,
        day_with_weekday=day_with_weekday,
        moment_with_weekday=moment_with_weekday,
    )
    app.jinja_env.globals["share"] = share_text
