from random import Random

from tests.imports.mishaps import HARMLESS, messages, part, thousands, true_minus, unbreakable


def test_commas_and_minus_signs_come_into_amounts_only() -> None:
    text = (
        "January 9, 2026\nBudget 2026\n-1234\nSpent 1234 Connects\n+12345 Connects\nx\t-1000   Spent 1000 Connects\n999"
    )
    grouped = thousands(text)
    assert grouped.splitlines()[:4] == ["January 9, 2026", "Budget 2026", "-1,234", "Spent 1,234 Connects"]
    assert grouped.splitlines()[4:] == ["+12,345 Connects", "x\t-1,000   Spent 1,000 Connects", "999"]
    assert true_minus("A -5 b\n-16\n-20 Connects") == "A -5 b\n\u221216\n\u221220 Connects"
    assert "2026" in thousands(unbreakable(text))


def test_messages_and_parts_are_pieces_of_the_text() -> None:
    text = "abc" * 4000
    assert "".join(messages(text)) == text
    assert part(text, Random(1)) in text  # noqa: S311 - the same piece each time, no secret
    assert len(HARMLESS) == 7
