"""A scheduled task and its result."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice


class Task(NamedTuple):
    """Something to do at a time. The name, such as `promotion:7:start`, identifies it and begins with its kind.

    `reckoned` is when the bot chose the time by itself (None: a person did). If that lies in the future, the clock was
    ahead, so the task is due at once. What finds tasks leaves it out.
    """

    name: str
    at: datetime
    reckoned: datetime | None = None


def next_morning(name: str, at: datetime) -> Task:
    """A task for the next morning. That is never two days ahead, so it was reckoned later than two days before."""
    return Task(name, at, at - timedelta(days=2))


class Guard(NamedTuple):
    """The version of what a task is about, such as `promotion`, 7, version 2 (optimistic locking).

    If it has changed since, the task stays due and none of its notices is stored.
    """

    kind: str
    id: int
    version: int


class TaskResult(NamedTuple):
    """The notices that a task has caused, and when it is due next (None: never).

    The result counts only if `guard` still holds; otherwise the task stays due and runs again.
    """

    notices: Sequence[Notice] = ()
    next_at: datetime | None = None
    guard: Guard | None = None
