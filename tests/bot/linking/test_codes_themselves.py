"""A code as somebody types it, the words that go with it, and what a button of a link says."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.codes import ALPHABET, CODE_LENGTH, code_in, digest, shown_code
from bot.command.declaration import UnfitError
from bot.options.linking import LinkCode, LinkStep, OwnPlatform, PairingStep, TrueBalance
from core.links.preview import BalanceChoice

CODE: Final = "AB3D5F7H"
CODES: Final = st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH)


class TestCode:
    @given(CODES)
    def test_it_is_read_as_it_is_shown(self, code: str) -> None:
        assert code_in(shown_code(code)) == code
        assert code_in(shown_code(code).lower()) == code

    @pytest.mark.parametrize(
        "words",
        [
            "AB3D5F7H",
            "ab3d-5f7h",
            " AB3D 5F7H ",
            "AB3D\u20135F7H",
            "AB3D\u20115F7H",
            "\uff21\uff22\uff13\uff24\uff15\uff26\uff17\uff28",
            "A-B-3-D-5-F-7-H",
        ],
    )
    def test_blanks_hyphens_and_case_do_not_matter(self, words: str) -> None:
        assert code_in(words) == CODE

    @pytest.mark.parametrize(
        "words", ["", "AB3D-5F7", "AB3D-5F7HH", "AB3D-5F7O", "AB3D-5F70", "AB3D-5F71", "logo", "12345678"]
    )
    def test_what_is_no_code_is_none(self, words: str) -> None:
        assert code_in(words) is None

    def test_no_letter_of_it_is_taken_for_another_one(self) -> None:
        assert {*"01OIL"} & {*ALPHABET} <= {"L"}
        assert len({*ALPHABET}) == len(ALPHABET)

    @given(CODES, CODES)
    def test_what_is_kept_of_it_says_nothing_of_it(self, one: str, other: str) -> None:
        assert (digest(one) == digest(other)) is (one == other)
        assert one not in digest(one).upper()


class TestOptions:
    def test_a_code_is_one(self) -> None:
        assert LinkCode().read("ab3d-5f7h") == CODE

    @pytest.mark.parametrize("words", ["@ann", "<@77>", "telegram:42", "discord:-7"])
    def test_somebody_else_is_no_code(self, words: str) -> None:
        with pytest.raises(UnfitError) as unfit:
            LinkCode().read(words)
        assert unfit.value.sentence.id == "unfit-link-other"

    @pytest.mark.parametrize("words", ["AB3D", "my code", ascii_lowercase])
    def test_a_wrong_code_is_said_to_be_one(self, words: str) -> None:
        with pytest.raises(UnfitError) as unfit:
            LinkCode().read(words)
        assert unfit.value.sentence.id == "unfit-link-code"

    @pytest.mark.parametrize("step", PairingStep)
    def test_each_step_is_read(self, step: PairingStep) -> None:
        assert LinkStep().read(step.value) is step

    @pytest.mark.parametrize("words", ["SAME", "maybe", ""])
    def test_no_other_is(self, words: str) -> None:
        with pytest.raises(UnfitError):
            LinkStep().read(words)

    @pytest.mark.parametrize(
        ("words", "read"),
        [("telegram", "telegram"), ("tg", "telegram"), ("Discord", "discord"), ("last", ""), ("where i write", "")],
    )
    def test_a_platform_is_one_or_the_last(self, words: str, read: str) -> None:
        assert OwnPlatform().read(words) == read

    @pytest.mark.parametrize("words", ["whatsapp", "", "telegram and discord"])
    def test_another_one_is_said_to_be_none(self, words: str) -> None:
        with pytest.raises(UnfitError):
            OwnPlatform().read(words)

    @pytest.mark.parametrize(
        ("words", "read"),
        [
            ("kept", BalanceChoice.KEPT),
            ("MERGED", BalanceChoice.MERGED),
            ("together", BalanceChoice.TOGETHER),
            ("190", 190),
            ("1 000", 1000),
            ("0", 0),
            ("set to 190", 190),
        ],
    )
    def test_a_balance_is_one_of_these_or_a_figure(self, words: str, read: BalanceChoice | int) -> None:
        assert TrueBalance().read(words) == read

    @pytest.mark.parametrize("words", ["+3", "-3", "many", "190 because", "99999999999"])
    def test_what_is_no_balance_is_refused(self, words: str) -> None:
        with pytest.raises(UnfitError):
            TrueBalance().read(words)
