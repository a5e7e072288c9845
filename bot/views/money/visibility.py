"""Whether an answer may say what things cost in money, and the button that shows it to those who may see it.

In a group, an answer shows Connects, unless its owner lets everybody see money. At the desk, `redacted` takes money out
of each answer. Below an answer of `FIGURES`, a button shows the same in money, so that nobody else sees it. A command
that shows other figures instead asks `shows_money`, and gives the button by `in_money`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.reading.lines import line_of
from bot.reading.start import IN_MONEY
from bot.reply.parts import Button, Buttons, joined, reply, say
from bot.views.money.redaction import sentence_without, without_money

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.reply.parts import Reply, Say

FIGURES: Final = frozenset(
    {
        *("stats", "team", "forecast", "chart", "clients", "statement", "export", "report"),
        *("balance", "lots", "expiring", "history", "proposals"),
    }
)
"""The commands whose answers can be shown so. What they offer beside each other leads to the group's figures, too."""
PREVIEW: Final = re.compile(r"import paid \w+")
"""Shows again what the true prices of an import would change."""


LIMITS: Final = "limit"
"""Alone, it only shows what of each limit is spent."""


def is_figures(line: str) -> bool:
    """Whether a line only shows figures, so that it can be shown in money."""
    return line.partition(" ")[0] in FIGURES or line == LIMITS or PREVIEW.fullmatch(line) is not None


def shows_money(call: Call) -> bool:
    """Whether the answer may say what things cost in money: nobody reads it who may not."""
    return not call.group or (call.wallet is not None and call.wallet.settings.team.money)


def in_money(call: Call, line: str) -> Button | None:
    """The button that shows the answer to this line in money to who may see it; None where money is shown."""
    return None if shows_money(call) else Button(say("button-in-money"), line_of(IN_MONEY, {"line": line}))


def redacted(call: Call, given: Reply, line: str = "") -> Reply:
    """The answer to a line as it may be read in this chat: without money, if that is not for everybody here."""
    name = line.partition(" ")[0]
    if shows_money(call) or name == IN_MONEY:  # that shows it to one person only
        return given
    left = without_money(given)
    return left if left is given or name not in FIGURES else _with_button(left, in_money(call, line))


def redacted_label(call: Call, label: Say) -> Say:
    """A label as it may be read in this chat."""
    return label if shows_money(call) else sentence_without(label)


def _with_button(given: Reply, button: Button | None) -> Reply:
    """An answer with the button in a last row of its own, unless it has such a button."""
    rows = tuple(row for part in given.parts if isinstance(part, Buttons) for row in part.rows)
    if button is None or any(one.line.startswith(f"{IN_MONEY} ") for row in rows for one in row):
        return given
    below = reply(Buttons(((button,),)))
    return replace(given, parts=joined(given, below).parts)
