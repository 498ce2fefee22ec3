"""The life cycle of a reply as the full product of action, state and role, against the table in people's words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import pytest

from app.authority.actor import Actor, HeldGrant
from app.authority.permits import DepartmentTie
from app.authority.policy import Action, is_allowed
from app.authority.roles import Role
from app.base.errors import IllegalTransition
from app.directives.replies.life_cycle import ReplyState, next_reply_state

OWN, OTHER = 1, 2
LIFE_CYCLE = """
              draft      submitted  returned   sent   by
write_reply   draft      -          returned   draft  filer,head
submit_reply  submitted  -          submitted  -      filer,head
sign_reply    -          sent       -          -      head
return_reply  -          returned   -          -      head
take_back_reply  -       draft      -          -      filer,head
"""
HEAD, *ROWS = (line.split() for line in LIFE_CYCLE.strip().splitlines())
EXPECTED = {name: dict(zip(HEAD, cells, strict=True)) for name, *cells in ROWS}


@dataclass(frozen=True)
class Subject:
    def department_ids(self, tie: DepartmentTie) -> frozenset[int]:
        return frozenset({OWN}) if tie is DepartmentTie.OWNER else frozenset()


@pytest.mark.parametrize(("name", "state"), [*product(EXPECTED, ReplyState)])
def test_every_step_of_every_role_leads_where_the_table_says(name: str, state: ReplyState) -> None:
    action, row = Action(name), EXPECTED[name]
    for role, department in product(Role, (OWN, OTHER)):
        departmental = role in (Role.FILER, Role.HEAD)
        actor = Actor(1, "某人", role.label, grants=(HeldGrant(role, department if departmental else None),))
        is_permitted = role.value in row["by"].split(",") and department == OWN
        assert is_allowed(actor, action, Subject()) is is_permitted
    if row[state.value] != "-":
        assert next_reply_state(action, state) is ReplyState(row[state.value])
    else:
        with pytest.raises(IllegalTransition, match=state.label):
            next_reply_state(action, state)
