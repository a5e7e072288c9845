"""Every operation of the store fails once under every command; what is answered is true, and repeating books once."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest
from hypothesis import settings

from bot.command.incoming import Attached, Incoming, Pressed, Typed, action_key
from bot.commands import declared
from core.ledger.erased.keys import is_erased_key
from core.wallets.people import ChatRef, Identity
from storage.memory.store import MemoryStore
from tests.bot.failing import Failing, Fault, Watching, bot_on
from tests.bot.stages.desk import DeskPlayer
from tests.clock import TestClock

if TYPE_CHECKING:
    from tests.bot.stage import Bot

PAGE: Final = "January 9, 2026\t\nApplied to job\nLogo\n-16\nSpent 16 Connects"
LINK: Final = "https://www.upwork.com/jobs/Logo_~022010000000000000000/"
FILE: Final = b"title;text;gives;ends\nSpring;Welcome;20;5 days\n"
FAULTS: Final = {
    "before": Fault(),
    "lost before": Fault(maybe=True),
    "lost after": Fault(maybe=True, after=True),
    "broken before": Fault(maybe=None),
    "broken after": Fault(maybe=None, after=True),
    "away from then on": Fault(lasting=True),
    "lost after, and away": Fault(maybe=True, after=True, lasting=True),
}
IN_TURN: Final = tuple(label for label, fault in FAULTS.items() if not fault.maybe and not fault.after)
"""How an operation may fail that only reads: each does in one of these ways, and in all with the profile `long`."""
FAILED: Final = ("I cannot reach my books right now.", "Something went wrong on my side.")
NOTHING: Final = "Nothing was booked."
POINTERS: Final = (" is booked: ", "Check /history", "What you asked for may have been done already")

REVIEW: Final = "/announce Free portfolio review on Friday"
SENT: Final = (REVIEW, ">Send to")
OVER: Final = ("/limit 10 a week block", "/spend 16 Logo")


class Scene(NamedTuple):
    """A command in a chat: what was said there before, then the line that is tried.

    A line that begins with ">" is a press of the button with that label; one that begins with "^" comes with `FILE`;
    one that begins with "~" is an edit of the line before.
    again: the same action, once more, may say that it is done already, or leave a second draft.
    new: whoever says it has no wallet yet.
    """

    line: str
    before: tuple[str, ...] = ()
    again: bool = False
    boss: bool = False
    new: bool = False


OWN: Final = {
    "spend": Scene("/spend 16 Logo redesign"),
    "several": Scene("/spend 16 Logo\n/spend 8 Banner"),
    "boosted": Scene("13", (f"{LINK} 20 boosted",)),
    "number": Scene("16"),
    "bookthis": Scene(f"/bookthis 16 {LINK}"),
    "buy": Scene("/buy 60 $9"),
    "earn": Scene("/earn assessment Python"),
    "return": Scene("/return 3", ("/spend 16 Logo",)),
    "proposals": Scene("/proposals logo", ("/spend 16 Logo",)),
    "stats": Scene("/stats"),
    "team": Scene("/team"),
    "teamname": Scene("/teamname 12345678"),
    "clients": Scene("/clients of=acme bid=2", ("/spend 16 Logo", "/settings incomes=yes")),
    "refunds": Scene("/refunds", ("/spend 16 Logo", "#2 closed")),
    "outcome": Scene("replied for Logo", ("/spend 16 Logo",)),
    "tag": Scene("/tag #2 #3 design", ("/spend 16 Logo", "/spend 8 Banner")),
    "undo": Scene("/undo", ("/spend 16 Logo",)),
    "instead": Scene(">Book 20 instead", ("/spend 16 Logo", "~/spend 20 Logo")),
    "leave": Scene(">Leave it", ("/spend 16 Logo", "~/spend 20 Logo")),
    "adjust": Scene("/adjust -2 as Upwork shows it"),
    "cost": Scene("/cost $1", ("/adjust +10",)),
    "balance": Scene("/balance"),
    "reconcile": Scene("/reconcile 120", again=True),
    "missed": Scene("Logo", ("/reconcile 104", ">Enter a bid")),
    "lots": Scene("/lots"),
    "chart": Scene("/chart balance"),
    "forecast": Scene("/forecast", ("/spend 16 Logo",)),
    "inmoney": Scene("/inmoney stats"),
    "expiring": Scene("/expiring 14"),
    "history": Scene("/history"),
    "export": Scene("/export"),
    "statement": Scene("/statement"),
    "report": Scene("/report"),
    "import": Scene("/import"),
    "importfor": Scene("/importfor 1234567890abc"),
    "importproposals": Scene("/importproposals show 1234567890abc"),
    "alerts": Scene("/alerts budget=300 days=30,7,1", again=True),
    "place_later": Scene("/place_later"),
    "limit": Scene("/limit 100 a week", again=True),
    "relimit": Scene(">Block what", ("/limit 100 a week",), again=True),
    "target": Scene("/target 100 bids this month", again=True),
    "unsent": Scene(">Not sent", OVER),
    "allow": Scene(">Allow this", (*OVER, ">Not sent"), again=True),
    "snooze": Scene("/snooze low"),
    "waiting": Scene("/waiting #12"),
    "wake": Scene("/wake low", ("/snooze low",)),
    "settings": Scene("/settings zone=Europe/Kyiv low=20", again=True),
    "role": Scene("/role me owner", again=True),
    "claim": Scene("/claim 1", again=True),
    "claims": Scene("/claims"),
    "draw": Scene("/draw 2"),
    "subscribe": Scene("/subscribe design, python"),
    "unsubscribe": Scene("/unsubscribe", ("/subscribe",), again=True),
    "start": Scene("/start", new=True),
    "opening": Scene("/opening 87 free"),
    "help": Scene("/help spend"),
    "menu": Scene("/menu books"),
    "talk": Scene("purple monkeys"),
    "cancel": Scene("/cancel", ("/buy",)),
    "whoami": Scene("/whoami"),
    "mydata": Scene("/mydata", again=True),
    "forgetme": Scene("forget", ("/forgetme", ">Forget me"), again=True),
    "link": Scene("/link AAAA-2222"),
    "linking": Scene("/linking pair=nobody"),
    "unlink": Scene("/unlink"),
    "promote": Scene("/promote Summer gives=20 ends=5 days text=Welcome", again=True, boss=True),
    "promo": Scene("/promo pause 1", again=True, boss=True),
    "edit": Scene("/edit 1 title Autumn", again=True, boss=True),
    "file": Scene("^", again=True, boss=True),
    "announce": Scene("/announce Free portfolio review on Friday", boss=True),
    "announcement": Scene(">Send to", ("/announce Free portfolio review on Friday",), again=True, boss=True),
    "announcements": Scene("/announcements", (REVIEW,), boss=True),
    "series": Scene(">Start", ('/announce Tips cron="every monday at 9"',), again=True, boss=True),
    "audit": Scene("/audit", boss=True),
    "join": Scene("/join AAAA-2222"),
    "jobs": Scene("/jobs", boss=True),
    "resetowners": Scene("/resetowners group=desk:Team", boss=True),
}
"""A typical line of every command, in the wallet of the person who writes it."""
WAYS: Final = {
    "a link with its title": Scene(LINK + " 16"),
    "a bid on a job that had one": Scene(f"/spend 12 {LINK}", (f"/spend 16 {LINK}",)),
    "an answer": Scene("40", ("/buy",)),
    "an answer to the second question": Scene("Python", ("/earn", "assessment")),
    "a choice": Scene(">16 Connects", ("/spend",)),
    "a question before a confirmed balance": Scene("/undo", ("/spend 16 Logo", "/reconcile 104")),
    "a press before a confirmed balance": Scene(">Undo it all", ("/spend 16 Logo", "/reconcile 104", "/undo")),
    "a withdrawn confirmation": Scene(">Withdraw", ("/reconcile 120", "/reconcile"), again=True),
    "what mends a difference": Scene(">16 came back", ("/spend 16 Logo", "/reconcile 120")),
    "a press": Scene(">Mark as returned", ("/spend 16 Logo",)),
    "a typed label": Scene("spent on a boost", ("16",)),
    "a press whose line is kept": Scene(">Spent on a boost", ("16 " + "A very long title " * 4,)),
    "a hire, whose worth is asked": Scene("hired for Logo", ("/spend 16 Logo",)),
    "what a hire is worth": Scene("$500", ("/spend 16 Logo", "hired for Logo")),
    "a state on the card": Scene(">Viewed", ("/spend 16 Logo", "/proposals logo")),
    "a state, taken back": Scene(">Undo the state", ("/spend 16 Logo", "replied for Logo")),
    "an invitation with what became of it": Scene(">It was an invitation", (f"{LINK} replied",)),
    "a question": Scene("/earn"),
    "a figure that does not fit": Scene("/spend 4000 Logo"),
    "a refusal": Scene("/spend 400 Logo"),
    "a purchase and the bid that was refused": Scene(">I bought", ("/spend 200 Logo",)),
    "a purchase and the bid, refused again": Scene(">I bought", ("/spend 200 Logo", "/spend 90")),
    "a warning of the budget": Scene("/spend 95", ("/alerts budget=100",)),
    "a limit that is passed": Scene("/spend 16 Logo", ("/limit 10 a week block",)),
    "a limit that is nearly used up": Scene("/spend 9 Logo", ("/limit 10 a week",)),
    "a spend that was sent already": Scene(">Already sent", OVER),
    "a test alert": Scene("/alerts test"),
    "a contest": Scene("/claim 2", again=True),
    "a first claim": Scene("/start claim_1", again=True, new=True),
    "a first entry into a contest": Scene("/claim 2", again=True, new=True),
    "an approval": Scene("/promo approve 3 claim=1", again=True, boss=True),
    "a duplicate": Scene("/promo copy 1", again=True, boss=True),
    "a launch": Scene(">Launch", ("/promote Summer gives=20 ends=5 days text=Welcome",), again=True, boss=True),
    "a correction": Scene(">Correct it", (*SENT, "/announcement correct 1 It is on Monday"), again=True, boss=True),
    "a withdrawal": Scene(">Withdraw it", (*SENT, "/announcement withdraw 1"), again=True, boss=True),
    "an announcement for later": Scene(">Send on", (f"{REVIEW} at=3d",), again=True, boss=True),
    "a new text": Scene("/announcement correct 1 It is on Monday", (REVIEW,), again=True, boss=True),
    "what makes no sense": Scene("what?"),
    "a question in plain words": Scene("how many do I have left?"),
    "a page": Scene(PAGE, again=True),
    "a page as the first thing": Scene(PAGE, again=True, new=True),
}
SHARED: Final = (
    "spend",
    "buy",
    "earn",
    "return",
    "undo",
    "adjust",
    "claim",
    "settings",
    "role",
    "alerts",
    "subscribe",
    "number",
    "join",
)
SHARED_WAYS: Final = (
    "a link with its title",
    "an answer",
    "a choice",
    "a press",
    "a refusal",
)
SCENES: Final = {
    **{f"/{name}": ("", scene) for name, scene in OWN.items()},
    **{name: ("", scene) for name, scene in WAYS.items()},
    **{f"/{name} in a group": ("Team", OWN[name]) for name in SHARED},
    **{f"{name} in a group": ("Team", WAYS[name]) for name in SHARED_WAYS},
}


def test_every_command_is_tried() -> None:
    assert set(OWN) == {command.name for command in declared()}


class Seen(NamedTuple):
    """What there is in a store that people can ask for: the entries and imports, and the rest."""

    entries: Any
    rest: Any


def shown(key: str) -> str:
    """A key; one that was erased is another one each time."""
    return "" if is_erased_key(key) else key


def seen(store: MemoryStore) -> Seen:
    tables = store.tables
    entries = {
        book.id: [
            *((shown(entry.key), entry.delta) for entry in book.entries),
            *((shown(batch.key), [one.state for one in batch.proposals]) for batch in book.batches),
        ]
        for book in tables.books.values()
    }
    settings = {book.id: book.settings for book in tables.books.values()}
    tasks = {name: at for name, at in tables.due.items() if not name.startswith("wallet:")}
    promotions = [promotion._replace(seed="") for promotion in tables.promotions.values()]
    imports = {book.id: [shown(batch.key) for batch in book.batches] for book in tables.books.values()}
    claims = {number: dict(claims) for number, claims in tables.claims.items()}
    rest = ({**tables.subscriptions}, {**tables.series}, {**tables.announcements}, {**tables.notices})
    return Seen(entries, (settings, imports, promotions, claims, tasks, rest))


async def prepared(group: str, scene: Scene) -> tuple[MemoryStore, Incoming]:
    """A store on which everything before the line was said, and the line as it comes in."""
    store, clock = MemoryStore(), TestClock()
    bot = bot_on(store, clock)
    boss, zoe = DeskPlayer(bot, "boss"), DeskPlayer(bot, "zoe")
    await boss.say("/start")
    for line in ("Gift gives=10", "Raffle gives=30 winners=1", "Asked gives=5 approval=on"):
        await boss.say(f"/promote {line} ends=9 days text=Welcome")
        await boss.press("Launch")
    await zoe.say("/start")
    await zoe.say("/subscribe")
    await zoe.say("/claim 3")
    player = boss if scene.boss else DeskPlayer(bot, "ann", group, admin=True)
    if not scene.new and not scene.boss:
        await player.say("/start")
        if scene is not OWN["opening"]:
            if group:
                await player.say("/opening 20 free")  # as many as a person gets with their wallet
            await player.say("/buy 100")
    presses: dict[str, str] = {}
    for line in scene.before:
        clock.pass_(minutes=1)
        if line.startswith("~"):
            await player.edit(line[1:])
        else:
            await (player.press(line[1:]) if line.startswith(">") else player.say(line))
        presses = presses | player.buttons
    clock.pass_(minutes=1)
    return store, line_in(scene.line, player, presses, clock)


def line_in(line: str, player: DeskPlayer, presses: dict[str, str], clock: TestClock) -> Incoming:
    """The line as it comes in, or the press that it stands for."""

    async def read() -> bytes:
        return FILE

    async def admin() -> bool:
        return player.admin

    chat = ChatRef("desk", player.group or f"with {player.name}")
    said = (
        Pressed(next(press for label, press in presses.items() if label.startswith(line[1:])))
        if line.startswith(">")
        else Typed(line.removeprefix("^"))
    )
    return Incoming(
        key=action_key(clock.now(), chat, "tried"),
        at=clock.now(),
        who=Identity("desk", player.name),
        name=player.name,
        chat=chat,
        said=said,
        admin=admin,
        group=bool(player.group),
        title=player.group,
        file=Attached("new.csv", len(FILE), read) if line == "^" else None,
    )


class Played(NamedTuple):
    """What came of a line: the answer without its buttons, what there was then, and the operations that it took."""

    text: str
    after: Seen
    calls: int


async def play(bot: Bot, incoming: Incoming, plan: Failing, store: MemoryStore) -> Played:
    answer = await bot.desk.answer(incoming)
    assert answer is not None
    return Played(DeskPlayer(bot, "reader").hear(answer).text, seen(store), len(plan.calls))


@pytest.mark.parametrize("name", SCENES)
async def test_no_answer_claims_what_is_not_so(name: str) -> None:
    group, scene = SCENES[name]
    store, incoming = await prepared(group, scene)
    before, kept = seen(store), pickle.dumps(store)

    watching = Watching(watched := pickle.loads(kept))  # noqa: S301 - made above
    whole = await play(bot_on(watching.as_store(), TestClock(incoming.at)), incoming, watching, watched)
    restarted = {kept: whole}  # what a new bot says depends on its store alone

    async def tried(fault: Fault, at: int) -> tuple[Played, Played]:
        """The line under a fault, and the same action afterwards; after a long outage, on a bot that was restarted."""
        plan = Failing(own := pickle.loads(kept), fault, at=at)  # noqa: S301 - made above; four times as fast as a copy
        bot = bot_on(plan.as_store(), TestClock(incoming.at))
        first = await play(bot, incoming, plan, own)
        plan.at = 0
        if not fault.lasting:
            return first, await play(bot, incoming, plan, own)
        stored = pickle.dumps(own)
        if stored not in restarted:
            restarted[stored] = await play(bot_on(own, bot.clock), incoming, plan, own)
        return first, restarted[stored]

    for label, fault in FAULTS.items():
        for at in watching.places(fault):
            if not (watching.writes(at) or IN_TURN[at % len(IN_TURN)] == label or is_long()):
                continue
            where = f"{name}: {label} operation {at}"
            first, again = await tried(fault, at)
            check_truth(first, before, whole, where)
            assert not any(words in again.text for words in FAILED), where
            assert again.after.entries == whole.after.entries, where
            assert scene.again or again == whole._replace(calls=again.calls), where


def is_long() -> bool:
    return settings().max_examples > settings.get_profile("untimed").max_examples


def check_truth(played: Played, before: Seen, whole: Played, where: str) -> None:
    """An answer that is whole must be right; one that is not must not deny what was done, and says where to look."""
    if not any(words in played.text for words in FAILED):
        assert (played.text, played.after) == (whole.text, whole.after), where
    elif played.after != before:
        assert NOTHING not in played.text, where
        assert any(words in played.text for words in POINTERS), where
    else:
        assert (NOTHING in played.text) or any(words in played.text for words in POINTERS), where
