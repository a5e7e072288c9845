"""What is asked before two accounts are linked: for what they stand, what is the same, and which balance is true."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.declaration import Suggestion
from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Table, reply, say
from bot.views.entries import in_list, signed
from bot.views.linking.summary import both_sides
from bot.views.team.joining import platform_name
from core.links.preview import BalanceChoice

if TYPE_CHECKING:
    from bot.reply.parts import Say
    from bot.views.linking.summary import Facts
    from core.links.preview import Doubtful, LinkPreview

MOST_DOUBTFUL: Final = 8


def no_button(pair: str) -> Button:
    """Give it up, while something else is asked to which people say no."""
    return Button(say("button-link-no"), f"linking pair={pair} act=no")


def ask_accounts(facts: Facts) -> Reply:
    """Whether both stand for the same account on Upwork."""
    pair = str(facts["pair"])
    rows = (
        (Button(say("button-same-account"), f"linking pair={pair} act=same"),),
        (Button(say("button-two-accounts"), f"linking pair={pair} act=two"),),
        (no_button(pair),),
    )
    return reply(Fields(tuple(both_sides(facts))), say("link-ask-accounts"), Buttons(rows, asks=True))


def ask_doubtful(facts: Facts, preview: LinkPreview) -> Reply:
    """Whether what looks alike in both books is the same."""
    pair, doubtful = str(facts["pair"]), sorted(preview.doubtful, key=lambda one: one.entry.when)
    rows = (
        (Button(say("button-all-same"), f"linking pair={pair} act=matching"),),
        (Button(say("button-all-others"), f"linking pair={pair} act=others"),),
        (no_button(pair),),
    )
    shown = tuple(map(_doubtful_row, doubtful[:MOST_DOUBTFUL]))
    columns = tuple(say(f"column-{name}") for name in ("day", "what", "change", "same"))
    more = len(doubtful) - len(shown)
    title = say("link-doubtful", entries=len(doubtful), more=more)
    return reply(Table(columns, shown, title), say("link-ask-doubtful"), Buttons(rows, asks=True))


def _doubtful_row(one: Doubtful) -> tuple[Fact, ...]:
    first = one.candidates[0]
    known = say(
        "link-perhaps", number=first.number, what=in_list(first), day=first.when, others=len(one.candidates) - 1
    )
    return (say("day", at=one.entry.when), in_list(one.entry), signed(one.entry.delta), known)


def ask_balance(facts: Facts, preview: LinkPreview) -> tuple[Say, list[Suggestion]]:
    """Which balance is true, and those that may be."""
    differing = {connects: one for one, connects in reversed(list(preview.balances.items()))}
    choices = [one for one in preview.balances if one in differing.values()]
    return say("ask-linking-balance"), [Suggestion(str(one), _balance_label(facts, preview, one)) for one in choices]


def _balance_label(facts: Facts, preview: LinkPreview, one: BalanceChoice) -> Say:
    connects = preview.balances[one]
    if one is BalanceChoice.TOGETHER:
        return say("button-balance-together", connects=connects)
    side = preview.kept if one is BalanceChoice.KEPT else preview.merged
    name = "giver" if side.person == facts["giver-person"] else "taker"
    platform = platform_name(str(facts[f"{name}-platform"]))
    return say("button-balance-of", connects=connects, platform=platform, name=facts[name])


def balance_buttons(pair: str, choices: list[Suggestion]) -> Reply:
    """The same where nothing can be typed yet: one of the buttons asks for a figure."""
    line = f"linking pair={pair} balance="
    rows = [(Button(label, f"{line}{words}"),) for words, label in choices]
    other = (Button(say("button-other-balance"), f"{line}?"),)
    return reply(say("link-which-balance"), Buttons((*rows, other, (no_button(pair),)), asks=True))
