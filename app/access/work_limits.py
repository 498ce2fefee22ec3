"""Limits to the work that one account may request: assembling, printing, exporting and uploading cost seconds each."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from functools import wraps
from typing import Any, TypeVar, cast

from peewee import OperationalError

from app.access.guards import current_person
from app.base.rate_limits import RateLimit, count_request
from app.base.settings.current import current_settings
from app.base.settings.settings import Settings

View = TypeVar("View", bound=Callable[..., Any])

logger = logging.getLogger(__name__)

PERIOD = timedelta(minutes=10)


class WorkKind(Enum):
    """A kind of work: its name in a refusal, and the setting with the limit per `PERIOD`."""

    DOCUMENTS = ("汇编、印发和核对公文", "document_limit")
    PREVIEWS = ("改写公文", "preview_limit")
    WORKBOOKS = ("下载和上传表格", "workbook_limit")
    UPLOADS = ("上传文件", "upload_limit")

    def rate_limit(self, settings: Settings) -> RateLimit:
        label, setting = self.value
        return RateLimit(self.name, label, getattr(settings, setting), PERIOD)


def rate_limited(work: WorkKind) -> Callable[[View], View]:
    """Count a view's requests by account; place it below the guard. Raises TooManyRequests."""

    def limit_view(view: View) -> View:
        @wraps(view)
        def count_and_run(**values: Any) -> Any:
            count_work(work)
            return view(**values)

        count_and_run.work = work  # type: ignore[attr-defined]  # for the test over every route
        return cast(View, count_and_run)

    return limit_view


def count_work(work: WorkKind) -> None:
    """Count one request. If that cannot be written, as on a full disk, reading goes on."""
    try:
        count_request(work.rate_limit(current_settings()), current_person().account_id)
    except OperationalError:
        logger.warning("a request could not be counted", exc_info=True)
