"""All that a store keeps beside the books, people and deliveries, as one port."""

from __future__ import annotations

from typing import Protocol

from core.actions import Actions
from core.series import Recurring
from core.telling import Agenda, Messages, Promotions, Subscriptions


class Records(Agenda, Messages, Promotions, Subscriptions, Recurring, Actions, Protocol):
    """What falls due, what became of notices, promotions, who hears announcements, recurring ones, what was done."""
