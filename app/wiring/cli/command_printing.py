"""Printing from commands, in a separate process as the worker does.

Pango's thread may still be running while an interpreter shuts down, and such processes have crashed after finishing
their work. Therefore only processes that exit without this shutdown print: see `render_process`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.base.errors import BadInput
from app.base.settings.current import current_settings
from app.drafting.jobs.operations import BROKEN
from app.printing.render_pool import RenderingFailed, RenderPool
from reports.model import DocumentError


@contextmanager
def opened_pool() -> Iterator[RenderPool]:
    """Give a command a rendering process within the block. Raises BadInput if a document cannot be printed."""
    room = RenderPool(fonts_folder=current_settings().fonts_folder)
    try:
        yield room
    except DocumentError as error:
        raise BadInput(str(error)) from None
    except RenderingFailed:
        raise BadInput(BROKEN) from None
    finally:
        room.close_pool()
