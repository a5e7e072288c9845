"""`/bookthis`: what a message about a job is booked as. Discord offers it in the menu of every message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, DoubtError, UnfitError, command
from bot.commands.ledger import spending
from bot.options.text import Text
from bot.reading.dating import ON
from bot.reading.lines import as_label, line_button, line_of
from bot.reading.parser import words_of
from bot.reading.spending.several import spend_line
from bot.reply.parts import Button, Reply, say
from core.shared.job_links import NO_JOB, job_in, jobs_in, short_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command

LONGEST: Final = 4000


def job_line(_given: Command, text: str) -> str:
    """The line that asks for the Connects of the job in a message, or a DoubtError that offers what it may stand for.

    The message was mostly written by somebody else, so a figure in it is asked about before it is booked.
    """
    jobs = jobs_in(text)
    if not jobs:
        raise UnfitError(say("book-no-job"))
    if len(jobs) > 1:
        raise DoubtError(say("book-which", count=len(jobs)), *map(_one_of, jobs))
    asked = line_of("spend", {"job": jobs[0]})
    stated = _stated(text, jobs[0])
    if stated is None:
        return asked
    boost, title = stated.get("boost", "0"), _title(jobs[0], stated.get("title", ""))
    raise DoubtError(
        say("book-sure", connects=int(stated["connects"]), boost=int(boost), title=title),
        Button(say("button-book-stated", connects=int(stated["connects"]), boost=int(boost)), line_of("spend", stated)),
        Button(say("button-book-other"), asked),
    )


@command("bookthis", hidden=True, reader=job_line)
async def bookthis(call: Call, text: Annotated[str, Text(most=LONGEST, lines=True)]) -> Reply:  # noqa: ARG001 - its reader uses them
    """Runs only for a press that no button of ours makes: its reader turns a message into a line of `/spend`."""
    raise UnfitError(say("button-over"))


def _stated(text: str, link: str) -> Mapping[str, str] | None:
    """What a message says of a bid, if it is beyond doubt, with the Connects that it names; None if it names none.

    The words around a link in a message are often no title: they count only if the link itself has none. A day in it is
    somebody else's.
    """
    try:
        line = spend_line(spending.spend, text)
        name, _, rest = line.partition(" ")
        words = words_of(spending.spend, rest) if name == spending.spend.name else {}
        connects = spending.spend.option("connects").kind.read(words.get("connects", ""))
    except UnfitError:
        return None
    if connects <= 0 or not words.get("boost", "0").isdecimal():
        return None
    unused = {ON, "title"} if (job_in(link) or NO_JOB).title else {ON}
    kept = {name: said for name, said in words.items() if name not in unused}
    return kept | {"connects": str(connects), "job": link}


def _one_of(link: str) -> Button:
    return line_button(line_of("spend", {"job": link}), _title(link))


def _title(link: str, title: str = "") -> str:
    """What a job is called: by its title, or else by its number."""
    job = job_in(link) or NO_JOB
    return as_label(title or job.title or short_id(job.id))
