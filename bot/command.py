"""A command is a typed function, declared once. Every platform builds its native form from the declaration."""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final, get_type_hints

from bot.figures import is_figure
from bot.kind import Kind, UnfitError
from bot.options import FILLERS, Text, Whole
from bot.reply import Reply, Say, say
from core.acts import Act
from core.books import Books, settle
from core.notices import Target
from core.offers import Offers

if TYPE_CHECKING:
    from datetime import datetime

    from bot.incoming import Attached
    from bot.jobs import Jobs
    from core.people import ChatRef, Person, Wallet

Run = Callable[..., Awaitable[Reply]]


class Who(Enum):
    """Who may use a command: admins are asked for in groups only, operators everywhere."""

    EVERYONE = auto()
    ADMINS = auto()
    OPERATORS = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """What a command may know: who calls, from which chat, on which wallet, at what time, under which key."""

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
    def offers(self) -> Offers:
        """Promotions and contests."""
        return Offers(self.books)

    @property
    def seat(self) -> Target:
        """Where this chat is written to unasked: the group, at this place in it, or this person's private chat."""
        if self.group:
            return Target(self.chat.platform, self.chat.id, place=self.place)
        return Target(self.chat.platform, self.identity.partition(":")[2], direct=True)

    @property
    def open_wallet(self) -> Wallet:
        """The wallet of this chat; where there is none yet, that is the refusal."""
        return settle(self.wallet, group=self.group)

    @property
    def act(self) -> Act:
        """This person acting on this chat's wallet."""
        return Act(self.open_wallet.id, self.key, self.person.id)


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

    `with_file` names the command that is meant where a file comes with it. `looks` are the values of its first option,
    given or not, that change nothing: "" where no option is given at all, "*" for all of them. `aside`: many press its
    button in a group, where each answer is for who pressed (`Reply.aside`).
    """

    name: str
    run: Run
    options: tuple[Option, ...]
    aliases: tuple[str, ...] = ()
    who: Who = Who.EVERYONE
    hidden: bool = False
    needs_wallet: bool = True
    with_file: str = ""
    looks: tuple[str, ...] = ()
    aside: bool = False

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
    looks: tuple[str, ...] = (),
    aside: bool = False,
) -> Callable[[Run], Command]:
    """Declare a command: its options are the function's arguments after the call, `Annotated` with their kinds."""

    def declare(run: Run) -> Command:
        return Command(name, run, tuple(_options(run)), aliases, who, hidden, needs_wallet, with_file, looks, aside)

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


ASK_ME: Final = "?"  # words for an option that is to be asked for, as in a button's line "settings zone=?"
QUOTES: Final = '"\u201c\u201d\u201e\u00ab\u00bb'  # a phone makes its own of what is typed
PHONES: Final = "[\u201c\u201e\u00ab][^\u201c\u201d\u00bb]*[\u201c\u201d\u00bb]"
PAIR: Final = re.compile(rf'(?<!\S)(\w+)=("[^"]*"|{PHONES}|\S+)')


def words_of(given: Command, line: str) -> dict[str, str]:
    """Which words of a line belong to which option; UnfitError where words are left over.

    A command without options does not mind words after it, such as the code of a link that led to `/start`.
    """
    if not given.options:
        return {}
    names = {option.name for option in given.options}
    values = {name: value.strip(QUOTES) for name, value in PAIR.findall(line) if name in names}
    left = PAIR.sub(lambda pair: "" if pair[1] in names else pair[0], line)
    tokens = list(filter(None, [left.strip()])) if _as_written(given) else left.split()
    if not any(option.kind.greedy for option in given.options):
        _take_named(tokens, names, values)
        _complete(given, tokens, values)
    while _find(given, tokens, values):
        pass
    for option in given.options:
        option.kind.mind(tokens)
    _give_rest(given, tokens, values)
    return values


def _as_written(given: Command) -> bool:
    """Whether what is not named in a line is one text, whose own lines count."""
    return all(option.kind.named or (isinstance(option.kind, Text) and option.kind.lines) for option in given.options)


def _find(given: Command, tokens: list[str], values: dict[str, str]) -> bool:
    """Let each option look for its words; whether one has found some, after which another may see its own."""
    found = False
    for option in sorted(given.options, key=lambda option: not option.kind.eager):
        span = None if option.name in values or option.kind.greedy or option.kind.named else option.kind.find(tokens)
        if span is not None:
            values[option.name] = " ".join(tokens[span])
            del tokens[span]
            found = True
    return found


def _take_named(tokens: list[str], names: set[str], values: dict[str, str]) -> None:
    """Where no text is expected, "zone Kyiv" is as good as "zone=Kyiv"."""
    at = 0
    while at < len(tokens) - 1:
        name = tokens[at].casefold()
        if name in names - values.keys() and (at == 0 or name not in FILLERS):
            values[name] = tokens[at + 1]
            del tokens[at : at + 2]
        else:
            at += 1


def _complete(given: Command, tokens: list[str], values: dict[str, str]) -> None:
    """A value may have several words: of "zone=new york", the second one stands among the words that are left."""
    for name, words in values.items():
        for count in (1, 2):
            longer = " ".join((words, *tokens[:count]))
            if not _fits(given, name, words) and _fits(given, name, longer):
                values[name] = longer
                del tokens[:count]
                return


def _fits(given: Command, name: str, words: str) -> bool:
    try:
        given.option(name).kind.read(words)
    except UnfitError:
        return False
    return True


def _give_rest(given: Command, tokens: list[str], values: dict[str, str]) -> None:
    """What is left of a line goes to the text option, else to the first required one that lacks words."""
    greedy = next((option.name for option in given.options if option.kind.greedy and option.name not in values), None)
    if greedy is not None:
        _give_figure(given, tokens, values)
        if tokens:
            values[greedy] = " ".join(tokens)
        return
    left = [token for token in tokens if token.casefold() not in FILLERS]
    only = len(given.options) == 1  # there is no doubt then whose words they are
    lacking = next((o.name for o in given.options if (o.required or only) and o.name not in values), None)
    if left and lacking is not None:
        values[lacking] = " ".join(left)
    elif left:
        raise UnfitError(say("unfit-leftover", words=" ".join(left)[:60], command=given.name))


def _give_figure(given: Command, tokens: list[str], values: dict[str, str]) -> None:
    """A figure that is no whole number is no text either: whoever wants a number is given it, to refuse it."""
    for option in given.options:
        if not isinstance(option.kind, Whole) or option.kind.named or option.name in values:
            continue
        if tokens and is_figure(tokens[0], spelled=option.required or len(tokens) == 1):
            values[option.name] = tokens.pop(0)
        elif tokens and option.kind.trails and is_figure(tokens[-1]):
            values[option.name] = tokens.pop()


def read_values(given: Command, words: Mapping[str, str]) -> dict[str, Any]:
    """The typed value of each option that has words; the first that is unfit is raised as `UnfitOptionError`."""
    values: dict[str, Any] = {}
    for option in given.options:
        if words.get(option.name) == ASK_ME:
            continue
        if option.name in words:
            try:
                values[option.name] = option.kind.read(words[option.name])
            except UnfitError as error:
                raise UnfitOptionError(option, error) from error
        elif not option.required:
            values[option.name] = option.default
    return values


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
