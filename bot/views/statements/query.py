"""Which document somebody asked for, and the lines of the buttons that ask for others."""

from __future__ import annotations

from typing import Final, NamedTuple

from bot.documents.model import Form, Subject
from bot.reading.exports.lines import EXPORT, REPORT, STATEMENT
from bot.reading.lines import line_of
from bot.reply.parts import Button, Say, say

COMMANDS: Final = {Subject.STATEMENT: STATEMENT, Subject.REPORT: REPORT}
MY_DATA: Final = "mydata"
NEEDS_MONEY: Final = frozenset({Form.BEANCOUNT, Form.HLEDGER})
"""The forms that make no sense without what everything cost."""


class DocumentQuery(NamedTuple):
    """A document: what it is about, its form (None: in the chat), and the words of its period.

    `more`: what is shown are all forms to choose from.
    """

    subject: Subject
    form: Form | None
    period: str
    more: bool = False

    @property
    def line(self) -> str:
        """The line that asks for it. A statement in the chat takes the place of the message whose button is pressed."""
        if self.subject is Subject.PERSON:
            return MY_DATA
        words = {"period": self.period}
        if self.subject is Subject.DATES:
            words = {"form": Form.CALENDAR.value}
        elif self.form is not None and self.subject is not Subject.REPORT:
            words["form"] = self.form.value
        if self.subject is Subject.POSTINGS:
            words["postings"] = "on"
        if self.more:
            words["more"] = "on"
        if self.form is None:
            words["here"] = "on"
        return line_of(COMMANDS.get(self.subject, EXPORT), words)

    def stopping(self, token: int) -> str:
        """The line that stops the writing of it."""
        return f"{self.line} stop={token}"

    @property
    def again(self) -> Button:
        """The button that tries once more."""
        return Button(say("button-retry"), self.line)

    @property
    def form_button(self) -> Button:
        """The button that is called like the form."""
        return Button(say(f"form-{self.form}"), self.line)

    def named(self, period: Say) -> Say:
        """What it is called within a sentence."""
        if self.subject is Subject.DATES:
            return say("document-what-dates")
        subject = say(f"subject-{self.subject}")
        if self.form is None or self.subject is Subject.REPORT:
            return say("document-what-page", subject=subject, period=period)
        return say("document-what", subject=subject, period=period, form=say(f"form-{self.form}"))
