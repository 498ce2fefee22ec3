"""What supporting departments had filed before contributions were a thing of their own: every word goes along."""

from __future__ import annotations

from app.base.clock import now
from app.base.database import database, migration_runner
from app.filing.attachments.models import Attachment
from app.filing.contributions.models import Contribution, ContributionRevision
from app.filing.contributions.queries import contribution_as_stored
from app.filing.contributions.rules import ContributionState
from app.filing.core.life_cycle import FilingState
from app.filing.core.models import CommitmentTick, Filing
from app.plan.core.queries import commitments_of_measure
from tests.databases import on_both
from tests.filing.pages import brought_to, contributed
from tests.world import World

MIGRATION = "0032_contributions"


@on_both
def test_a_supporting_filing_becomes_a_contribution_with_all_its_words(world: World) -> None:
    filing = brought_to(FilingState.SUBMITTED, world, 3, "城管办")
    commitment = commitments_of_measure(filing.measure)[0]
    CommitmentTick.update(done=True, note="已签约").where(CommitmentTick.filing == filing).execute()
    if not CommitmentTick.select().where(CommitmentTick.filing == filing).exists():
        CommitmentTick.create(filing=filing, commitment=commitment, done=True, note="已签约")
    file = Attachment.create(
        filing=filing, name="图.pdf", kind="pdf", size=1, sha256="0" * 64, uploaded_by="某人"
    )
    leads, owed = Filing.select().count(), Contribution.select().count()
    runner = migration_runner()
    runner.down(MIGRATION)
    database.execute_sql(f"UPDATE filing SET role = 'support' WHERE id = {filing.id}")
    runner.up()
    assert (Filing.select().count(), Contribution.select().count()) == (leads - 1, owed + 1)
    one = Contribution.get(Contribution.measure == world.measures[2])
    assert one.state is ContributionState.WRITTEN
    assert one.text.splitlines() == [
        "已走访企业32家，形成线索12条。",
        "存在问题：个别企业联系不畅。",
        "下一步计划：四季度继续走访。",
        f"任务“{commitment.title}”：已办结；已签约",
    ]
    kept = [row.text for row in ContributionRevision.select().where(ContributionRevision.contribution == one)]
    assert any("完成率：76%" in text and "举措状态：正常推进" in text for text in kept)
    moved = Attachment.get_by_id(file.id)
    assert (moved.contribution_id, moved.filing_id) == (one.id, None)


@on_both
def test_taken_back_a_contribution_is_a_supporting_filing_again(world: World) -> None:
    contributed(world, 1, "城管办", "配合整治两次。")
    runner = migration_runner()
    runner.down(MIGRATION)
    query = "SELECT progress, state FROM filing WHERE role = 'support' AND progress <> ''"
    assert database.execute_sql(query).fetchall() == [("配合整治两次。", "submitted")]
    runner.up()
    one = contribution_as_stored(Contribution.get(Contribution.text != ""))
    assert (one.text, one.state) == ("配合整治两次。", ContributionState.WRITTEN)
    assert one.updated_at <= now()
