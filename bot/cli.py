"""The console script `connects`. Commands import what they need when they run, so that each starts fast."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, CycloptsError, Parameter, UnusedCliTokensError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config import Settings
    from core.verification import Verdict

FAILED, MISUSED = 1, 2

app = App(
    name="connects",
    help="Keeps the books on Upwork Connects, in the Telegram or Discord chat you already use, or here.",
    version=lambda: f"connects-bot {version('connects-bot')}",
    result_action="return_value",
    suppress_keyboard_interrupt=False,
)
database = App(name="db", help="Upgrade or copy the database.")
app.command(database)


class StoppedError(Exception):
    """A command cannot continue. The text says why."""


@app.default
@app.command
def run() -> int:
    """Start the bot on every platform that has a token, or the console if none has."""
    from bot import main

    settings = _settings()
    if not main.enabled_platforms(settings):
        return _converse(settings, "you", hints=True)
    _log(settings, settings.log_level)
    main.run(lambda stop: main.serve(settings, stop), fast=True)
    return 0


@app.command
def console(*, name: Annotated[str, Parameter(name="--as")] = "you") -> int:
    """Talk to the bot in this terminal, whether or not there are tokens.

    Parameters
    ----------
    name
        Who you are at first; /as changes it.
    """
    return _converse(_settings(), name, hints=False)


@app.command
def doctor() -> int:
    """Check settings, database, rulebook and the form of the tokens; exit with 1 if anything is wrong."""
    from bot.doctor import Level, examine

    findings = examine()
    for finding in findings:
        _print(str(finding))
    return FAILED if any(finding.level is Level.WRONG for finding in findings) else 0


@database.command
def upgrade() -> int:
    """Upgrade the database to this program's revision by hand; every start does it too."""
    from storage import revisions
    from storage import upgrade as upgrade_database

    settings = _settings()
    _log(settings, settings.log_level)
    url = settings.database_url
    before, _ = revisions(url)
    upgrade_database(url)
    after, _ = revisions(url)
    _print(f"The database is {'already' if before == after else 'now'} at revision {after}.")
    return 0


@database.command
def copy(source: str, target: str) -> int:
    """Copy everything into an empty database, such as from a file to a PostgreSQL server, and verify both.

    Parameters
    ----------
    source
        Where the books are, such as sqlite:///data/connects.db
    target
        Where they go, such as postgresql://USER:PASSWORD@HOST/NAME
    """
    from storage import copy as copy_all

    _log(_settings(), "WARNING")
    before = _verdict(source)
    if before.fault is not None:
        raise StoppedError(f"nothing was copied, because the books are not right: {before.fault}")
    rows = copy_all(source, target)
    after = _verdict(target)
    if after != before:
        raise StoppedError("the copy differs from the books; did they change meanwhile? Empty the copy and try again")
    _print(f"Copied {sum(rows.values()):,} rows and verified both databases: {_walked(after)}.")
    return 0


@app.command
def adopt(platform: str) -> int:
    """Let another bot go on with this database on a platform; until then it is refused. Stop the bot before.

    Parameters
    ----------
    platform
        telegram or discord
    """
    from bot import main
    from bot.base.platform_registry import PLATFORMS

    settings = _settings()
    if platform not in PLATFORMS:
        raise StoppedError(f"{platform} is not a platform with a token; there are {', '.join(PLATFORMS)}")
    _log(settings, "WARNING")
    former = main.run(lambda _: main.release_platform(settings.database_url, platform))
    of_whom = f"The database belonged to bot {former} on {platform}." if former else "It belonged to no bot there yet."
    _print(f"{of_whom} The next bot that starts there with this database will own it.")
    return 0


@app.command
def verify() -> int:
    """Verify the whole journal: print a summary and a fingerprint, or print the first fault and exit with 1."""
    settings = _settings()
    _log(settings, "WARNING")
    found = _verdict(settings.database_url)
    if found.fault is not None:
        raise StoppedError(f"the books are not right: {found.fault}")
    _print(f"The books are right: {_walked(found)}.")
    _print(f"Fingerprint {found.fingerprint}: note it to compare later; it stays the same until something is booked.")
    if found.erasures:
        often = "once" if found.erasures == 1 else f"{found.erasures:,} times"
        _print(
            f"Words were erased {often}, last under {found.erased}: note this as well; it stays the same until somebody"
            " is forgotten."
        )
    return 0


def _verdict(url: str) -> Verdict:
    from bot import main

    return main.run(lambda _: main.verdict(url))


def _walked(found: Verdict) -> str:
    walked = [(found.wallets, "wallet", "wallets"), (found.entries, "entry", "entries")]
    walked += [(found.postings, "posting", "postings"), (found.connects, "Connect", "Connects")]
    walked += [(found.links, "link", "links")] if found.links else []
    return ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in walked)


def _converse(settings: Settings, name: str, *, hints: bool) -> int:
    from bot import main
    from bot.platforms.console import open_terminal

    # Log lines would stand between the lines of the conversation.
    _log(settings, settings.log_level if settings.log_level == "DEBUG" else "WARNING")
    terminal = open_terminal()
    main.run(lambda stop: main.converse(settings, stop, terminal, name, hints=hints))
    return 0


def _settings() -> Settings:
    from bot.config import load

    return load()


def _log(settings: Settings, level: str) -> None:
    from bot.base.logs import set_up

    set_up(level, settings.log_format, settings.secrets)


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code. Every error is reported in one line."""
    try:
        return int(app(words, exit_on_error=False, print_error=False) or 0)
    except CycloptsError as error:
        return _complain(f"{_misused(error)} `connects --help` lists the commands.", MISUSED)
    except KeyboardInterrupt:
        return _complain("interrupted", 128 + 2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains once more at its end
        return FAILED
    except Exception as error:  # noqa: BLE001 - here everything ends, and an unforeseen error is reported in one line too
        return _complain(_reason(error), FAILED)


def _misused(error: CycloptsError) -> str:
    """Say what is wrong with a command line."""
    if isinstance(error, UnusedCliTokensError):
        return f'"{" ".join(error.unused_tokens or ())}" was not understood.'
    return str(error).strip().splitlines()[0]


def _reason(error: Exception) -> str:
    """Say what went wrong. An unforeseen error is also logged in full at DEBUG."""
    from bot.config import ConfigError
    from bot.main import NoPlatformError
    from core.ledger.rulebook import RulebookError
    from core.shared.refusals import UnavailableError
    from storage import StorageError

    if isinstance(error, UnavailableError):
        return f"the database became unavailable ({error.why}); it was not changed"
    if isinstance(error, (ConfigError, NoPlatformError, RulebookError, StorageError, StoppedError)):
        return str(error)
    import structlog

    structlog.get_logger().debug("unforeseen", exc_info=error)
    return f"an unexpected error occurred ({type(error).__name__}); run it with LOG_LEVEL=DEBUG to log the details"


def _complain(words: str, code: int) -> int:
    sys.stderr.write(f"connects: {words}\n")
    return code
