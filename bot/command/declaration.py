"""How a command is declared: the decorator, the options it reads, and the call that it is given.

    @command("pace")
    async def pace(call: Call, days: Annotated[int, Whole()] = 30) -> Reply: ...

From this one declaration come the line parser, the help, Telegram's menu and Discord's slash command.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol, get_type_hints

from bot.reply.parts import Reply, Say
from core.announcements.service import AnnouncementService
from core.delivery.notice import Target
from core.imports.service import Imports
from core.ledger.requests import Request
from core.promotions.service import PromotionService
from core.proposals.service import Proposals
from core.reconciliation.service import Reconciliation
from core.stats.service import Stats
from core.wallets.people import Identity, require_wallet, writes_as_chat
from core.wallets.team import UNSHARED, Role, TeamSettings, role_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.base.background_jobs import Jobs
    from bot.command.incoming import Attached
    from bot.documents.documents import Documents
    from bot.pictures.drawings import Drawings
    from bot.reply.parts import Button
    from core.books import Books
    from core.shared.ids import PersonId
    from core.store import Store
    from core.wallets.people import ChatRef, Person, Wallet

    Suggest = Callable[["Call", str], Awaitable[Sequence["Suggestion"]]]
    Reader = Callable[["Command", str], str]

Run = Callable[..., Awaitable[Reply]]


def command(
    name: str,
    *aliases: str,
    hidden: bool = False,
    needs_wallet: bool = True,
    with_file: str = "",
    read_only: tuple[str, ...] = (),
    ephemeral: bool = False,
    reader: Reader | None = None,
) -> Callable[[Run], Command]:
    """Declare a function as a command: each parameter after the call is an option, `Annotated` with its `Kind`.

    A `**` parameter stands for several options: it is `Annotated` with a tuple of them.
    """

    def declare(run: Run) -> Command:
        options = tuple(_options(run))
        return Command(name, run, options, aliases, hidden, needs_wallet, with_file, read_only, ephemeral, reader)

    return declare


def _options(run: Run) -> Iterator[Option]:
    hints = get_type_hints(run, include_extras=True)
    for parameter in list(inspect.signature(run).parameters.values())[1:]:
        metadata = hints[parameter.name].__metadata__
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            yield from metadata[0]
            continue
        yield Option(
            name=parameter.name,
            kind=next(meta for meta in metadata if isinstance(meta, Kind)),
            required=parameter.default is inspect.Parameter.empty,
            default=None if parameter.default is inspect.Parameter.empty else parameter.default,
        )


@dataclass(frozen=True, slots=True)
class Command:
    """A declared command. Its sentences are `cmd-NAME` and, for each option, `opt-NAME-OPTION` or `opt-OPTION`.

    Who may use it says its row in `bot/command/permissions.py`.

    hidden: neither menus nor help list it.
    with_file: the name of the command that runs instead if a file comes with this one.
    read_only: the values of the first option that change nothing, so that no audit record is written. "" stands for a
        call without any options, "*" for all calls, and "member=" for one with no other option.
    ephemeral: many people press its button in a group; only the one who pressed sees the answer (`Reply.ephemeral`).
    reader: turns what somebody typed after the name into the line that the bot itself would print for it.
    """

    name: str
    run: Run
    options: tuple[Option, ...]
    aliases: tuple[str, ...] = ()
    hidden: bool = False
    needs_wallet: bool = True
    with_file: str = ""
    read_only: tuple[str, ...] = ()
    ephemeral: bool = False
    reader: Reader | None = None

    @property
    def shown(self) -> tuple[Option, ...]:
        """The options that help and native forms show."""
        return tuple(option for option in self.options if not option.kind.hidden)

    def option(self, name: str) -> Option:
        """The option of this name; KeyError if there is none."""
        for option in self.options:
            if option.name == name:
                return option
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Option:
    """One parameter of a command; `default` is its value if it is optional and not given."""

    name: str
    kind: Kind
    required: bool
    default: object = None


@dataclass(frozen=True, slots=True)
class Kind:
    """What an option accepts. Subclasses read words into a value and may find those words in a typed line.

    suggest: completes what was typed so far, such as recent titles.
    hidden: only the bot's own buttons give it, so neither help nor native forms show it.
    named: a line gives it only by its name, as in "supply=1000", because free text beside it may hold such words.
    greedy: takes all words that the other options leave.
    names: nearly any words may be somebody's name, so that a sentence with a meaning of its own is no answer.
    eager: looks for its words first, so that the other options find theirs around them.
    longest: after its name, too, all the words that it finds are its own, fit or not: "low=1 000".
    brief: where a line names it, its value is one word, or several with commas between. Only quotes give it more.
    """

    suggest: Suggest | None = None
    named: bool = False
    hidden: bool = False
    greedy: ClassVar[bool] = False
    names: ClassVar[bool] = False
    eager: ClassVar[bool] = False
    longest: ClassVar[bool] = False
    brief: ClassVar[bool] = False

    @property
    def choices(self) -> tuple[Suggestion, ...]:
        """The complete list of values, if there is one; nothing else is accepted then."""
        return ()

    def read(self, words: str) -> Any:
        """The value of these words. Raises UnfitError, which explains what would fit."""
        raise NotImplementedError

    def find(self, tokens: list[str]) -> slice | None:
        """The words of a line that belong to this option; None if none do. By default the first word, if readable."""
        if not tokens:
            return None
        try:
            self.read(tokens[0])
        except UnfitError:
            return None
        return slice(0, 1)

    def check_rest(self, rest: list[str]) -> None:
        """Raise UnfitError if the words that no option found make no sense beside this one."""


class Suggestion(NamedTuple):
    """Words that can be given for an option, and the label to show for them."""

    words: str
    label: Say


class Admins(Protocol):
    """Knows who is an admin of a group now, and who is in it."""

    async def is_admin(self, group: ChatRef, person: PersonId) -> bool | None:
        """Whether a person is an admin of a group; None if the platform cannot say now."""
        ...

    async def is_member(self, group: ChatRef, person: PersonId) -> bool | None:
        """Whether a person is in a group; None if the platform does not say."""
        ...


class Places(Protocol):
    """Knows the parts of groups, such as topics and channels, and where the bot may write."""

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        """What the bot lacks to write there (see `Carrier.lacks`); None if the platform cannot say now."""
        ...

    def names(self, group: ChatRef) -> Mapping[str, str]:
        """The names of a group's parts by the platform's ids (see `Carrier.names`)."""
        ...


async def unseen(_sentence: Say) -> None:
    """Nobody sees anything before the answer."""


@dataclass(frozen=True, slots=True)
class Call:
    """One use of a command: who called it, where and when, on which wallet, and the services it may use.

    key: identifies the action, so that the same one is booked once however often it arrives.
    identity: the person's account on this platform, such as `telegram:42`.
    is_admin: asks the platform whether the person is an admin of this group.
    drawings, documents: begin pictures in the studio, and documents of the books at the publisher, and stop them.
    admins, places: know the admins of other groups, and the parts of this one (None: nobody can say).
    place: the topic or channel within the chat (empty if the chat has none).
    away: they use their own wallet outside their private chat with the bot.
    hidden: nobody else in the group sees the answer.
    viewed_as: the role as which a group's wallet is seen from outside the group (None: the wallet is the person's own).
    pressed: a button was pressed, whose line the bot wrote, so that nothing in it is in doubt.
    past_pins: it may change balances that were confirmed.
    over_limits: what it books was spent already, whatever the limits.
    meanwhile: shows a sentence until the answer comes, if the platform can do that.
    """

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
    drawings: Drawings
    documents: Documents
    admins: Admins | None = None
    places: Places | None = None
    operator: bool = False
    place: str = ""
    locale: str = "en"
    file: Attached | None = None
    pressed: bool = False
    past_pins: bool = False
    over_limits: bool = False
    away: bool = False
    hidden: bool = False
    viewed_as: Role | None = None
    meanwhile: Callable[[Say], Awaitable[None]] = unseen

    @property
    def announcements(self) -> AnnouncementService:
        """Drafting, sending and controlling announcements."""
        return AnnouncementService(self.store, self.books.clock)

    @property
    def imports(self) -> Imports:
        """Importing Upwork's pages."""
        return Imports(self.store, self.books.rulebook, self.books.clock)

    @property
    def proposals(self) -> Proposals:
        """What became of bids and invitations."""
        return Proposals(self.store, self.books.rulebook, self.books.clock)

    @property
    def stats(self) -> Stats:
        """How far proposals got, and what they cost."""
        return Stats(self.store, self.books.rulebook, self.books.clock)

    @property
    def reconciliation(self) -> Reconciliation:
        """Comparing the books with what Upwork shows."""
        return Reconciliation(self.store, self.books.rulebook, self.books.clock)

    @property
    def promotions(self) -> PromotionService:
        """Running promotions and contests, and claiming them."""
        return PromotionService(self.books, self.store)

    @property
    def seat(self) -> Target:
        """Where notices for this chat go: the same place in the group, or this person's private chat."""
        if self.group:
            return Target(self.chat.platform, self.chat.id, place=self.place)
        return self.direct

    @property
    def direct(self) -> Target:
        """The person's private chat."""
        return Target(self.chat.platform, self.identity.partition(":")[2], direct=True)

    @property
    def speaks_as_chat(self) -> bool:
        """Whether an anonymous admin or a channel speaks, which has no private chat."""
        return self.group and writes_as_chat(Identity(self.chat.platform, self.direct.chat), self.chat)

    @property
    def of_group(self) -> bool:
        """Whether what is shown is a group's, wherever it is read."""
        return self.group or self.viewed_as is not None

    @property
    def zone(self) -> str:
        """The time zone in which this chat writes times."""
        return "UTC" if self.wallet is None else self.wallet.settings.zone

    @property
    def team(self) -> TeamSettings:
        """How this chat's wallet is shared."""
        return UNSHARED if self.wallet is None else self.wallet.settings.team

    @property
    def joined(self) -> bool:
        """Whether this group uses the wallet of another group, of which its admins are no owners."""
        return self.wallet is not None and self.wallet.joined

    @property
    def led_by_admins(self) -> bool:
        """Whether the platform's admins of this group are the owners of its wallet: until one is named."""
        return self.group and not self.team.owned and not self.joined

    @property
    def known_role(self) -> Role:
        """What this person is in this chat, apart from the rights of the platform's admins: known without asking it."""
        return role_in(self.team, self.person.id, admin=False) if self.group else self.viewed_as or Role.OWNER

    async def role(self) -> Role:
        """What this person is in this chat: the owner of their own wallet, or what they are in the group."""
        admin = self.led_by_admins and await self.is_admin()
        return role_in(self.team, self.person.id, admin=admin) if admin else self.known_role

    @property
    def open_wallet(self) -> Wallet:
        """This chat's wallet; refused (`NotOpen`) if it has none yet."""
        return require_wallet(self.wallet, group=self.group)

    @property
    def request(self) -> Request:
        """This person acting on this chat's wallet."""
        return Request(
            self.open_wallet.id, self.key, self.person.id, self.past_pins, self.over_limits, shown_in=self.shown_in
        )

    @property
    def shown_in(self) -> Target | None:
        """Where others see the answer as well (None: nowhere)."""
        return self.seat if self.group and not self.hidden else None


class UnfitError(ValueError):
    """Words that do not fit an option; `sentence` explains what would, and `answers` may be what was meant."""

    def __init__(self, sentence: Say, *answers: Suggestion) -> None:
        """Use the sentence's name as the error's text: the words themselves may be private and must not be logged."""
        super().__init__(sentence.id)
        self.sentence, self.answers = sentence, answers


class UnfitOptionError(UnfitError):
    """Words that do not fit this one of a command's options."""

    def __init__(self, option: Option, error: UnfitError) -> None:
        """Keep which option it was."""
        super().__init__(error.sentence, *error.answers)
        self.option = option


class DoubtError(UnfitError):
    """A line that may mean several things, or something unlikely; each reading is a button with the line it stands for.

    Nothing is booked before one of them is pressed, or the line is written again.
    """

    def __init__(self, sentence: Say, *readings: Button) -> None:
        """Ask with `sentence`, and offer the readings, the likeliest first."""
        super().__init__(sentence)
        self.readings = readings


class MissingOptionError(Exception):
    """Raised by a command that finds it needs an optional option after all; the desk then asks for it."""

    def __init__(
        self, option: str, question: Say | None = None, choices: Sequence[Suggestion] = (), *, free: bool = False
    ) -> None:
        """Name the option. `question` and `choices`, if given, replace its own; `free`: other answers fit as well."""
        super().__init__(option)
        self.option, self.question, self.choices, self.free = option, question, choices, free
