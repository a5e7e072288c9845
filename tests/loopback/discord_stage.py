"""A small bot on the real discord.py, and a stage for it: what the tests of the loopback server drive."""

from __future__ import annotations

import asyncio
import io
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tests.loopback.discord import Chat, DiscordServer, Guild, Person
from tests.loopback.discord.library import app_commands, discord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.loopback.discord.clock import Clock

Client = TypeVar("Client", bound=discord.Client)
PLAIN = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class Confirm(discord.ui.View):
    @discord.ui.button(label="Confirm", custom_id="confirm")
    async def confirm(self, interaction: discord.Interaction, _button: Any) -> None:
        await interaction.response.edit_message(content="Confirmed.", view=None)

    @discord.ui.button(label="Rename", custom_id="rename")
    async def rename(self, interaction: discord.Interaction, _button: Any) -> None:
        await interaction.response.send_modal(Rename())

    @discord.ui.button(label="Count", custom_id="count")
    async def count(self, interaction: discord.Interaction, _button: Any) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content=f"Counted for {interaction.user.display_name}.")


class Rename(discord.ui.Modal, title="Rename the proposal"):
    name: discord.ui.TextInput[Rename] = discord.ui.TextInput(label="New name", min_length=2, max_length=20)
    note: discord.ui.TextInput[Rename] = discord.ui.TextInput(label="Note", required=False, default="none")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Now {self.name.value}, note {self.note.value}.", ephemeral=True)


@app_commands.command(description="Spend Connects on a proposal")
@app_commands.choices(kind=[app_commands.Choice(name="Fixed price", value="fixed")])
async def spend(
    interaction: discord.Interaction, connects: app_commands.Range[int, 1, 500], title: str, kind: str = "hourly"
) -> None:
    embed = discord.Embed(title="Spent", description=f"{connects} on {title}").add_field(name="Kind", value=kind)
    embed.set_footer(text=f"{interaction.locale}, manager: {interaction.permissions.manage_guild}")
    await interaction.response.send_message("Done.", embed=embed, view=Confirm(timeout=None), ephemeral=True)


@spend.autocomplete("title")
async def titles(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    spent = interaction.namespace.connects
    return [app_commands.Choice(name=f"{current}{end} for {spent}", value=current + end) for end in ("o", "e")]


@app_commands.command(description="Ask in public")
async def ask(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Sure?", view=Confirm(timeout=None))


@app_commands.command(description="A report as a file, after some thought")
async def report(interaction: discord.Interaction) -> None:
    await interaction.response.defer(thinking=True, ephemeral=True)
    file = discord.File(io.BytesIO(b"date,connects\n"), "report.csv")
    await interaction.edit_original_response(content="Your report:", attachments=[file])
    await interaction.followup.send("Anything else?", ephemeral=True)


@app_commands.command(description="Read a file and name a person")
async def read(interaction: discord.Interaction, file: discord.Attachment, who: discord.User) -> None:
    text = (await file.read()).decode()
    await interaction.response.send_message(f"{file.filename} for {who.display_name}: {text}")


class Bot(discord.Client):
    """Registers its commands at each start, as a sample may, and keeps what it hears."""

    def __init__(self, server: DiscordServer, intents: discord.Intents, **options: Any) -> None:
        mentions = discord.AllowedMentions.none()
        super().__init__(intents=intents, guild_ready_timeout=0.0, allowed_mentions=mentions, **options)
        self.server = server
        self.tree: app_commands.CommandTree[Bot] = app_commands.CommandTree(self)
        self.heard: list[discord.Message] = []
        self.interactions: list[discord.Interaction] = []
        self.events: list[str] = []

    async def setup_hook(self) -> None:
        promo: app_commands.Group = app_commands.Group(name="promo", description="Promotions")
        promo.command(name="claim", description="Claim one")(claim)
        self.tree.add_command(promo)
        commands: list[app_commands.Command[Any, ..., Any]] = [spend, ask, report, read]
        for command in commands:
            self.tree.add_command(command)
        await self.tree.sync()

    async def before_identify_hook(self, _shard_id: int | None, *, initial: bool = False) -> None:
        """The library waits 5 s before it identifies anew; here it need not."""

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.append(message)
        self.server.pulse.beat()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.interactions.append(interaction)
        self.server.pulse.beat()

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        super().dispatch(event, *args, **kwargs)
        self.events.append(event)
        self.server.pulse.beat()

    async def next_event(self, event: str) -> None:
        await self.server.until(lambda: event in self.events, f"the bot to notice {event!r}")


async def claim(interaction: discord.Interaction, code: str) -> None:
    await interaction.response.send_message(f"Claimed {code}.", ephemeral=True)


@dataclass
class Stage:
    server: DiscordServer
    bot: Bot
    ann: Person
    guild: Guild
    chat: Chat

    async def channel(self) -> discord.TextChannel:
        """The chat as the library knows it."""
        found = await self.bot.fetch_channel(self.chat.id)
        assert isinstance(found, discord.TextChannel)
        return found


@asynccontextmanager
async def stage(
    *, clock: Clock | None = None, intents: discord.Intents = PLAIN, **options: Any
) -> AsyncIterator[Stage]:
    """Ann in her guild, and the bot at work."""
    async with DiscordServer(clock=clock) as server:
        ann = server.person("Ann")
        guild = server.guild("Agency", owner=ann)
        async with running(server, Bot(server, intents, **options)) as bot:
            await server.commands_registered()
            await bot.next_event("ready")
            yield Stage(server, bot, ann, guild, guild.channel("general"))


@asynccontextmanager
async def running(server: DiscordServer, client: Client) -> AsyncIterator[Client]:
    task = asyncio.create_task(client.start(server.token))
    try:
        await server.until(lambda: server.gateway.is_connected or task.done(), "the bot's start")
        yield client
    finally:
        await client.close()
        await task
