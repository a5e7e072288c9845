"""Writes an audit record for what operators and admins of groups do, once for each action, with its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.base.errors import NotedError, noted
from bot.base.logs import MASK, Mask
from bot.command.declaration import DoubtError, MissingOptionError, UnfitError
from bot.command.permissions import changes_something, permission_of
from bot.reply.marks import bare
from core.audit_log import AuditRecord
from core.shared.refusals import RefusedError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Call, Command
    from bot.dispatch.writes import Writes
    from bot.reply.parts import Reply

log = structlog.get_logger()
LONGEST: Final = 200
SECRET: Final = frozenset({"code"})
MASKED: Final = Mask()


async def audited(
    call: Call, command: Command, words: Mapping[str, str], values: Mapping[str, Any], writes: Writes
) -> Reply:
    """Run a command, and record it if it is for operators or a group's admins and changes something.

    Such a command may have made a task due, so the background jobs are woken.
    """
    if not _is_audited(call, command, values, words):
        return await command.run(call, **values)
    try:
        given = await command.run(call, **values)
    except (DoubtError, MissingOptionError):
        raise  # nothing was done
    except UnavailableError as error:
        if writes.any:
            await _record(call, command, words, f"interrupted {error.why}")
        raise
    except RefusedError as error:
        await _record(call, command, words, f"refused {error.refusal.code}")
        raise
    except UnfitError as error:
        await _record(call, command, words, f"refused {error.sentence.id}")
        raise
    except Exception as error:
        number = noted(error, call.chat.platform)
        await _record(call, command, words, f"fault {number}")
        raise NotedError(number) from error
    if writes.any or not _reads_a_file(command):  # from a file with errors nothing is saved
        await _record(call, command, words, "done")
    call.jobs.wake()
    return given


def _is_audited(call: Call, command: Command, values: Mapping[str, Any], words: Mapping[str, str]) -> bool:
    """Whether a call is recorded: not what everyone may do, nor what people do with their own wallets."""
    if _reads_a_file(command):
        return call.operator
    permission = permission_of(command)
    if not permission.for_operators and not (call.group and permission.by_role):
        return False
    first = str(values[command.options[0].name]) if words and command.options else ""
    return changes_something(command, words) and not {first, "*"} & set(command.read_only)


def _reads_a_file(command: Command) -> bool:
    """Whether it is the command for files, which everybody may send and operators' are read."""
    return command.with_file == command.name and not permission_of(command).by_role


async def _record(call: Call, command: Command, words: Mapping[str, str], outcome: str) -> None:
    """Write the record. If that fails, the command has been carried out all the same, so its answer is still given."""
    line = line_of(command, words)
    if call.file is not None and _reads_a_file(command):
        line = f"{line} {MASKED(call.file.name)}"[:LONGEST]
    try:
        await call.store.audit_log.record(AuditRecord(call.key, call.at, call.person.id, call.chat, line, outcome))
    except Exception as lost:  # noqa: BLE001 - see above
        log.error("action not recorded", command=command.name, outcome=outcome, kind=type(lost).__name__)  # noqa: TRY400 - its text may be private


def line_of(command: Command, words: Mapping[str, str]) -> str:
    """A command as a line for the record, shortened and with secrets masked."""
    pairs = (
        f"{option.name}={_masked(_secrecy_name(option.name, words), words[option.name])}"
        for option in command.options
        if option.name in words
    )
    line = MASKED(" ".join((f"/{command.name}", *pairs)))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}\u2026"


def _secrecy_name(name: str, words: Mapping[str, str]) -> str:
    """The name that decides about secrecy: of an option `value`, the field that it changes."""
    return words.get("field", "").strip().casefold() if name == "value" else name


def _masked(name: str, words: str) -> str:
    if name in SECRET:
        return MASK
    plain = " ".join(bare(words).split())
    return f'"{plain}"' if " " in plain else plain
