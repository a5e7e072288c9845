"""The seals of entries and imports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from core.books import Books
from core.ledger import rulebook
from core.ledger.model import Account, Entry, Kind, Lot, Posting, Source
from core.ledger.requests import Request, Spend
from core.ledger.seal import (
    digest_fits,
    erased,
    new_secret,
    seal_fault,
    seal_of,
    seal_of_proposal,
    seal_of_sighting,
    sealed,
    sealed_batch,
)
from core.ledger.sightings import Batch, BatchKind, Boosted, ProposalSighting, ProposalState, Sighting
from core.shared.ids import PersonId, WalletId
from core.shared.money import Price
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store

if TYPE_CHECKING:
    from tests.clock import TestClock

AT = datetime(2026, 1, 10, tzinfo=UTC)
DAY = date(2026, 1, 3)
LOT = Lot(1, Source.PURCHASE, AT, None, 0, 0)
LEGS = (
    Posting(Account("wallet:1"), -5, 1, Price(-10, -1, "USD")),
    Posting(Account("expense:proposal"), 5, 1, Price(10, 1, "USD")),
)
OLD_SEAL = "586619e470f53cff7ebb9416f5c8f125"
"""That of `spend("Logo")` after the seal "x", as version 0.1 wrote it."""


def spend(memo: str = "Logo", number: int = 2) -> Entry:
    return Entry(WalletId(1), number, AT, Kind.SPEND, LEGS, 0, "key", "body", PersonId(3), memo, "~021")


def test_a_seal_changes_with_everything_in_the_entry_and_before_it() -> None:
    entry = sealed("x", spend(), (), "secret")
    changed = (
        replace(entry, digest="other"),
        replace(entry, at=datetime(2026, 1, 11, tzinfo=UTC)),
        replace(entry, happened=AT),
        replace(entry, number=3),
        replace(entry, balance=1),
        replace(entry, by=None),
        replace(entry, job=""),
        replace(entry, of=1),
    )
    seals = {entry.seal, seal_of("", entry), seal_of("x", entry, (LOT,)), *(seal_of("x", other) for other in changed)}
    assert len(seals) == 3 + len(changed)
    assert {(seal[:2], len(seal)) for seal in seals} == {("2:", 34)}


def test_a_memo_and_its_salt_can_be_erased_together() -> None:
    entry = sealed("x", spend(), (), "secret")
    assert seal_fault("x", entry) is None
    assert not erased(entry)
    gone = replace(entry, memo="", salt="")
    assert seal_fault("x", gone) is None
    assert erased(gone)
    for half in (replace(entry, memo=""), replace(entry, salt=""), replace(gone, memo="Other")):
        assert seal_fault("x", half) == "was changed after it was booked: its memo does not match its digest"


def test_an_entry_without_a_memo_has_neither_salt_nor_digest() -> None:
    entry = sealed("x", spend(""), (), "secret")
    assert (entry.salt, entry.digest) == ("", "")
    assert seal_fault("x", entry) is None
    assert seal_fault("x", replace(entry, memo="Logo")) is not None


def test_the_same_intent_gives_the_same_seal_and_no_salt_tells_of_another() -> None:
    assert sealed("x", spend(), (), "secret") == sealed("x", spend(), (), "secret")
    salts = {sealed("x", spend(number=number), (), "secret").salt for number in range(20)}
    assert len(salts) == 20
    assert sealed("x", spend(), (), "another").salt not in salts
    assert len({new_secret() for _ in range(20)}) == 20


def test_an_old_seal_stays_valid_and_a_chain_never_goes_back() -> None:
    old = replace(spend(), seal=OLD_SEAL)
    assert seal_fault("x", old) is None
    after = sealed(OLD_SEAL, spend(number=3), (), "secret")
    assert seal_fault(OLD_SEAL, after) is None
    assert seal_fault("2:x", old) == "has a seal of an earlier version than the entry before it"
    for uncovered in (replace(old, happened=AT), replace(old, salt="5"), replace(old, digest="d")):
        assert seal_fault("x", uncovered) == "has a date or a digest that no seal of its version covers"
    assert seal_fault("x", replace(old, memo="Other")) == "was changed after it was booked: its seal does not match"


def sighting(line: int = 1, title: str = "Logo", member: str | None = None) -> Sighting:
    return Sighting(
        line, 2, booked=True, day=DAY, wording="Applied to job", connects=-5, title=title, job="~021", member=member,
        row_id="r1", at=AT,
    )  # fmt: skip


def batch(*sightings: Sighting) -> Batch:
    return Batch(WalletId(1), 1, AT, "key", PersonId(3), DAY, DAY, 20, sightings=sightings, salt="secret")


def test_the_seal_of_an_import_changes_with_everything_in_it_and_before_it() -> None:
    plain = batch(sighting())
    others = (
        plain._replace(number=2), plain._replace(at=datetime(2026, 1, 11, tzinfo=UTC)), plain._replace(key="other"),
        plain._replace(by=None), plain._replace(first=None), plain._replace(last=None), plain._replace(balance=None),
        plain._replace(of=1), batch(sighting(), sighting(2)), batch(), batch(sighting(title="Other")),
        *(batch(sighting()._replace(**{name: value})) for name, value in (  # type: ignore[arg-type] # each fits its name
            ("number", 3), ("booked", False), ("day", date(2026, 1, 4)), ("wording", ""), ("connects", 5),
            ("job", ""), ("member", ""), ("row_id", ""), ("at", None),
        )),
    )  # fmt: skip
    seals = {sealed_batch("x", one).seal for one in (plain, *others)} | {sealed_batch("y", plain).seal}
    assert len(seals) == 2 + len(others)
    assert sealed_batch("x", plain) == sealed_batch("x", plain)


def test_the_texts_of_a_sighting_can_be_erased_together_with_their_salt() -> None:
    (one, two) = sealed_batch("", batch(sighting(member="Ann"), sighting(2, member=""))).sightings
    assert one.salt != two.salt
    assert one.digest != two.digest
    gone = one._replace(wording="", title="", member=None, salt="")
    assert digest_fits(one)
    assert digest_fits(gone)
    assert gone.seal == seal_of_sighting(gone)
    changed = one._replace(title="x"), one._replace(member=None), one._replace(salt=""), two._replace(member=None)
    assert not any(map(digest_fits, changed))


def test_a_sighting_without_texts_has_neither_salt_nor_digest() -> None:
    (one,) = sealed_batch("", batch(sighting()._replace(wording="", title="", member=None))).sightings
    assert (one.salt, one.digest) == ("", "")
    assert one.seal


def test_the_secret_of_an_import_is_kept_nowhere() -> None:
    assert "secret" not in repr(sealed_batch("", batch(sighting())))


@pytest.mark.parametrize(("first", "second"), [(("Logo", None), ("Logo", "")), (("", "Logo"), ("Logo", ""))])
def test_texts_in_other_fields_have_another_digest(
    first: tuple[str, str | None], second: tuple[str, str | None]
) -> None:
    digests = {sealed_batch("", batch(sighting(1, *texts))).sightings[0].digest for texts in (first, second)}
    assert len(digests) == 2


TOLD = ProposalSighting(
    1, ProposalState.VIEWED, date(2026, 1, 3), "Logo", 2, (1, 1), "201", "~021", "General", Boosted.YES,
    viewed=True, worth=Price(900, 100, "EUR"), afresh=True,
)  # fmt: skip


def told(**changed: object) -> Batch:
    return batch()._replace(kind=BatchKind.TOLD, proposals=(TOLD._replace(**changed),))  # type: ignore[arg-type] # each fits its name


def test_the_seal_of_an_import_covers_its_kind_its_pin_and_all_that_it_saw_of_proposals() -> None:
    changes: dict[str, object] = {
        "state": ProposalState.HIRED, "day": None, "title": "", "number": None, "seen": None, "proposal": "",
        "job": "", "profile": "", "boosted": None, "viewed": False, "worth": None, "afresh": False,
    }  # fmt: skip
    others = [told(**{name: value}) for name, value in changes.items()]
    others += [told()._replace(kind=BatchKind.PROPOSALS), told()._replace(kind=BatchKind.LIFTED, lifts=1), batch()]
    assert len({sealed_batch("", one).seal for one in (told(), *others)}) == 1 + len(others)


def test_what_was_seen_of_a_proposal_can_be_erased_too() -> None:
    (one,) = sealed_batch("", told()).proposals
    gone = one._replace(title="", profile="", salt="")
    assert gone.seal == seal_of_proposal(gone) == one.seal
    assert digest_fits(one)
    assert digest_fits(gone)
    assert not digest_fits(one._replace(title="Other"))
    (bare,) = sealed_batch("", told(title="", profile="")).proposals
    assert (bare.salt, bare.digest) == ("", "")


async def test_books_draw_one_secret_for_each_change_from_the_source_they_were_given(clock: TestClock) -> None:
    drawn: list[str] = []

    def secret() -> str:
        drawn.append(f"secret {len(drawn)}")
        return drawn[-1]

    async with open_store("memory://") as store:
        books = Books(store, rulebook.default(), clock, secret).over(store)
        person = (await books.person(Identity("test", "ann"), "Ann")).id
        wallet = (await store.people.open_wallet(person, Settings())).id
        await books.buy(Request(wallet, "buy", person), 20, Price(300, 0, "USD"))
        spent = await books.spend_all(Request(wallet, "spend", person), (Spend(1, memo="Logo"), Spend(2, memo="Logo")))
    assert drawn == ["secret 0", "secret 1"]
    previous = spent.entries[0]
    assert spent.entry == sealed(previous.seal, replace(spent.entry, salt="", digest="", seal=""), (), "secret 1")
    assert previous.salt != spent.entry.salt
