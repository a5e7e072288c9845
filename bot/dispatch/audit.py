"""What operators and admins of groups do is kept, once for each action, with what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.base.errors import NotedError, noted
from bot.base.logs import MASK, Mask
from bot.command.declaration import MissingOptionError, UnfitError, Who
from core.audit_log import Action
from core.shared.refusals import RefusedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Call, Command
    from bot.reply.parts import Reply

log = structlog.get_logger()
LONGEST: Final = 200
SECRET: Final = frozenset({"code"})
MASKED: Final = Mask()


async def registered(call: Call, command: Command, words: Mapping[str, str], values: Mapping[str, Any]) -> Reply:
    """Run a command. Where it is for operators, or for a group's admins, and changes something, that is kept.

    What such a command lets fall due is looked at now.
    """
    if not _counts(call, command, values, words):
        return await command.run(call, **values)
    try:
        given = await command.run(call, **values)
    except (MissingOptionError, UnavailableError):
        raise  # it has not been done, or nobody can tell
    except RefusedError as error:
        await _keep(call, command, words, f"refused {error.refusal.code}")
        raise
    except UnfitError as error:
        await _keep(call, command, words, f"refused {error.sentence.id}")
        raise
    except Exception as error:
        number = noted(error, call.chat.platform)
        await _keep(call, command, words, f"fault {number}")
        raise NotedError(number) from error
    await _keep(call, command, words, "done")
    call.jobs.wake()
    return given


def _counts(call: Call, command: Command, values: Mapping[str, Any], words: Mapping[str, str]) -> bool:
    """Whether it is an operator's deed or a group's admin's; what people do with wallets of their own is their own."""
    if command.who is Who.EVERYONE or (command.who is Who.ADMINS and not call.group):
        return False
    said = str(values[command.options[0].name]) if words and command.options else ""
    return not {said, "*"} & set(command.looks)


async def _keep(call: Call, command: Command, words: Mapping[str, str], outcome: str) -> None:
    """Keep it; what was done is done, so that its answer is given also where this cannot be kept."""
    line = line_of(command, words)
    try:
        await call.store.audit_log.keep_action(Action(call.key, call.at, call.person.id, call.chat, line, outcome))
    except Exception as lost:  # noqa: BLE001 - as said
        log.error("action not kept", command=command.name, outcome=outcome, kind=type(lost).__name__)  # noqa: TRY400 - its text may be private


def line_of(command: Command, words: Mapping[str, str]) -> str:
    """A command as a line, cut short, and without what is secret."""
    said = (
        f"{option.name}={_shown(_meant(option.name, words), words[option.name])}"
        for option in command.options
        if option.name in words
    )
    line = MASKED(" ".join((f"/{command.name}", *said)))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}\u2026"


def _meant(name: str, words: Mapping[str, str]) -> str:
    """What an option says: where a field of something is changed, its value is as secret as that field."""
    return words.get("field", "").strip().casefold() if name == "value" else name


def _shown(name: str, words: str) -> str:
    if name in SECRET:
        return MASK
    plain = " ".join(words.split())
    return f'"{plain}"' if " " in plain else plain
