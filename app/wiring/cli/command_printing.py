"""What a command prints with: a process of its own, as the worker has it.

Pango's thread may still be at work while an interpreter is torn down, and such a process was seen to crash after all
was done. Therefore no process prints but one that leaves without being torn down: see `render_process`.
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
    """Give a command a rendering process while the block lasts. Raises BadInput where a document cannot be printed."""
    room = RenderPool(fonts_folder=current_settings().fonts_folder)
    try:
        yield room
    except DocumentError as error:
        raise BadInput(str(error)) from None
    except RenderingFailed:
        raise BadInput(BROKEN) from None
    finally:
        room.close_pool()
