"""Invented pages of the Connects History, as they are copied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

NEWEST: Final = date(2026, 1, 9)
FIGURES: Final = ("-16", "Spent 16 Connects")


def row_text(number: int, day: date) -> str:
    """A proposal as it stands in copied text."""
    return "\n".join((f"{day:%B} {day.day}, {day.year}\t", "Applied to job", f"Landing page number {number}", *FIGURES))


def copied(rows: int, balance: int = 84, *, newest: date = NEWEST) -> str:
    """A copied page with so many proposals of 16 Connects, one a day, newest first."""
    head = f"Skip to content\nConnects History\nMy balance\n{balance} Connects\nDate\tAction\tConnects\n"
    return (
        head + "\n".join(row_text(place + 1, newest - timedelta(days=place)) for place in range(rows)) + "\nShow more"
    )
