"""Words for people, for limits and for codes: what each of them is read as, whatever the writing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.codes import ALPHABET, CODE_LENGTH, shown_code
from bot.command.declaration import UnfitError
from bot.options.figures import money_in
from bot.options.team.ceiling import SWITCHED_OFF, Ceiling, Most
from bot.options.team.joining import JoinCode, Joining
from bot.options.team.members import Member, MemberName
from bot.options.team.whom import ForWhom, Group, Whom, group_in
from bot.views.team.joining import off_line
from core.wallets.people import ChatRef


@pytest.mark.parametrize(
    ("words", "member"),
    [
        ("Ivan", MemberName(name="ivan")),
        ("  Ivan   Petrenko ", MemberName(name="ivan petrenko")),
        ("@ivan", MemberName(name="ivan")),
        ("Ivan's", MemberName(name="ivan")),
        ("Lucas\u2019", MemberName(name="lucas")),
        ("IVAN!", MemberName(name="ivan")),
        ("\u0406\u0432\u0430\u043d", MemberName(name="\u0456\u0432\u0430\u043d")),
        ("\uff29\uff56\uff41\uff4e", MemberName(name="ivan")),
        ("me", MemberName(me=True)),
        ("Myself", MemberName(me=True)),
        ("#7", MemberName(number=7)),
        ("# 7", MemberName(number=7)),
        ("<@123>", MemberName(user="123")),
        ("<@!123>", MemberName(user="123")),
    ],
)
def test_a_member_is_read(words: str, member: MemberName) -> None:
    assert Member().read(words) == member


@pytest.mark.parametrize("words", ["", " ", "@", "...", "x" * 101])
def test_nobody_is_refused(words: str) -> None:
    with pytest.raises(UnfitError):
        Member().read(words)


@pytest.mark.parametrize(
    ("words", "group"),
    [
        *((words, Group.EACH) for words in ("each", "every member", "for each", "per person", "everyone separately")),
        *((words, Group.TOGETHER) for words in ("together", "all together", "in total", "the whole team")),
        *((words, Group.ALL) for words in ("all", "everyone", "Everybody", "the team", "all members", "for everybody")),
        *((words, None) for words in ("ivan", "me", "alla", "everett", "teamlead", "#7")),
    ],
)
def test_several_people_are_told_from_one(words: str, group: Group | None) -> None:
    assert group_in(words) is group
    expected = Whom(group) if group is not None else Whom(member=Member().read(words))
    assert ForWhom().read(words) == expected


@given(code=st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH))
def test_a_code_is_read_as_it_is_shown_and_however_it_is_typed(code: str) -> None:
    typed = (
        code,
        shown_code(code),
        code.lower(),
        f" {shown_code(code).lower()} ",
        " ".join(code),
        f"{code[:4]}\u2013{code[4:]}",
    )
    assert {JoinCode().read(words) for words in typed} == {Joining(code)}


@pytest.mark.parametrize("words", ["", "AB3D", "AB3D-5F7H-9", "AB3D-5F7O", "AB3D-5F71", "off telegram", "leave us"])
def test_what_is_no_code_is_refused(words: str) -> None:
    with pytest.raises(UnfitError) as error:
        JoinCode().read(words)
    assert error.value.sentence.id == "unfit-join"


@pytest.mark.parametrize("ref", [None, ChatRef("telegram", "-1001234"), ChatRef("console", "My team: two")])
def test_a_button_that_parts_a_group_is_read(ref: ChatRef | None) -> None:
    words = off_line(ref).removeprefix("join ")
    assert JoinCode().read(words) == Joining(off=True, group=ref)


@pytest.mark.parametrize(
    ("words", "ceiling"),
    [
        ("100", Ceiling(100)),
        ("1,000", Ceiling(1000)),
        ("100 connects", Ceiling(100)),
        ("$50", Ceiling(money=money_in("$50"))),
        ("12.50 EUR", Ceiling(money=money_in("12.50 EUR"))),
        ("off", SWITCHED_OFF),
        ("Unlimited", SWITCHED_OFF),
        ("no limit", SWITCHED_OFF),
    ],
)
def test_how_much_may_be_spent_is_read(words: str, ceiling: Ceiling) -> None:
    found = Most().read(words)
    assert found == ceiling
    assert found.is_off is (ceiling is SWITCHED_OFF)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("0", "unfit-ceiling-nothing"),
        ("$0", "unfit-ceiling-nothing"),
        ("-5", "unfit-ceiling"),
        ("much", "unfit-ceiling"),
        ("12.50", "unfit-ceiling"),
        ("$1 each", "unfit-ceiling"),
        ("99999999999999", "unfit-ceiling"),
    ],
)
def test_what_is_no_amount_is_refused(words: str, why: str) -> None:
    with pytest.raises(UnfitError) as error:
        Most().read(words)
    assert error.value.sentence.id == why
