"""What somebody new can do first."""

from __future__ import annotations

from bot.reply.parts import Button, Link, Links, Reply, buttons, reply, say


def first_steps(platform: str, *, away: bool = False, holding: bool = True) -> Reply:
    """What to write, buttons for what comes first, and links that add the bot to a group or a channel.

    Discord takes what begins with a slash for one of its forms, so the example has none there.
    `holding`: the Connects held before can still be booked, because nothing else was.
    """
    first = buttons(import_button(), holding_button() if holding else None, help_button())
    return reply(say("start-next-away") if away else say("start-next", platform=platform), first, adding())


def import_button() -> Button:
    """Says how to bring one's books from Upwork."""
    return Button(say("button-import"), "import")


def holding_button() -> Button:
    """Asks for the Connects held before."""
    return Button(say("button-opening"), "opening")


def help_button() -> Button:
    """Shows all that there is."""
    return Button(say("button-help"), "menu")


def adding() -> Links:
    """Links that add the bot to a group or a channel, with the rights that it needs: in a group none."""
    return Links(
        (
            Link(say("button-add-group"), "?startgroup"),
            Link(say("button-add-channel"), "?startchannel&admin=post_messages"),
        )
    )
