import pytest

from core.imports.model import RowKind
from core.imports.wordings import explained, kind_of


@pytest.mark.parametrize(
    ("wording", "connects", "kind"),
    [
        ("Applied to job", -16, RowKind.PROPOSAL),
        ("  applied  TO\u00a0job ", -16, RowKind.PROPOSAL),
        ("You\u2019ve been outbid to boost your proposal", 13, RowKind.BOOST_BACK),
        ("Connects bid for boosted proposal", -13, RowKind.BOOST),
        ("We accepted your bid to boost a proposal. This is the final bid charge.", -27, RowKind.BOOST_CHARGE),
        ("We accepted your bid to boost a proposal. This is a refund for your total bid.", 28, RowKind.BOOST_BACK),
        ("You bid to boost a proposal, but the job was closed", 13, RowKind.BOOST_BACK),
        ("Job cancelled", 16, RowKind.PROPOSAL_BACK),
        ("Connects refunded", 2, RowKind.PARTLY_BACK),
        ("Availability Badge", -2, RowKind.BADGE),
        ("Monthly Connects renewal", 10, RowKind.MONTHLY),
        ("Membership upgraded to Plus", 64, RowKind.MONTHLY),
        ("Earned Connects by completing task", 30, RowKind.REWARD),
        ("Rising Talent Achievement", 30, RowKind.REWARD),
        ("Added extra Connects", 80, RowKind.PURCHASE),
        ("Connects expired", -7, RowKind.EXPIRY),
        ("Expiry of unused Connects", -7, RowKind.EXPIRY),
        ("Your Connects expired, and here they are again", 7, RowKind.UNCLASSIFIED),
        ("Refunded Connects for Connects Award", 16, RowKind.UNCLASSIFIED),
        ("Applied to job", 16, RowKind.UNCLASSIFIED),
        ("", -3, RowKind.UNCLASSIFIED),
        ("Auf Job beworben", -16, RowKind.UNCLASSIFIED),
    ],
)
def test_what_a_wording_means(wording: str, connects: int, kind: RowKind) -> None:
    assert kind_of(wording, connects, {}) is kind


def test_what_a_person_said_explains_only_what_nobody_else_explains() -> None:
    said = explained({"Promo code redeemed": RowKind.REWARD, "Applied to job": RowKind.AD})
    assert kind_of("promo code  redeemed", 20, said) is RowKind.REWARD
    assert kind_of("Promo code redeemed", -20, said) is RowKind.UNCLASSIFIED
    assert kind_of("Applied to job", -16, said) is RowKind.PROPOSAL
