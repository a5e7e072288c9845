"""Where each command has its place in the menu. A new command needs one, too; a test asks for it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class MenuSubject(StrEnum):
    """What the menu has a page about, in its order."""

    BOOKS = "books"
    BIDS = "bids"
    FIGURES = "figures"
    LOTS = "lots"
    FILES = "files"
    PAGES = "pages"
    OFFERS = "offers"
    TEAM = "team"
    CHAT = "chat"
    OPERATORS = "operators"


class MenuItem(NamedTuple):
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


PLACES: Final[Mapping[MenuSubject, tuple[MenuItem, ...]]] = {
    MenuSubject.BOOKS: (
        MenuItem("balance", "balance"),
        MenuItem("history", "history"),
        MenuItem("spend", "spend"),
        MenuItem("return", "return"),
        MenuItem("buy", "buy"),
        MenuItem("earn", "earn"),
        MenuItem("reconcile", "reconcile"),
        MenuItem("undo"),
        MenuItem("adjust"),
        MenuItem("opening"),
    ),
    MenuSubject.BIDS: (
        MenuItem("proposals", "proposals"),
        MenuItem("proposals", "unanswered", "proposals unanswered"),
        MenuItem("proposals", "interviews", "proposals interview"),
        MenuItem("proposals", "hired", "proposals hired"),
        MenuItem("refunds", "refunds"),
        MenuItem("tag"),
    ),
    MenuSubject.FIGURES: (
        MenuItem("stats", "stats"),
        MenuItem("forecast", "forecast"),
        MenuItem("chart", "balance-picture", "chart balance"),
        MenuItem("chart", "spend-picture", "chart spend"),
        MenuItem("chart", "funnel-picture", "chart funnel"),
        MenuItem("chart", "replies-picture", "chart replies"),
        MenuItem("clients", "clients", private=True),
    ),
    MenuSubject.LOTS: (
        MenuItem("lots", "lots"),
        MenuItem("lots", "past-lots", "lots all"),
        MenuItem("expiring", "expiring"),
        MenuItem("cost", "cost"),
    ),
    MenuSubject.FILES: (
        MenuItem("statement", "statement"),
        MenuItem("report", "report"),
        MenuItem("export", "export"),
        MenuItem("export", "export-excel", "export form=excel"),
        MenuItem("export", "export-month", 'export period="this month" form=excel'),
        MenuItem("export", "export-calendar", "export form=calendar"),
    ),
    MenuSubject.PAGES: (MenuItem("import", "import"),),
    MenuSubject.OFFERS: (
        MenuItem("claim", "claim"),
        MenuItem("claims", "claims"),
        MenuItem("subscribe"),
        MenuItem("unsubscribe"),
    ),
    MenuSubject.TEAM: (
        MenuItem("team", "team"),
        MenuItem("chart", "team-picture", "chart team"),
        MenuItem("role", "role"),
        MenuItem("join", "join"),
        MenuItem("audit", "audit"),
    ),
    MenuSubject.CHAT: (
        MenuItem("alerts", "alerts"),
        MenuItem("limit", "limits"),
        MenuItem("target", "targets"),
        MenuItem("settings", "settings"),
        MenuItem("whoami", "whoami"),
        MenuItem("link", "link", private=True),
        MenuItem("unlink", "unlink", private=True),
        MenuItem("help", "help"),
        MenuItem("mydata"),
        MenuItem("forgetme"),
        MenuItem("start"),
        MenuItem("cancel"),
    ),
    MenuSubject.OPERATORS: (
        MenuItem("promote", "promote"),
        MenuItem("promo", "promo"),
        MenuItem("announce", "announce"),
        MenuItem("announcements", "announcements"),
        MenuItem("series", "series"),
        MenuItem("jobs", "jobs"),
        MenuItem("audit", "audit"),
        MenuItem("edit"),
        MenuItem("announcement"),
        MenuItem("resetowners"),
    ),
}
"""The lines of each subject."""
ITSELF: Final = frozenset({"menu"})
"""Needs no place in it."""
