"""The process that reads one file, started by `confined_reader`: the file is its standard input, the answer is JSON.

It imports only the module of the function, neither Flask nor the database, so that it starts at once.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from app.base.errors import BadInput
from app.base.processes.confinement import confine_process


def main() -> None:
    """Call MODULE's FUNCTION with the file and the named arguments (JSON), within SECONDS and BYTES of memory."""
    module, function, arguments, seconds, memory = sys.argv[1:]
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    called = getattr(import_module(module), function)  # before its own files are all that it sees
    confine_process(int(seconds), int(memory))
    answer = answer_of(called, json.loads(arguments))
    with os.fdopen(answers, "wb") as out:
        out.write(answer)
    os._exit(0)  # taking an interpreter apart that holds a large tree takes longer than reading it


def answer_of(function: Callable[..., Any], arguments: dict[str, Any]) -> bytes:
    """Return the answer: a result, a refusal in words, that memory ran out, or the failure."""
    try:
        with os.fdopen(0, "rb", closefd=False) as file:
            return encode_answer(result=function(file, **arguments))
    except BadInput as refusal:
        return encode_answer(refusal=refusal.sentence)
    except MemoryError:
        return encode_answer(is_too_costly=True)
    except Exception:
        import traceback  # takes longer to load than all the rest

        return encode_answer(broken=traceback.format_exc())


def encode_answer(**answer: Any) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")
