"""flask service: what a real start needs."""

from __future__ import annotations

from app.access.queries import sample_accounts
from app.base.errors import BadInput
from app.wiring.cli.command_groups import SentenceGroup
from app.wiring.cli.database import upgrade_schema

service = SentenceGroup("service", help="正式运行。")

HAS_SAMPLE = (
    "这个数据库里有示例账号（{names}等 {count} 个），其密码并不保密，不能正式使用。"
    "要看示例请运行 make run；正式使用请把 INSTANCE_DIR 设到新的文件夹（或 DATABASE_URL 设到新的数据库）。"
)


@service.command("prepare")
def prepare_service() -> None:
    """升级数据库；有示例账号的数据库不能正式使用，退出码为 1。"""
    upgrade_schema()
    samples = sample_accounts()
    if samples:
        names = "、".join(account.username for account in samples[:3])
        raise BadInput(HAS_SAMPLE.format(names=names, count=len(samples)))
