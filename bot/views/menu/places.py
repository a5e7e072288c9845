"""Where each command has its place in the menu. A new command needs one, too; a test asks for it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Subject(StrEnum):
    """What the menu has a page about, in its order."""

    BOOKS = "books"
    BIDS = "bids"
    FIGURES = "figures"
    LOTS = "lots"
    PAGES = "pages"
    OFFERS = "offers"
    CHAT = "chat"
    ADMINS = "admins"
    OPERATORS = "operators"


class Item(NamedTuple):
    """A line of the menu, under the command that it belongs to. Its button is labelled by the sentence `item-LABEL`.

    label: empty if it has no button, because a command alone would do something at once: an example is shown instead.
    line: what the button runs, if that is not the command alone.
    private: it is for private chats only.
    """

    command: str
    label: str = ""
    line: str = ""
    private: bool = False

    @property
    def runs(self) -> str:
        """What its button runs. Where an amount is needed, it is asked for."""
        return self.line or self.command


PLACES: Final[Mapping[Subject, tuple[Item, ...]]] = {
    Subject.BOOKS: (
        Item("balance", "balance"),
        Item("history", "history"),
        Item("spend", "spend"),
        Item("return", "return"),
        Item("buy", "buy"),
        Item("earn", "earn"),
        Item("reconcile", "reconcile"),
        Item("export", "export"),
        Item("undo"),
        Item("adjust"),
        Item("opening"),
    ),
    Subject.BIDS: (
        Item("proposals", "proposals"),
        Item("proposals", "unanswered", "proposals unanswered"),
        Item("proposals", "interviews", "proposals interview"),
        Item("proposals", "hired", "proposals hired"),
        Item("refunds", "refunds"),
        Item("tag"),
    ),
    Subject.FIGURES: (
        Item("stats", "stats"),
        Item("forecast", "forecast"),
        Item("chart", "balance-picture", "chart balance"),
        Item("chart", "spend-picture", "chart spend"),
        Item("chart", "funnel-picture", "chart funnel"),
        Item("chart", "replies-picture", "chart replies"),
        Item("clients", "clients", private=True),
    ),
    Subject.LOTS: (
        Item("lots", "lots"),
        Item("lots", "past-lots", "lots all"),
        Item("expiring", "expiring"),
        Item("cost", "cost"),
    ),
    Subject.PAGES: (Item("import", "import"),),
    Subject.OFFERS: (
        Item("claim", "claim"),
        Item("subscribe"),
        Item("unsubscribe"),
    ),
    Subject.CHAT: (
        Item("alerts", "alerts"),
        Item("settings", "settings"),
        Item("whoami", "whoami"),
        Item("help", "help"),
        Item("start"),
        Item("cancel"),
    ),
    Subject.ADMINS: (Item("audit", "audit"),),
    Subject.OPERATORS: (
        Item("promote", "promote"),
        Item("promo", "promo"),
        Item("announce", "announce"),
        Item("announcements", "announcements"),
        Item("series", "series"),
        Item("jobs", "jobs"),
        Item("audit", "audit"),
        Item("edit"),
        Item("announcement"),
    ),
}
"""The lines of each subject."""
ITSELF: Final = frozenset({"menu"})
"""Needs no place in it."""
