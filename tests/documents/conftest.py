"""A queue in memory, and the world with something to report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from huey import MemoryHuey

from app.base.task_messages import TaskSerializer
from app.queue import Queue, open_queue
from tests.world import World


@pytest.fixture
def queue(app: Flask) -> Queue:
    """The application's queue; nothing runs until a test lets it."""
    queue = open_queue(app, MemoryHuey(results=False, serializer=TaskSerializer()))
    app.extensions["queue"] = queue
    return queue


@pytest.fixture
def reported(reported: World, queue: Queue) -> World:
    """The world with something to report, and a queue."""
    return reported


@pytest.fixture
def in_app(app: Flask) -> Iterator[None]:
    """Operations that announce a job find their application, as in a request or a command."""
    with app.app_context():
        yield
