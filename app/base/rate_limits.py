"""Limiting how often something may be done, counted in the database that all processes share.

A limit is a leaky bucket in one row: each request delays the moment at which the bucket will be empty. Exactly `count`
requests pass at once, and then one each `period / count`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from peewee import CharField, DateTimeField

from app.base.clock import now
from app.base.database import BaseTable, transaction
from app.base.errors import TooManyRequests

# What is no longer counted goes with the next count; beyond so many rows, what would be empty first goes, too.
MOST_BUCKETS = 10_000
SURPLUS_AT_ONCE = 1_000


@dataclass(frozen=True)
class RateLimit:
    """A number of requests in a period.

    name: keeps the counts of different limits apart. label: what is limited, as the refusal calls it, such as 生成公文.
    """

    name: str
    label: str
    count: int
    period: timedelta

    @property
    def request_interval(self) -> timedelta:
        return self.period / self.count

    def overflow_refusal(self, wait: timedelta) -> TooManyRequests:
        allowed = f"每{duration_text(self.period)}最多 {self.count} 次"
        return TooManyRequests(
            f"{self.label}太频繁（{allowed}），这一步没有办成。请过{duration_text(wait)}再试。", wait=wait
        )


class RateBucket(BaseTable):
    key = CharField(max_length=64, unique=True)
    empty_at = DateTimeField(index=True)


def count_request(limit: RateLimit, subject: object, *, moment: datetime | None = None) -> None:
    """Count a request of `subject` (an account's id, an address).

    Raises TooManyRequests with the time to wait; a refused request is not counted and costs no write.
    """
    moment = moment or now()
    check_limit(limit, subject, moment=moment)
    add_to_bucket(limit, subject, moment)


def check_limit(limit: RateLimit, subject: object, *, moment: datetime | None = None) -> None:
    """Raise TooManyRequests if one more request would be too many; nothing is counted."""
    moment = moment or now()
    refuse_overflow(limit, emptied_at(limit, subject, moment), moment)


def refuse_overflow(limit: RateLimit, empty_at: datetime, moment: datetime) -> None:
    """Raise TooManyRequests if a bucket that will be empty at `empty_at` is full now."""
    wait = empty_at + limit.request_interval - moment - limit.period
    if wait > timedelta(0):
        raise limit.overflow_refusal(wait)


@transaction
def add_to_bucket(limit: RateLimit, subject: object, moment: datetime) -> None:
    """Count one request; the transaction lets simultaneous ones pass only up to the limit."""
    empty_at = emptied_at(limit, subject, moment)
    refuse_overflow(limit, empty_at, moment)
    delete_surplus_buckets(moment)
    counted = RateBucket.insert(key=bucket_key(limit, subject), empty_at=empty_at + limit.request_interval)
    counted.on_conflict(conflict_target=[RateBucket.key], preserve=[RateBucket.empty_at]).execute()


def delete_surplus_buckets(moment: datetime) -> None:
    """Delete expired buckets, and those beyond the maximum number, so that ever new addresses cannot fill the disk."""
    surplus = RateBucket.select(RateBucket.id).order_by(RateBucket.empty_at.desc())
    surplus = surplus.limit(SURPLUS_AT_ONCE).offset(MOST_BUCKETS - 1)
    RateBucket.delete().where((RateBucket.empty_at <= moment) | RateBucket.id.in_(surplus)).execute()


def emptied_at(limit: RateLimit, subject: object, moment: datetime) -> datetime:
    """Return when the bucket will be empty; now if nothing is counted."""
    row = RateBucket.get_or_none(RateBucket.key == bucket_key(limit, subject))
    return moment if row is None else max(moment, row.empty_at)


def bucket_key(limit: RateLimit, subject: object) -> str:
    """Return the key of a row: of fixed length, and not revealing what was typed."""
    return hashlib.sha256(f"{limit.name}\0{subject}".encode()).hexdigest()


def address_subject(address: str) -> str:
    """Return the part of a visitor's address that is counted: of IPv6 only the network, since one visitor has all its
    addresses.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))
    return str(known)


def duration_text(duration: timedelta) -> str:
    """Return a duration in words, rounded up: 20 秒, 3 分钟, 2 小时."""
    seconds = max(1, ceil(duration.total_seconds()))
    if seconds < 60:
        return f" {seconds} 秒"
    if seconds < 3600:
        return f" {ceil(seconds / 60)} 分钟"
    return f" {ceil(seconds / 3600)} 小时"
