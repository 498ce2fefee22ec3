"""Tasks as they lie in the queue: a name and whole numbers, in JSON. Reading one never runs anything."""

from __future__ import annotations

import json
from typing import Any

from huey.registry import Message
from huey.serializer import Serializer

LONGEST = 1_000  # bytes
NAME_LENGTH = 200
PLAIN = Message(None, None, retries=0, retry_delay=0, args=(), kwargs={}, retry_backoff=0)


class UnreadableTask(ValueError):
    """What lies in the queue is no task of this system; the worker drops it."""


class TaskSerializer(Serializer):
    """Writes and reads tasks; huey's own would let anybody who can write to the queue run anything."""

    def serialize(self, message: Message) -> bytes:
        """Return the bytes of a task. Raises TypeError for one that says more than a name and whole numbers."""
        unusual = [
            name for name in Message._fields if getattr(message, name) != expected_value(name, message)
        ]
        if unusual or not are_whole_numbers(message.args):
            raise TypeError(f"a task of the queue takes whole numbers alone: {message}")
        return json.dumps([message.id, message.name, *message.args]).encode()

    def deserialize(self, data: bytes) -> Message:
        """Return the task that some bytes describe. Raises UnreadableTask."""
        if len(data) > LONGEST:
            raise UnreadableTask(f"{len(data)} bytes")
        try:
            written = json.loads(bytes(data))
        except (ValueError, RecursionError):
            raise UnreadableTask(f"not JSON: {bytes(data[:32])!r}") from None
        if not isinstance(written, list) or len(written) < len(("identity", "name")):
            raise UnreadableTask("not a name and whole numbers")
        identity, name, *numbers = written
        if not is_short_text(identity) or not is_short_text(name) or not are_whole_numbers(numbers):
            raise UnreadableTask("not a name and whole numbers")
        return PLAIN._replace(id=identity, name=name, args=tuple(numbers))


def expected_value(field: str, message: Message) -> Any:
    """Return what a field must hold for a task to be written."""
    return getattr(message if field in ("id", "name", "args") else PLAIN, field)


def is_short_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= NAME_LENGTH


def are_whole_numbers(values: object) -> bool:
    """Return whether all values are whole numbers; True and False count as such in Python, not here."""
    return isinstance(values, list | tuple) and all(type(value) is int for value in values)
