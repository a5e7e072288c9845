"""A link of somebody who was forgotten: its figures stay, and both seals."""

from __future__ import annotations

from core.ledger.erased.keys import action_of, erased_key, is_erased_key
from core.links.erased import link_keys, link_left
from core.links.seal import seal_of_link, sealed_link
from core.shared.ids import PersonId
from tests.core.links.test_link_seal import ANN, BEA, LINK

OTHER = frozenset({PersonId(9)})
SEALED = sealed_link(LINK)


def test_it_concerns_both_and_all_for_whom_they_stood() -> None:
    link = LINK._replace(persons=(BEA, PersonId(3)))
    keys = frozenset({link.key})
    found = [link_keys([link], frozenset({one})) for one in (ANN, BEA, PersonId(3), PersonId(9))]
    assert [one.links for one in found] == [keys, keys, keys, frozenset()]
    assert [one.taken_over for one in found] == [frozenset(), keys, keys, frozenset()]


def test_a_link_of_others_stays_as_it_is() -> None:
    assert link_left(SEALED, OTHER, "secret") is SEALED


def test_words_of_settings_and_subscriptions_go_and_figures_stay() -> None:
    left = link_left(SEALED, frozenset({BEA}), "secret")
    assert (left.settings, left.subscribed) == ((), None)
    assert left[5:9] == SEALED[5:9]
    assert (left.id, left.at, left.accounts, left.claims) == (SEALED.id, SEALED.at, SEALED.accounts, SEALED.claims)


def test_its_key_becomes_the_digest_that_the_keys_of_its_changes_have() -> None:
    left = link_left(SEALED, frozenset({ANN}), "secret")
    assert is_erased_key(left.key)
    for change in (f"{SEALED.key}:link:1", f"{SEALED.key}:close", f"{SEALED.key}:link:2+00001"):
        assert action_of(erased_key(change, "secret")) == left.key


def test_it_keeps_the_first_seal_and_fits_the_new_one() -> None:
    left = link_left(SEALED, frozenset({ANN}), "secret")
    assert (left.erased, left.seal) == (SEALED.seal, seal_of_link(left))
    again = link_left(left, frozenset({BEA}), "another secret")
    assert (again.erased, again.key, again.seal) == (SEALED.seal, left.key, left.seal)
