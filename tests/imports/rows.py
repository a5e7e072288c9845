"""Rows and pages in few words: days of January 2026."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.imports.model import Page, Row

APPLIED, BOOST, BADGE, BOUGHT = (
    "Applied to job",
    "Connects bid for boosted proposal.",
    "Availability Badge",
    "Added extra Connects",
)


def day(number: int) -> date:
    return date(2026, 1, number)


def bid(on: int, title: str, connects: int = -16, **more: Any) -> Row:
    return Row(day(on), APPLIED, connects, title, **more)


def boost(on: int, title: str, connects: int = -28, **more: Any) -> Row:
    return Row(day(on), BOOST, connects, title, **more)


def badge(on: int, connects: int) -> Row:
    return Row(day(on), BADGE, connects)


def bought(on: int, connects: int = 80, **more: Any) -> Row:
    return Row(day(on), BOUGHT, connects, **more)


def copy(on: int, *rows: Row, balance: int | None = 45, top_cut: bool = False, unread: tuple[str, ...] = ()) -> Page:
    """A page copied on a day. The oldest row is usually of a day that it cuts."""
    return Page(rows, balance, day(on), top_cut=top_cut, unread=unread)
