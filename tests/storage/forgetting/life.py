"""Somebody who has left words everywhere, and somebody else whose words stay."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.announcements.model import Announcement, Series, Stage
from core.delivery.notice import EVERYBODY, Notice, Target
from core.inbox import KeptUpdate
from core.incomes.model import Income
from core.ledger.sightings import ProposalSighting, ProposalState
from core.links.model import Accounts, BooksState, Link, LinkedBooks, LinkPlan
from core.shared.ids import LinkId
from core.shared.lifecycle import Status
from core.shared.money import Price
from core.wallets.people import Chat, ChatKind, ChatRef, Identity, private_chat
from tests.bot.stages.desk import DeskPlayer
from tests.storage.importing import Seen, import_rows, tell
from tests.storage.teller import Teller, booked
from tests.storage.test_promotions import claim, promoted, terms

if TYPE_CHECKING:
    from core.shared.ids import PersonId, WalletId
    from core.store import Store
    from tests.bot.stage import Bot

ZOE: Final = Identity("telegram", "7770001234567")
ZOZO: Final = Identity("discord", "888000987654321")
MAX: Final = Identity("telegram", "6660001112223")
CREW: Final = "Crewgroup"
NAMES: Final = ("Zoelinda Quibblefast", "Zozo Wrenchmoor")
OTHER: Final = "Maximus Otherwise"
PAGE: Final = Path(__file__).parents[2] / "imports" / "samples" / "freelancer-1" / "desktop.txt"
LINES: Final = 115
"""How much of it is pasted."""
GONE: Final = (
    *NAMES, "Quibblefast", ZOE.user, ZOZO.user, "Quixotichusk", "Xylophonix", "Vermilionkite", "zebratopic",
    "Gnomonclause", "Peregrinetitle", "Memberquill", "Obsidiantitle", "Profilemarsh", "tagthistle", "Longwindedness",
    "Groupquartz", "Inboxwyvern", "Clientsphinx", "Aboutjasper", "Draftbasilisk", "Kubernetes on a budget",
    "Excel macro", "Rowingmember", "Rowtitlefen", "Pressedlynx", "Missedotter", "Helpfulheron",
    "Announcedfinch", "Discardedmole", "Weeklynewt", "Unpromotedauk", "Promotextgnu", "CODEIBEX",
)  # fmt: skip
"""Words and numbers that are Zoe's alone."""
STAYS: Final = (
    OTHER, MAX.user, CREW, "Maxonian teapot", "Maxrowtitle", "Maxmember", "Maxtold", "Promotitle", "Maxsenttoad",
)  # fmt: skip
"""Those of others."""


@dataclass
class Life:
    """Who is who in it, and the wallet that they share."""

    zoe: DeskPlayer
    other: DeskPlayer
    person: PersonId
    own: Teller
    team: WalletId


async def lived(bot: Bot) -> Life:
    """Play it."""
    zoe = DeskPlayer(bot, NAMES[0], seat=ZOE, alone=private_chat(ZOE).id)
    other = DeskPlayer(bot, OTHER, seat=MAX, alone=private_chat(MAX).id)
    await _alone(zoe)
    await other.say("/start")
    await other.say("/spend 3 Maxonian teapot")
    await _in_group(bot)
    store, clock = bot.store, bot.clock
    person, other_person = await store.people.person(ZOE, NAMES[0]), await store.people.person(MAX, OTHER)
    own_wallet, crew = await store.people.wallet_of(person.id), await store.people.wallet_of(_crew)
    assert own_wallet is not None
    assert crew is not None
    own = Teller(store, clock, own_wallet.id, person.id)
    team = Teller(store, clock, crew.id, other_person.id)
    await _pages(own, team)
    await _elsewhere(store, own, team)
    await _drafted(store, own, team)
    await _linked(bot, person.id, own.wallet)
    return Life(zoe, other, person.id, own, crew.id)


_crew: Final = ChatRef("telegram", CREW)


async def _alone(zoe: DeskPlayer) -> None:
    for line in (
        "/start", "/buy 60 $9", "/spend 16 Quixotichusk lighthouse", "/earn assessment Xylophonix",
        "/earn reward 5 Vermilionkite", "/subscribe zebratopic", "/adjust -2 Gnomonclause",
        f"/spend 2 other Longwindedness {'and so on ' * 12}", "/settings zone=Europe/Kyiv low=30",
    ):  # fmt: skip
        await zoe.say(line)
    await zoe.paste("\n".join(PAGE.read_text("utf-8").splitlines()[:LINES]))
    await zoe.press("Book")
    await zoe.say("/buy")
    await zoe.bot.store.people.note_reachable(Chat(private_chat(ZOE), ChatKind.PRIVATE, NAMES[0]), zoe.bot.clock.now())


async def _in_group(bot: Bot) -> None:
    admin = DeskPlayer(bot, OTHER, CREW, admin=True, seat=MAX)
    member = DeskPlayer(bot, NAMES[0], CREW, seat=ZOE)
    await bot.store.people.note_reachable(Chat(_crew, ChatKind.GROUP, CREW), bot.clock.now())
    await admin.say("/start")
    await admin.say("/opening 200 free")
    await member.say("/spend 9 Groupquartz mural")
    await admin.say("/spend 7 Maxonian teapot")
    await admin.say(f"/role {NAMES[0]} manager")
    await admin.say(f"/limit 50 a day {NAMES[0]}")
    await admin.say("/settings low=150")
    await member.say("/buy 10 $2")
    await member.say("/undo")


async def _pages(own: Teller, team: Teller) -> None:
    """Pages of both wallets: in that of the group there are rows of both."""
    row = Seen(-16, "Peregrinetitle", day=224, job="~a", member="Memberquill", known=3)
    booked(await import_rows(own, row, key=f"1767000000:{private_chat(ZOE)}:import:x"))
    seen = ProposalSighting(
        1, ProposalState.VIEWED, title="Obsidiantitle", profile="Profilemarsh", tags=("tagthistle",), number=3
    )
    booked(await tell(own, lambda batch: batch._replace(proposals=(seen,), by=own.person)))
    note = json.dumps({"Rowingmember": str(own.person), "Maxmember": str(team.person)})
    await own.store.notes.put_note(f"import-members:{team.wallet}", note, None)
    rows = (
        Seen(-9, "Rowtitlefen", 224, "~b", "Rowingmember", known=2),
        Seen(-7, "Maxrowtitle", 225, "~c", "Maxmember", known=3),
    )
    booked(await import_rows(team, *rows, key="team-import"))
    told = ProposalSighting(1, ProposalState.VIEWED, title="Maxtold", number=3)
    booked(await tell(team, lambda batch: batch._replace(proposals=(told,), by=team.person), key="team-told"))


async def _elsewhere(store: Store, own: Teller, team: Teller) -> None:
    now = own.clock.now()
    await store.incomes.keep(
        own.wallet, [Income("9001", date(2026, 1, 2), "Clientsphinx", "Aboutjasper", Price(5000, 0, "USD"))]
    )
    await store.incomes.name_bid(own.wallet, "clientsphinx", "2")
    sent = {"message": {"from": {"id": int(ZOE.user)}, "text": "Inboxwyvern"}}
    await store.inbox.keep("telegram", [KeptUpdate(7, json.dumps(sent), now), KeptUpdate(8, '{"message": {}}', now)])
    await store.notes.put_note("draft:zz", json.dumps({"person": own.person, "text": "Draftbasilisk"}), None)
    await store.notes.put_note("press:0abcdef123456:1", ".spend 4 Pressedlynx", None)
    missed = [["k1", "stale", {"title": "Groupquartz mural", "name": NAMES[0]}, False, "", now.isoformat()]]
    await store.notes.put_note(f"missed:{team.wallet}", json.dumps(missed), None)
    await store.notes.put_note(f"aside:help:{_crew}", f"once 1767000000:{_crew}:tok:{ZOE.user}:help Helpfulheron", None)
    await store.notes.put_note(f"discord:dm:{ZOZO.user}", "99", None)
    to_max = Target(MAX.platform, MAX.user, direct=True)
    winners: dict[str, str | int] = {"title": "Promotitle", "winners": f"#1 {NAMES[0]}, #2 {OTHER}", "seed": "s"}
    await store.outbox.notify(
        [
            Notice("n1", "low", {"connects": 3}, own.wallet),
            Notice("n2", "promotion-drawn", winners, to=(to_max, Target(ZOE.platform, ZOE.user, direct=True))),
            Notice(f"joined:1767000000:{_crew}:tok:{ZOE.user}:join", "joined", {"by": NAMES[0]}, to=(to_max,)),
            Notice("n3", "feed", {"lines": 1, "1.by": own.person, "1.title": "Groupquartz mural"}, team.wallet),
        ],
        now,
    )
    booked(await claim(own, await promoted(team, replace(terms(own.clock, supply=100), title="Promotitle"))))


async def _drafted(store: Store, own: Teller, team: Teller) -> None:
    """What she had not published as an operator, and what somebody else has."""
    now = own.clock.now()
    for text, stage, by in (
        ("Announcedfinch", Stage.DRAFT, own.person),
        ("Discardedmole", Stage.DISCARDED, own.person),
        ("Maxsenttoad", Stage.DRAFT, team.person),
    ):
        one = Announcement(f"of {by} {stage}", text, EVERYBODY, "UTC", by, stage=stage, made=now)
        await store.announcements.new_announcement(one)
    weekly = Series(0, Status.DRAFT, "0 9 * * 1", "UTC", "Weeklynewt", EVERYBODY, own.person, now)
    await store.recurring.new_series(weekly)
    words = replace(terms(own.clock), title="Unpromotedauk", text="Promotextgnu", code="CODEIBEX")
    await store.promotions.new_promotion(words, own.person, "seed", now)


async def _linked(bot: Bot, person: PersonId, own: WalletId) -> None:
    """She is on Discord, too."""
    other = await bot.store.people.person(ZOZO, NAMES[1])
    key = f"1767000000:{private_chat(ZOZO)}:m5"
    record = await bot.store.ledger.record(own)
    state = BooksState(record.head.entries, len(record.batches), record.head.balance)
    who = Accounts.ALONE, person, other.id, (other.id,)
    link = Link(LinkId(0), bot.clock.now(), key, *who, LinkedBooks(own, state, state))
    assert await bot.store.links.link(LinkPlan(link)) is not None
