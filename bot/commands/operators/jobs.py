"""`/jobs`: lists the background jobs and their last runs, or runs one immediately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, UnfitError, command
from bot.options.text import Text
from bot.reply.parts import Button, Buttons, Fields, Reply, Say, buttons, reply, say

if TYPE_CHECKING:
    from bot.base.background_jobs import BackgroundJob, Run

MOST_FAILING: Final = 5


@command("jobs", hidden=True, needs_wallet=False, read_only=("",))
async def jobs(call: Call, task: Annotated[str, Text(most=40)] = "") -> Reply:
    """List the background jobs, or run the one named `task` now."""
    if task:
        return await _run_now(call, task.casefold())
    rows = [(say("raw", text=job.name), await _state(call, job)) for job in call.jobs.all]
    run_buttons = tuple((Button(say("button-run", job=job.name), f"jobs {job.name}"),) for job in call.jobs.all)
    return reply(Fields(tuple(rows), say("jobs-title")), Buttons(run_buttons))


async def _run_now(call: Call, name: str) -> Reply:
    known = [job.name for job in call.jobs.all]
    if name not in known:
        raise UnfitError(say("jobs-unknown", name=name, known=", ".join(known)))
    run = await call.jobs.run_now(name)
    answer = say("jobs-busy", job=name) if run is None else say("jobs-ran", job=name, what=_result(run))
    return reply(answer, buttons(Button(say("button-jobs"), "jobs")))


async def _state(call: Call, job: BackgroundJob) -> Say:
    """When a job last ran and with what result, and when it runs next."""
    run = await call.jobs.last(job.name)
    last = say("jobs-never") if run is None else say("jobs-last", ago=_since(run.began, call.at), what=_result(run))
    line = say("jobs-line", last=last, next=_next(call, job))
    for part in job.failing()[:MOST_FAILING]:
        line = say("jobs-failing", line=line, name=part.name, kind=part.kind, times=part.times)
    return line


def _result(run: Run) -> Say:
    """The result of a run, and how long it took."""
    ms = round(run.took / timedelta(milliseconds=1))
    if run.error:
        return say("jobs-failed", kind=run.error, times=run.failed, id=run.fault, ms=ms)
    return say("jobs-ok", ms=ms) if run.number is None else say("jobs-counted", count=run.number, ms=ms)


def _next(call: Call, job: BackgroundJob) -> Say:
    if call.jobs.running(job.name):
        return say("jobs-running")
    due = call.jobs.next(job.name)
    return say("jobs-soon") if due is None or due <= call.at else say("jobs-next", wait=due - call.at)


def _since(began: datetime, now: datetime) -> timedelta:
    """The time since a run began; never negative, even if the clock was set back."""
    return max(now - began, timedelta(0))
