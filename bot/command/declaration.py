"""What a kind of option is: it reads words into a value, and finds its words in a line."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, get_type_hints

from bot.reply.parts import Reply, Say, say
from core.announcements.service import AnnouncementService
from core.delivery.notice import Target
from core.ledger.requests import Request
from core.promotions.service import PromotionService
from core.wallets.people import require_wallet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.base.background_jobs import Jobs
    from bot.command.incoming import Attached
    from core.books import Books
    from core.store import Store
    from core.wallets.people import ChatRef, Person, Wallet

    Suggest = Callable[["Call", str], Awaitable[Sequence["Suggestion"]]]


class Suggestion(NamedTuple):
    """Words that an option could be given, and what they are called."""

    words: str
    label: Say


class UnfitError(ValueError):
    """Words that do not fit an option; `sentence` says what would."""

    def __init__(self, sentence: Say) -> None:
        """Keep the sentence; the error's own text is its name, never the words."""
        super().__init__(sentence.id)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of option. `suggest` offers words for it, given the call and what was typed so far.

    `named`: in a line it is heard only under its name, as in "supply=1000", for free text may hold the like.
    """

    suggest: Suggest | None = None
    named: bool = False
    greedy: ClassVar[bool] = False
    eager: ClassVar[bool] = False  # found before the others, so that these find their words around it

    @property
    def choices(self) -> tuple[Suggestion, ...]:
        """What can always be chosen."""
        return ()

    def read(self, words: str) -> Any:
        """The value of these words; UnfitError says what would fit."""
        raise NotImplementedError

    def check_rest(self, rest: list[str]) -> None:
        """Look at the words that no option found; UnfitError where they make no sense beside this one."""

    def find(self, tokens: list[str]) -> slice | None:
        """Where in a line this option stands (None: nowhere). By default: the first word, if it can be read."""
        if not tokens:
            return None
        try:
            self.read(tokens[0])
        except UnfitError:
            return None
        return slice(0, 1)


Run = Callable[..., Awaitable[Reply]]


class Who(Enum):
    """Who may use a command: admins are asked for in groups only, operators everywhere."""

    EVERYONE = auto()
    ADMINS = auto()
    OPERATORS = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """What a command may know: who calls, from which chat, on which wallet, at what time, under which key."""

    store: Store
    books: Books
    commands: Mapping[str, Command]
    key: str
    at: datetime
    person: Person
    identity: str
    chat: ChatRef
    group: bool
    title: str
    wallet: Wallet | None
    is_admin: Callable[[], Awaitable[bool]]
    jobs: Jobs
    operator: bool = False
    place: str = ""
    locale: str = "en"
    file: Attached | None = None

    @property
    def announcements(self) -> AnnouncementService:
        """Announcements to those who subscribed."""
        return AnnouncementService(self.store, self.books.clock)

    @property
    def promotions(self) -> PromotionService:
        """Promotions and contests."""
        return PromotionService(self.books, self.store)

    @property
    def seat(self) -> Target:
        """Where this chat is written to unasked: the group, at this place in it, or this person's private chat."""
        if self.group:
            return Target(self.chat.platform, self.chat.id, place=self.place)
        return Target(self.chat.platform, self.identity.partition(":")[2], direct=True)

    @property
    def open_wallet(self) -> Wallet:
        """The wallet of this chat; where there is none yet, that is the refusal."""
        return require_wallet(self.wallet, group=self.group)

    @property
    def request(self) -> Request:
        """This person acting on this chat's wallet."""
        return Request(self.open_wallet.id, self.key, self.person.id)


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command."""

    name: str
    kind: Kind
    required: bool
    default: object = None


@dataclass(frozen=True, slots=True)
class Command:
    """A declared command. Its sentences are `cmd-NAME` and, for each option, `opt-NAME-OPTION` or `opt-OPTION`.

    `with_file` names the command that is meant where a file comes with it. `read_only` are the values of its first
    option, given or not, that change nothing: "" where no option is given at all, "*" for all of them. `ephemeral`:
    many press its button in a group, where each answer is for who pressed (`Reply.ephemeral`).
    """

    name: str
    run: Run
    options: tuple[Option, ...]
    aliases: tuple[str, ...] = ()
    who: Who = Who.EVERYONE
    hidden: bool = False
    needs_wallet: bool = True
    with_file: str = ""
    read_only: tuple[str, ...] = ()
    ephemeral: bool = False

    def option(self, name: str) -> Option:
        """The option of this name; KeyError where there is none."""
        for option in self.options:
            if option.name == name:
                return option
        raise KeyError(name)


def command(
    name: str,
    *aliases: str,
    who: Who = Who.EVERYONE,
    hidden: bool = False,
    needs_wallet: bool = True,
    with_file: str = "",
    read_only: tuple[str, ...] = (),
    ephemeral: bool = False,
) -> Callable[[Run], Command]:
    """Declare a command: its options are the function's arguments after the call, `Annotated` with their kinds."""

    def declare(run: Run) -> Command:
        return Command(
            name, run, tuple(_options(run)), aliases, who, hidden, needs_wallet, with_file, read_only, ephemeral
        )

    return declare


def _options(run: Run) -> list[Option]:
    hints = get_type_hints(run, include_extras=True)
    parameters = list(inspect.signature(run).parameters.values())[1:]
    return [
        Option(
            name=parameter.name,
            kind=next(meta for meta in hints[parameter.name].__metadata__ if isinstance(meta, Kind)),
            required=parameter.default is inspect.Parameter.empty,
            default=None if parameter.default is inspect.Parameter.empty else parameter.default,
        )
        for parameter in parameters
    ]


def no_such_command(name: str, commands: Mapping[str, Command]) -> Say:
    """What to say where no command has this name: the one that looks most like it, if there is one."""
    if not name:
        return say("no-command")
    offered = [known for known, found in commands.items() if not found.hidden]
    near = get_close_matches(name.casefold(), offered, n=1)
    return say("no-such-command-but", name=name[:40], near=near[0]) if near else say("no-such-command", name=name[:40])


class MissingOptionError(Exception):
    """A command finds that it needs an option after all; the desk asks for it."""

    def __init__(self, option: str) -> None:
        """Name the option."""
        super().__init__(option)
        self.option = option


class UnfitOptionError(UnfitError):
    """The words given for this option do not fit it."""

    def __init__(self, option: Option, error: UnfitError) -> None:
        """Keep the option beside the sentence."""
        super().__init__(error.sentence)
        self.option = option
