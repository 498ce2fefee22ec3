"""The daily notice of what changed in the subjects that an account follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, time

from app.access.queries import role_holders
from app.authority.actor import Actor, HeldGrant
from app.authority.policy import Action, is_allowed, require
from app.authority.roles import Role
from app.base.clock import now, today
from app.base.database import transaction
from app.following.followed_changes import FollowedChange, changes_for, changes_since
from app.following.models import Follow
from app.notices.operations import send_notice
from app.notices.rules import NoticeAddressees, NoticeKind, NoticeMessage, is_reminder_hour

MOST_LINES = 30
FOLLOWED_HOME = "/?scope=followed"


@transaction
def send_daily_notices(*, by: Actor) -> None:
    """Send each account one notice a day of the changes in what it follows, after the first reminder hour.

    Changes made by the account itself, or of subjects it may not read, are left out.
    """
    require(by, Action.RUN_TASKS)
    morning = datetime.combine(today(), time())
    if not is_reminder_hour(now()):
        return
    waiting = list(Follow.select().where(Follow.noticed_at < morning).order_by(Follow.id))
    if not waiting:
        return
    changes = changes_since(min(one.noticed_at for one in waiting))
    by_account: dict[int, list[Follow]] = defaultdict(list)
    for follow in waiting:
        by_account[follow.account_id].append(follow)
    for account_id, reader in readers_among(set(by_account)):
        found = changes_for(reader, by_account[account_id], changes)
        if found:
            send_notice(notice_of_changes(found), to=NoticeAddressees(account_ids=frozenset({account_id})))
    Follow.update(noticed_at=now()).where(Follow.noticed_at < morning).execute()


def readers_among(account_ids: set[int]) -> Iterator[tuple[int, Actor]]:
    """Yield those accounts that may still follow anything, with their present grants: one query."""
    held: dict[int, list[HeldGrant]] = defaultdict(list)
    accounts = {}
    for grant in role_holders(frozenset(Role)):
        if grant.account_id in account_ids:
            accounts[grant.account_id] = grant.account
            held[grant.account_id].append(HeldGrant(grant.role, grant.department_id, grant.leader_id))
    for account_id, one in sorted(accounts.items()):
        reader = Actor(account_id, one.person, one.seat, "", tuple(held[account_id]), one.username)
        if is_allowed(reader, Action.FOLLOW_SUBJECT):
            yield account_id, reader


def notice_of_changes(found: Sequence[FollowedChange]) -> NoticeMessage:
    lines = [one.words for one in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        lines.append(f"另有 {len(found) - MOST_LINES} 项，见系统。")
    name = f"following:{today().isoformat()}"
    return NoticeMessage(
        kind=NoticeKind.FOLLOWED,
        sentence=f"您关注的事项有 {len(found)} 项变化。",
        path=found[0].path if len(found) == 1 else FOLLOWED_HOME,
        topic=name,
        detail="\n".join(lines),
        key=name,
    )
