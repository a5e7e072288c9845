"""`verify` names a row of a promotion, a claim or an opening's once-key that was changed by hand."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.books import Books
from core.ledger import rulebook
from core.ledger.requests import Request
from core.promotions.draw import draw
from core.promotions.model import Claim, Promotion, Terms
from core.promotions.service import PromotionService
from core.scheduling.runner import TaskRunner
from core.shared.ids import PromotionId
from core.shared.lifecycle import Status
from core.shared.money import CostState
from core.wallets.people import ChatRef
from core.wallets.settings import Settings
from storage import open_store
from tests.clock import TestClock
from tests.storage.teller import Teller, open_teller, proven
from tests.storage.test_verify import by_hand, verdict_on

if TYPE_CHECKING:
    from core.ledger.model import Receipt
    from core.store import Store

GIFT, ASKED, CONTEST, COMING = 1, 2, 3, 4
NAMES = ("ann", "bob", "eve", "joe")


@pytest.fixture(scope="module")
def promoted_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four people with all that can become of claims: given, waiting, declined, drawn, lost and not drawn yet."""
    file = tmp_path_factory.mktemp("promotions") / "books.db"
    asyncio.run(_lived(f"sqlite:///{file}"))
    return file


async def _lived(url: str) -> None:
    async with open_store(url) as store:
        await live(store, TestClock())
        await proven(store)


async def live(store: Store, clock: TestClock) -> None:
    """Play the story of the fixture."""
    books = Books(store, rulebook.default(), clock)
    service = PromotionService(books, store)
    tellers = [await open_teller(store, clock, name) for name in NAMES]
    for teller in tellers[:2]:
        await books.opening(request(teller, "opening"), 50, CostState.FREE)
    team = await store.people.open_wallet(ChatRef("test", "team"), Settings())
    await books.opening(Request(team.id, "team opening", tellers[0].person), 300, CostState.FREE)
    promotions = [await _launched(service, tellers[0], terms) for terms in _all_terms(clock)]
    await _run_due(store, service, clock)
    for teller in tellers[:3]:
        await _claimed(service, promotions[GIFT - 1], teller)
    asked = [await _claimed(service, promotions[ASKED - 1], teller) for teller in tellers[:3]]
    await service.approve(promotions[ASKED - 1], claim_in(asked[0]))
    await service.refuse(promotions[ASKED - 1], claim_in(asked[1]))
    for number in (CONTEST, COMING):
        for teller in tellers:
            await _claimed(service, promotions[number - 1], teller)
    clock.pass_(days=3)
    await _run_due(store, service, clock)


def _all_terms(clock: TestClock) -> tuple[Terms, ...]:
    gift = Terms("Gift", "For all", 20, clock.now(), clock.now() + timedelta(days=2), supply=100, code="Summer")
    contest = replace(gift, title="Contest", winners=2, supply=None, code="")
    coming = replace(contest, title="Coming", ends=clock.now() + timedelta(days=20))
    return gift, replace(gift, title="Asked", approval=True, supply=None, code=""), contest, coming


async def _launched(service: PromotionService, teller: Teller, terms: Terms) -> Promotion:
    draft = await service.draft(terms, teller.person)
    assert await service.launch(draft)
    live = await teller.store.promotions.promotion(PromotionId(draft.id))
    assert live is not None
    assert live.status is Status.LIVE
    return live


async def _claimed(service: PromotionService, promotion: Promotion, teller: Teller) -> Receipt | Claim:
    wallet = await teller.store.people.wallet_of(teller.person)
    assert wallet is not None
    return await service.claim(promotion, teller.person, wallet)


async def _run_due(store: Store, service: PromotionService, clock: TestClock) -> None:
    await TaskRunner(store.tasks, store.outbox, clock, {"promotion": service.run}).run_due()


def request(teller: Teller, key: str) -> Request:
    return Request(teller.wallet, f"{teller.wallet}:{key}", teller.person)


def claim_in(given: Receipt | Claim) -> Claim:
    assert isinstance(given, Claim)
    return given


async def test_every_store_is_proven(store: Store, clock: TestClock) -> None:
    await live(store, clock)
    await proven(store)
    drawn = await store.promotions.claims_on(PromotionId(CONTEST))
    assert sorted(claim.state for claim in drawn) == ["given", "given", "lost", "lost"]


A_WINNER, A_LOSER = (
    f"promotion = 3 AND number = (SELECT MIN(number) FROM claim WHERE promotion = 3 AND state = '{state}')"  # noqa: S608
    for state in ("given", "lost")
)
CHANGED = (
    ("promotion", "supply = 200", "id = 1", "promotion 1: its supply is stored as 200, but its terms say 100"),
    ("promotion", "given = 40", "id = 1", "promotions are stored as having given"),
    ("promotion", "given = 0", "id = 2", "promotions are stored as having given"),
    ("promotion", "terms = '{}'", "id = 2", "promotion 2 cannot be read"),
    ("promotion", "terms = 'x'", "id = 2", "promotion 2 cannot be read"),
    ("promotion", "status = 'over'", "id = 2", "promotion 2 cannot be read"),
    ("promotion", "status = 'live'", "id = 3", "promotion 3: it is live, but its claims are decided"),
    ("promotion", "seed = ''", "id = 1", "promotion 1: its seed is missing"),
    ("promotion", "seed = seed || '0'", "id = 4", "promotion 4: the hash of its seed is"),
    ("promotion", "made = 9000000000000000000", "id = 1", "promotion 1 cannot be read"),
    ("claim", "state = 'asked'", "promotion = 1 AND number = 2", "claim 2 is asked, which its terms do not allow"),
    ("claim", "state = 'refused'", "promotion = 2 AND number = 1", "claim 1 is refused, but its entry is stored as"),
    ("claim", "state = 'given'", "promotion = 2 AND number = 3", "claim 3 is given, but its entry is stored as None"),
    ("claim", "state = 'gone'", "promotion = 2 AND number = 3", "promotion 2 cannot be read"),
    ("claim", "entry = NULL", "promotion = 1 AND number = 1", "claim 1 is given, but its entry is stored as None"),
    ("claim", "entry = entry + 1", "promotion = 1 AND number = 1", "but the journal has it as entry 2 of wallet 1"),
    ("claim", "entry = 1", "promotion = 2 AND number = 3", "claim 3 is asked, but its entry is stored as 1"),
    ("claim", "state = 'given', entry = 1", "promotion = 2 AND number = 3", "which did not book it"),
    ("claim", "wallet = 2", "promotion = 1 AND number = 1", "its wallet 2 belongs to 2"),
    ("claim", "wallet = 5", "promotion = 1 AND number = 1", "its wallet 5 belongs to a group"),
    ("claim", "wallet = 99", "promotion = 1 AND number = 1", "its wallet 99 belongs to a group"),
    ("claim", "person = 4", "promotion = 1 AND number = 1", "claim 1 is of person 4, but its wallet 1 belongs to 1"),
    ("claim", "person = 99", "promotion = 2 AND number = 3", "claim 3 is of person 99, but its wallet 3 belongs to 3"),
    ("claim", "person = 4, wallet = 4", "promotion = 1 AND number = 1", "of wallet 4, which did not book it"),
    ("claim", "number = 9", "promotion = 1 AND number = 2", "claim 2 is missing: it is followed by claim 3"),
    ("claim", "state = 'won', entry = NULL", A_WINNER, "but the journal has it as entry"),
    ("claim", "state = 'won'", A_LOSER, "its seed does not draw its winners"),
    ("claim", "state = 'entered'", A_WINNER, "is entered, but its entry is stored as"),
    ("mark", "name = 'welcome:3'", "name = 'welcome:1'", "wallet 1: its once-keys are stored as"),
    ("mark", "wallet = 2, number = 1", "name = 'welcome:1'", "wallet 1: its once-keys are stored as"),
    ("mark", "number = 2", "name = 'welcome:1'", "is stored as holding several once-keys"),
    ("wallet", "person = 9", "id = 1", "wallet 1: its once-keys are stored as"),
)
TERMS = (
    (1, '"gives":20', '"gives":21', 'promotion 1: its "gives" is 21, but 20 was published'),
    (4, '"winners":2', '"winners":3', 'promotion 4: its "winners" is 3, but 2 was published'),
    (1, '"starts":"2', '"starts":"3', "promotion 1: its terms contradict each other"),
    (1, '"supply":100', '"supply":59', "promotion 1: its supply is stored as 100, but its terms say 59"),
)
GONE = (
    ("DELETE FROM promotion WHERE id = 4", "a row of claim refers to a row of promotion that does not exist"),
    ("DELETE FROM promotion WHERE id = 1", "promotions are stored as having given"),
    ("DELETE FROM claim WHERE promotion = 1 AND number = 3", "came from it, but there is no claim for it"),
    ("DELETE FROM claim WHERE promotion = 2 AND number = 2", "claim 2 is missing"),
    ("DELETE FROM mark WHERE name = 'welcome:1'", "wallet 1: its once-keys are stored as"),
    ("DELETE FROM mark WHERE name = 'promotion:1:1'", "wallet 1: its once-keys are stored as"),
    ("INSERT INTO mark VALUES ('welcome:3', 5, 1)", "wallet 5: its once-keys are stored as"),
)


async def fault_after(file: Path, folder: Path, *statements: str) -> str:
    copy = Path(shutil.copy(file, folder / "books.db"))
    assert by_hand(copy, *statements) == len(statements)
    return (await verdict_on(copy)).fault or "no fault"


@pytest.mark.parametrize(("table", "change", "where", "fault"), CHANGED)
async def test_a_row_that_was_changed_is_named(  # noqa: PLR0917 - the parameters of a test
    promoted_file: Path, tmp_path: Path, table: str, change: str, where: str, fault: str
) -> None:
    statement = f"UPDATE {table} SET {change} WHERE {where}"  # noqa: S608 - of this file
    assert fault in await fault_after(promoted_file, tmp_path, statement)


@pytest.mark.parametrize(("number", "term", "other", "fault"), TERMS)
async def test_terms_that_were_changed_are_named(  # noqa: PLR0917 - the parameters of a test
    promoted_file: Path, tmp_path: Path, number: int, term: str, other: str, fault: str
) -> None:
    statement = f"UPDATE promotion SET terms = replace(terms, '{term}', '{other}') WHERE id = {number}"  # noqa: S608 - of this file
    assert fault in await fault_after(promoted_file, tmp_path, statement)


async def test_more_was_given_than_the_supply_holds(promoted_file: Path, tmp_path: Path) -> None:
    """The constraint on the supply is off, as for a row that a disk has damaged."""
    copy = Path(shutil.copy(promoted_file, tmp_path / "books.db"))
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("""UPDATE promotion SET supply = 59, terms = replace(terms, '"supply":100', '"supply":59')
                              WHERE id = 1""")
    assert "promotion 1: it has given 60 of a supply of 59" in ((await verdict_on(copy)).fault or "no fault")


@pytest.mark.parametrize(("statement", "fault"), GONE)
async def test_a_row_that_is_gone_or_invented_is_named(
    promoted_file: Path, tmp_path: Path, statement: str, fault: str
) -> None:
    assert fault in await fault_after(promoted_file, tmp_path, statement)


async def test_a_seed_is_proved_by_the_draw_when_announcements_are_forgotten(
    promoted_file: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(promoted_file)) as connection:
        won = {number for (number,) in connection.execute(WINNERS)}
    other = next(str(seed) for seed in count() if {*draw(str(seed), range(1, 5), 2)} != won)
    copy = Path(shutil.copy(promoted_file, tmp_path / "books.db"))
    by_hand(copy, "DELETE FROM delivery", "DELETE FROM notice")
    assert (await verdict_on(copy)).fault is None
    by_hand(copy, f"UPDATE promotion SET seed = '{other}' WHERE id = 3")  # noqa: S608 - a number
    assert "promotion 3: its seed does not draw its winners" in ((await verdict_on(copy)).fault or "no fault")


WINNERS = "SELECT number FROM claim WHERE promotion = 3 AND state = 'given'"
SAYS_NO = "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"


@pytest.mark.parametrize(
    ("name", "instead", "fault"),
    [
        ("posting_no_delete", "", "the guard posting_no_delete is missing"),
        ("entry_no_update", "BEFORE UPDATE ON entry BEGIN SELECT 1; END", "the guard entry_no_update was replaced"),
        ("entry_no_update", f"BEFORE UPDATE OF memo ON entry {SAYS_NO}", "the guard entry_no_update was replaced"),
        ("entry_no_delete", f"BEFORE DELETE ON entry WHEN old.id > 1 {SAYS_NO}", "entry_no_delete was replaced"),
        ("entry_no_delete", f"BEFORE DELETE ON note {SAYS_NO}", "the guard entry_no_delete was replaced"),
        ("also", "AFTER INSERT ON entry BEGIN UPDATE wallet SET low = 1; END", "the trigger also does not belong to"),
    ],
)
async def test_a_guard_is_known_by_what_it_does(
    promoted_file: Path, tmp_path: Path, name: str, instead: str, fault: str
) -> None:
    copy = Path(shutil.copy(promoted_file, tmp_path / "books.db"))
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
        if instead:
            connection.execute(f"CREATE TRIGGER {name} {instead}")
    assert fault in ((await verdict_on(copy)).fault or "no fault")
