"""What is asked when an option is missing, or its words do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reading.lines import line_of
from bot.reply.parts import Ask, Button, Buttons, Reply, Say, reply, say
from bot.reply.words import CATALOG
from core.shared.refusals import BeforePin

ANYWAY: Final = "anyway"
"""The hidden option by which something is booked although it breaks a confirmed balance."""
DOING: Final = {"undo": "undoes", "instead": "undoes", "import": "undoes", "cost": "prices"}
"""What commands do, if it is not that they book something. Who says /undo right after confirming may mean that."""

if TYPE_CHECKING:
    from bot.command.declaration import Call, Command, MissingOptionError, UnfitError
    from bot.dispatch.dialog import Wanted
    from core.shared.refusals import Refusal


async def question_for(
    call: Call,
    wanted: Wanted,
    option: str,
    *,
    asked: MissingOptionError | None = None,
    unfit: UnfitError | None = None,
) -> Reply:
    """The question for an option; after an unfit answer, with what was wrong and what may have been meant."""
    command = call.commands[wanted.command]
    kind = command.option(option).kind
    rewrite = unfit is not None and kind.greedy  # their own text was unfit: other texts would not help them
    ready = call.wallet is not None or not command.needs_wallet
    offered = () if kind.suggest is None or rewrite or not ready else await kind.suggest(call, "")
    own = () if asked is None else asked.choices
    likely = own or (() if unfit is None else unfit.answers)
    choices = tuple(Button(label, words) for words, label in likely or (*kind.choices, *offered))
    sentence = (asked and asked.question) or _question(command, wanted, option)
    ask = Ask(sentence, _hint(command.name, option), choices, free=not (own or kind.choices))
    return reply(None if unfit is None else unfit.sentence, ask)


def anyway_question(refusal: Refusal, call: Call, wanted: Wanted) -> Reply | None:
    """The question whether to do what would break a confirmed balance; None if that is not why it was refused."""
    command = call.commands[wanted.command]
    if not isinstance(refusal, BeforePin) or all(option.name != ANYWAY for option in command.options):
        return None
    words = {**wanted.words, ANYWAY: "yes"}
    does = DOING.get(command.name, "books")
    latest = does == "undoes" and not wanted.words
    again = Button(say("button-anyway", does=does), line_of(command.name, words), goes_on=wanted.then is not None)
    lift = Button(say("button-lift", day=refusal.at, balance=refusal.balance), f"reconcile lift={refusal.number}")
    sentence = say("before-pin", day=refusal.at, balance=refusal.balance, does=does)
    return reply(sentence, Buttons(((again,), (lift,)) if latest and not call.group else ((again,),), asks=True))


def _question(command: Command, wanted: Wanted, option: str) -> Say:
    """The question for an option: written for this command, for any command, or made of the option's description.

    It may name what was said for the other options, or "none".
    """
    own = next((name for name in (f"ask-{command.name}-{option}", f"ask-{option}") if CATALOG.has(name)), None)
    said = {other.name: wanted.words.get(other.name, "none") for other in command.options}
    return say("ask", about=say(f"opt-{option}")) if own is None else Say(own, said)


def _hint(command: str, option: str) -> Say:
    """The hint for an option: written for this command, for any command, or a general one."""
    return say(next((name for name in (f"hint-{command}-{option}", f"hint-{option}") if CATALOG.has(name)), "hint"))
