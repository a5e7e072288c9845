"""Who may use which command where: one row for each command.

The desk refuses by this table, and from it come help, the menu, the lists that Telegram and Discord show, what is
audited, and the tests. A new command needs a row, and a row its command: `tests/house/test_permissions.py` checks both.
Where a command shows something to more people than may change it, `reads` names them, and its `read_only` says what is
only shown. What only some may press can also be a hidden command with a row of its own.

In a private chat the wallet is the person's own, so nobody has a role there. In a group the roles decide.
"""

from __future__ import annotations

from enum import Enum, auto
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from core.wallets.team import Role, role_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.command.declaration import Admins, Call, Command
    from core.shared.ids import PersonId, WalletId
    from core.wallets.people import ChatRef
    from core.wallets.team import TeamSettings

NOBODY: Final[frozenset[Role]] = frozenset()
ALL: Final = frozenset(Role)
SPENDERS: Final = ALL - {Role.VIEWER}
"""Who books what is spent, what comes back of it, and what becomes of it."""
BOOKERS: Final = frozenset({Role.OWNER, Role.MANAGER})
"""Who books what comes in, and corrects what others have booked."""
READERS: Final = frozenset({Role.OWNER, Role.MANAGER, Role.VIEWER})
"""Who sees what concerns all."""
OWNERS: Final = frozenset({Role.OWNER})


class Permission(NamedTuple):
    """Who may use a command.

    roles: in a group. Owners may do whatever there is to do there.
    private: in a private chat, everyone may.
    operators: operators may in a private chat; and in a group if nobody else may.
    reads: in a group, these roles may use it as far as it changes nothing (`Command.read_only`).
    of_chat: it concerns the chat rather than the books. So in a group that uses the books of another group, the
        platform's admins may use it, who are no owners there.
    """

    roles: frozenset[Role] = NOBODY
    private: bool = False
    operators: bool = False
    reads: frozenset[Role] = NOBODY
    of_chat: bool = False

    @property
    def users(self) -> frozenset[Role]:
        """The roles that can use any of it in a group."""
        return self.roles | self.reads

    @property
    def for_operators(self) -> bool:
        """Whether nobody but operators can use it anywhere."""
        return self.operators and not self.users and not self.private

    @property
    def by_role(self) -> bool:
        """Whether in a group it takes more than being a member."""
        return bool(self.roles) and Role.MEMBER not in self.roles

    def allows(self, role: Role | None, *, operator: bool = False, changes: bool = False) -> bool:
        """Whether somebody with a role may use it; None stands for a private chat. `changes`: not only to read."""
        if role is None:
            return self.private or (self.operators and operator)
        return role in (self.roles if changes else self.users) or (self.operators and operator and not self.users)


ASKED: Final = "?"
"""Stands in a line for a value that the bot asks for (`bot/reading/parser.py`)."""
OPEN: Final = Permission(ALL, private=True)
"""For everyone, wherever they are."""
SPENDING: Final = Permission(SPENDERS, private=True)
BOOKING: Final = Permission(BOOKERS, private=True)
DECIDING: Final = Permission(OWNERS, private=True)
OF_THE_CHAT: Final = Permission(OWNERS, private=True, of_chat=True)
OPERATING: Final = Permission(operators=True)

PERMISSIONS: Final[Mapping[str, Permission]] = MappingProxyType(
    {
        # what is spent, and what becomes of it
        "spend": SPENDING,
        "several": SPENDING,
        "boosted": SPENDING,
        "bookthis": SPENDING,
        "missed": SPENDING,
        "number": SPENDING,
        "return": SPENDING,
        "undo": SPENDING,
        "instead": SPENDING,
        "outcome": SPENDING,
        "tag": SPENDING,
        "waiting": SPENDING,
        "unsent": SPENDING,
        # what comes in, and what corrects the books
        "buy": BOOKING,
        "earn": BOOKING,
        "opening": BOOKING,
        "adjust": BOOKING,
        "cost": BOOKING,
        "reconcile": BOOKING,
        "import": BOOKING,
        "teamname": Permission(BOOKERS),
        "importproposals": BOOKING,
        # what is shown
        "balance": OPEN,
        "history": OPEN,
        "lots": OPEN,
        "expiring": OPEN,
        "forecast": OPEN,
        "proposals": OPEN,
        "refunds": OPEN,
        "stats": OPEN,
        "team": OPEN,
        "chart": OPEN,
        "clients": OPEN,
        "statement": OPEN,
        "export": OPEN,
        "report": OPEN,
        "inmoney": OPEN,  # it asks which role somebody has in the group that it is about
        # what concerns the person, whoever they are
        "help": OPEN,
        "menu": OPEN,
        "talk": OPEN,
        "cancel": OPEN,
        "leave": OPEN,
        "whoami": OPEN,
        "link": OPEN,
        "linking": OPEN,
        "unlink": OPEN,
        "claim": OPEN,
        "draw": OPEN,
        "file": OPEN,
        "mydata": OPEN,
        "forgetme": OPEN,
        "importfor": OPEN,  # it asks which role somebody has in the group that it is for
        # what is decided for all
        "start": DECIDING,
        "settings": DECIDING,
        "alerts": DECIDING,
        "snooze": DECIDING,
        "wake": DECIDING,
        "limit": Permission(OWNERS, private=True, reads=ALL),
        "relimit": DECIDING,
        "target": Permission(OWNERS, private=True, reads=ALL),
        "allow": DECIDING,
        "place_later": DECIDING,
        "subscribe": OF_THE_CHAT,
        "unsubscribe": OF_THE_CHAT,
        "join": Permission(OWNERS, of_chat=True),
        "claims": Permission(frozenset({Role.OWNER, Role.MODERATOR})),
        "role": Permission(OWNERS, reads=ALL),
        "audit": Permission(READERS, operators=True),
        # what runs the bot
        "promote": OPERATING,
        "promo": OPERATING,
        "edit": OPERATING,
        "announce": OPERATING,
        "announcement": OPERATING,
        "announcements": OPERATING,
        "series": OPERATING,
        "jobs": OPERATING,
        "resetowners": OPERATING,
    }
)


def permission_of(command: Command) -> Permission:
    """Who may use a command. Without a row of its own it is for owners."""
    return PERMISSIONS.get(command.name, DECIDING)


def changes_something(command: Command, words: Mapping[str, str]) -> bool:
    """Whether a command with these words may change something (`Command.read_only`)."""
    if words and ASKED not in words.values() and {f"{name}=" for name in words} <= set(command.read_only):
        return False
    first = words.get(command.options[0].name, None if words else "") if command.options else ""
    said = set() if first is None else {first.strip().casefold()}
    return not (said | {"*"}) & set(command.read_only)


async def may(call: Call, command: str) -> bool:
    """Whether whoever calls may use another command in this chat, so that its button may be shown to them."""
    permission = PERMISSIONS[command]
    if not call.group:
        return permission.allows(None, operator=call.operator)
    if permission.allows(call.known_role) or permission.allows(await call.role()):
        return True
    return permission.of_chat and call.joined and await call.is_admin()


async def sees_all(call: Call) -> bool:
    """Whether whoever calls may see what each member has spent, not only what they have spent themselves."""
    return await call.role() in READERS


async def corrects_others(call: Call) -> bool:
    """Whether whoever calls may correct, undo and return what others have booked."""
    return not call.group or call.known_role in BOOKERS or await call.role() in BOOKERS


class Absent(Enum):
    """Why nobody has a role in a group in which they are not acting now."""

    GONE = auto()
    """They are not in it."""
    UNSEEN = auto()
    """The platform cannot say now."""


async def role_there(call: Call, wallet: WalletId) -> Role | Absent:
    """What whoever calls is in the group of a wallet, asked elsewhere."""
    groups, settings = await call.store.people.groups_of(wallet), await call.store.people.settings_of(wallet)
    if not groups or call.admins is None:
        return Absent.UNSEEN
    return await role_in_group(call.admins, groups, settings.team, call.person.id)


async def may_get_alerts(
    admins: Admins, groups: Sequence[ChatRef], team: TeamSettings, person: PersonId
) -> bool | None:
    """Whether a group's alerts may go to somebody in private, who may change them; None if nobody can say now."""
    role = await role_in_group(admins, groups, team, person)
    if isinstance(role, Absent):
        return None if role is Absent.UNSEEN else False
    return PERMISSIONS["alerts"].allows(role, changes=True)


async def role_in_group(
    admins: Admins, groups: Sequence[ChatRef], team: TeamSettings, person: PersonId
) -> Role | Absent:
    """What somebody is in the groups of one wallet while they are not acting there.

    The wallet belongs to the first of them: the admins of the others are no owners. Where the platform does not say
    whether somebody is in one, a role that they were given stands.
    """
    admin = False if team.owned else await admins.is_admin(groups[0], person)
    if admin:
        return Role.OWNER
    role, there = role_in(team, person, admin=False), [await admins.is_member(group, person) for group in groups]
    if True not in there and None not in there:
        return Absent.GONE
    unseen = admin is None or True not in there
    return Absent.UNSEEN if unseen and role is Role.MEMBER else role


async def is_or_was(call: Call, person: PersonId) -> bool:
    """Whether a person is whoever acts: by now, or while they were linked with somebody."""
    if person == call.person.id or person in await call.store.people.same_as(call.person.id):
        return True
    links = await call.store.links.links_of(call.person.id)
    return any(link.kept == person and call.person.own in link.persons for link in links)
