"""What a process remembers for a while."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.base.cache import Cache

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
UNTIL = NOW + timedelta(days=1)


def test_of_too_many_the_oldest_are_forgotten() -> None:
    cache: Cache[int] = Cache(most=2)
    for number, name in enumerate("abac"):
        cache.put(name, number, UNTIL)
    assert [cache.get(name, NOW) for name in "abc"] == [2, None, 3]


def test_nothing_is_remembered_for_longer_than_its_time() -> None:
    cache: Cache[str] = Cache()
    cache.put("a", "here", UNTIL)
    assert cache.get("a", UNTIL - timedelta(seconds=1)) == "here"
    assert cache.get("a", UNTIL) is None


def test_what_is_taken_out_is_forgotten() -> None:
    cache: Cache[str] = Cache()
    cache.put("a", "here", UNTIL)
    cache.pop("a")
    cache.pop("b")
    assert cache.get("a", NOW) is None
