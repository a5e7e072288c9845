"""What is asked when an option is missing, or its words do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reading.lines import line_of
from bot.reply.parts import Ask, Button, Buttons, Reply, Say, reply, say
from bot.reply.words import CATALOG
from bot.views.money.visibility import shows_money
from bot.views.refusals import explain
from bot.views.team.limits import Reader
from bot.views.team.over import SENT, over_limit
from core.alerts.catalogue import wanted as is_heard
from core.alerts.types.limit import LIMIT
from core.shared.calendar import day_in
from core.shared.ids import PersonId
from core.shared.refusals import BeforePin, OverLimit
from core.wallets.team import Role

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
    free = not (own or kind.choices) or (asked is not None and asked.free)
    ask = Ask(sentence, _hint(command.name, option), choices, free=free)
    return reply(None if unfit is None else unfit.sentence, ask)


async def answer_to(refusal: Refusal, call: Call, wanted: Wanted) -> tuple[Reply, Wanted | None]:
    """What to say to a refusal, and the command with which its buttons go on."""
    asked = await _anyway_question(refusal, call, wanted)
    return (await explain(refusal, call), wanted) if asked is None else (asked, wanted.then)


async def _anyway_question(refusal: Refusal, call: Call, wanted: Wanted) -> Reply | None:
    """The question whether to book it all the same; None if it was refused for another reason than a pin or a limit."""
    options = {option.name for option in call.commands[wanted.command].options}
    if isinstance(refusal, BeforePin) and ANYWAY in options:
        return _pin_question(refusal, call, wanted)
    if isinstance(refusal, OverLimit) and SENT in options:
        return await _limit_question(refusal, call, wanted)
    return None


async def _limit_question(refusal: OverLimit, call: Call, wanted: Wanted) -> Reply:
    """Whether a spend that would pass a limit was made already. What was sent is a fact, whatever the limits."""
    person = None if refusal.person is None else PersonId(refusal.person)
    names = await call.store.people.names([] if person is None else [person])
    reader = Reader(names, shows_money(call), call.at, call.zone, alone=not call.group)
    line = line_of(wanted.command, wanted.words)
    unsent = {
        "limit": str(refusal.limit),
        "asked": str(refusal.asked),
        "since": day_in(call.zone, refusal.since).isoformat(),
        "line": line,
        **({} if person is None else {"person": str(person)}),
    }
    sent = line_of(wanted.command, {**wanted.words, SENT: "yes"})
    rows = (
        (Button(say("button-already-sent"), sent, goes_on=wanted.then is not None),),
        (Button(say("button-not-sent"), line_of("unsent", unsent)),),
    )
    hears = is_heard(call.open_wallet.settings, LIMIT.code, call.at)
    told = call.group and hears and await call.role() is not Role.OWNER
    return reply(over_limit(refusal, reader), say("ask-sent-told" if told else "ask-sent"), Buttons(rows, asks=True))


def _pin_question(refusal: BeforePin, call: Call, wanted: Wanted) -> Reply:
    """Whether to do what would break a confirmed balance."""
    command = call.commands[wanted.command]
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
