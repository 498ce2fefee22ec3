"""Double submit: fifty equal requests at the same moment have one effect, and all are led to the same place."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from app.directives.core.models import Directive
from app.notices.models import Notice
from tests.concurrency.service import Service
from tests.concurrency.visitor import ONCE, Visitor
from tests.databases import on_both
from tests.directives.writing import WORDS
from tests.world import World

PARALLEL = 50


@on_both
def test_fifty_parallel_requests_with_one_key_have_one_effect(service: Service, world: World) -> None:
    leader = Visitor(service.address, world.users["leader"].username).log_in()
    path = f"/measures/{world.measures[0].id}/directives"
    key = ONCE.search(leader.get(f"{path}/new").text)
    assert key
    addressee = str(world.departments["经发办"].id)
    form = {"once": key[1], "kind": "instruction", "text": WORDS, "main": addressee}
    with ThreadPoolExecutor(PARALLEL) as crowd:
        answers = list(crowd.map(lambda _: leader.post(path, **form), range(PARALLEL)))
    assert {answer.status for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert Directive.select().count() == 1
    assert Notice.select().count() == Notice.select(Notice.account).distinct().count()
