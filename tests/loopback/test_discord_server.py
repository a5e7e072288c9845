"""People and the bot talk through the loopback Discord, by the real discord.py."""

from __future__ import annotations

import pytest

from tests.loopback.discord import ADMINISTRATOR, MANAGE_GUILD, ImpossibleError, NothingHappenedError, Pings
from tests.loopback.discord.library import discord
from tests.loopback.discord_stage import PLAIN, stage


async def test_a_slash_command_is_answered_for_one_pair_of_eyes() -> None:
    async with stage() as on:
        interaction = await on.ann.slash(on.chat, "spend", connects=16, title="Logo")
        answer = await interaction.answer()
        assert answer.content == "Done."
        assert answer.text == "Done.\nSpent\n16 on Logo\nKind: hourly\nen-US, manager: True"
        assert answer.labels == ["Confirm", "Rename", "Count"]
        assert answer.button("Confirm").custom_id == "confirm"
        assert answer.ephemeral
        assert on.chat.unread == []


async def test_a_person_is_held_to_what_the_bot_registered() -> None:
    async with stage() as on:
        for command, values in (
            ("spent", {}),
            ("spend", {"connects": 16}),
            ("spend", {"connects": 501, "title": "Logo"}),
            ("spend", {"connects": "16", "title": "Logo"}),
            ("spend", {"connects": True, "title": "Logo"}),
            ("spend", {"connects": 16, "title": "Logo", "kind": "weekly"}),
            ("spend", {"connects": 16, "title": "Logo", "colour": "red"}),
            ("promo", {"code": "X"}),
            ("promo claims", {"code": "X"}),
        ):
            with pytest.raises(ImpossibleError):
                await on.ann.slash(on.chat, command, **values)
        assert not on.bot.interactions


async def test_choices_are_picked_by_their_names_and_sub_commands_by_their_path() -> None:
    async with stage() as on:
        spent = await on.ann.slash(on.chat, "spend", connects=1, title="Logo", kind="Fixed price")
        assert "Kind: fixed" in (await spent.answer()).text
        claimed = await on.ann.slash(on.ann.dm, "promo claim", code="MAY")
        assert (await claimed.answer()).content == "Claimed MAY."


async def test_files_and_people_can_be_given_to_a_command() -> None:
    async with stage() as on:
        interaction = await on.ann.slash(on.chat, "read", file=("history.txt", b"one line"), who=on.ann)
        assert (await interaction.answer()).content == "history.txt for Ann: one line"


async def test_autocomplete_suggests_while_typing() -> None:
    async with stage() as on:
        choices = await on.ann.autocomplete(on.chat, "spend", focused="title", title="Log", connects=16)
        assert [(choice.name, choice.value) for choice in choices] == [("Logo for 16", "Logo"), ("Loge for 16", "Loge")]
        with pytest.raises(ImpossibleError):
            await on.ann.autocomplete(on.chat, "spend", focused="connects", connects=1)


async def test_a_press_edits_the_message_it_stands_below() -> None:
    async with stage() as on:
        asked = await (await on.ann.slash(on.chat, "ask")).answer()
        answer = await (await on.ann.press(asked, "Confirm")).answer()
        assert (answer.content, answer.labels) == ("Confirmed.", [])
        assert asked.now().edited
        with pytest.raises(AssertionError, match="no button"):
            await on.ann.press(asked, "Confirm")


async def test_a_repeated_press_keeps_its_id_and_a_fresh_one_has_a_new_one() -> None:
    async with stage() as on:
        asked = await (await on.ann.slash(on.chat, "ask")).answer()
        first = await on.ann.press(asked, "Count")
        assert (await first.answer()).content == "Counted for Ann."
        assert await on.ann.press(asked, "Count", repeat=True) is first
        fresh = await on.ann.press(asked, "Count")
        await fresh.answer()
        seen = [one.id for one in on.bot.interactions if one.type is discord.InteractionType.component]
        assert seen == [first.id, first.id, fresh.id]


async def test_a_second_callback_to_one_interaction_is_refused() -> None:
    async with stage() as on:
        interaction = await on.ann.slash(on.chat, "ask")
        await interaction.answer()
        on.server.deliver_again(interaction)
        await on.server.until(lambda: on.server.requests.with_status(400), "the second callback")
        refused = on.server.requests.with_status(400)[0]
        assert refused.answer == {"message": "Interaction has already been acknowledged.", "code": 40060}


async def test_a_modal_opens_and_comes_back_filled_in() -> None:
    async with stage() as on:
        asked = await (await on.ann.slash(on.chat, "ask")).answer()
        opened = await (await on.ann.press(asked, "Rename")).answer()
        assert opened.modal is not None
        assert opened.modal.title == "Rename the proposal"
        assert [(one.label, one.value, one.required) for one in opened.modal.fields] == [
            ("New name", "", True),
            ("Note", "none", False),
        ]
        with pytest.raises(ImpossibleError, match="2 to 20 characters"):
            await on.ann.submit(opened, {"New name": "x"})
        with pytest.raises(ImpossibleError, match="no field"):
            await on.ann.submit(opened, {"New name": "Logo", "Colour": "red"})
        answer = await (await on.ann.submit(opened, {"New name": "Logo"})).answer()
        assert answer.content == "Now Logo, note none."


async def test_a_choice_from_a_select_menu_reaches_the_bot() -> None:
    async with stage() as on:
        view = discord.ui.View(timeout=None)
        options = [discord.SelectOption(label="Fixed price", value="fixed"), discord.SelectOption(label="Hourly")]
        view.add_item(discord.ui.Select(custom_id="kind", options=options))
        await (await on.channel()).send("Which kind?", view=view)
        asked = await on.chat.next_message()
        with pytest.raises(ImpossibleError, match="cannot be chosen"):
            await on.ann.choose(asked, "Weekly")
        await on.ann.choose(asked, "Fixed price")
        await on.server.until(lambda: on.bot.interactions, "the choice")
        assert on.bot.interactions[0].data == {"custom_id": "kind", "component_type": 3, "values": ["fixed"]}


async def test_a_deferred_answer_shows_its_final_state_its_file_and_what_follows() -> None:
    async with stage() as on:
        interaction = await on.ann.slash(on.chat, "report")
        assert await interaction.acknowledgement() == 5
        answer = await interaction.answer()
        assert (answer.content, answer.deferred, answer.ephemeral) == ("Your report:", True, True)
        assert [(file.name, file.data) for file in answer.files] == [("report.csv", b"date,connects\n")]
        assert (await interaction.followup()).content == "Anything else?"


async def test_permissions_come_from_roles_and_the_language_from_the_person() -> None:
    async with stage() as on:
        ben = on.server.person("Ben", locale="de")
        cat = on.server.person("Cat", locale="fr")
        on.guild.add(ben)
        on.guild.add(cat, roles=(on.guild.role("Lead", MANAGE_GUILD),))
        texts = []
        for person in (ben, cat):
            interaction = await person.slash(on.chat, "spend", connects=1, title="Logo")
            texts.append((await interaction.answer()).text.splitlines()[-1])
        assert texts == ["de, manager: False", "fr, manager: True"]
        on.guild.add(ben, roles=(on.guild.role("Admin", ADMINISTRATOR),))
        assert on.guild.bits(ben) & MANAGE_GUILD


async def test_an_ephemeral_message_is_out_of_reach_for_others() -> None:
    async with stage() as on:
        ben = on.server.person("Ben")
        on.guild.add(ben)
        answer = await (await on.ann.slash(on.chat, "spend", connects=1, title="Logo")).answer()
        with pytest.raises(ImpossibleError, match="does not see"):
            await ben.press(answer, "Confirm")
        assert answer.message is not None
        with pytest.raises(discord.NotFound):
            await (await on.channel()).fetch_message(answer.message.id)


async def test_a_stranger_can_do_nothing_in_a_guild_or_in_the_direct_messages_of_others() -> None:
    async with stage() as on:
        stranger = on.server.person("Stranger")
        for place in (on.chat, on.ann.dm):
            with pytest.raises(ImpossibleError, match="is not in"):
                await stranger.say(place, "hello")


async def test_guild_messages_come_blank_without_the_intent_and_direct_ones_never() -> None:
    async with stage() as on:
        await on.ann.say(on.chat, "balance?")
        await on.ann.say(on.chat, f"<@{on.server.bot.id}> balance?")
        await on.ann.say(on.ann.dm, "spend 16 Logo", ("history.txt", b"rows"))
        await on.server.until(lambda: len(on.bot.heard) == 3, "three messages")
        assert [message.content for message in on.bot.heard] == ["", f"<@{on.server.bot.id}> balance?", "spend 16 Logo"]
        assert await on.bot.heard[2].attachments[0].read() == b"rows"


async def test_guild_messages_come_whole_with_the_intent() -> None:
    intents = discord.Intents(PLAIN.value)
    intents.message_content = True
    async with stage(intents=intents) as on:
        await on.ann.say(on.chat, "balance?")
        await on.server.until(lambda: on.bot.heard, "a message")
        assert on.bot.heard[0].content == "balance?"


async def test_one_message_can_be_delivered_twice() -> None:
    async with stage() as on:
        said = await on.ann.say(on.ann.dm, "spend 16 Logo")
        on.server.deliver_again(said)
        await on.server.until(lambda: len(on.bot.heard) == 2, "two deliveries")
        assert on.bot.heard[0].id == on.bot.heard[1].id


async def test_the_bot_writes_first_and_its_messages_come_in_order() -> None:
    async with stage() as on:
        user = await on.bot.fetch_user(on.ann.id)
        sent = await user.send("one")
        await user.send("two")
        assert [(await on.ann.dm.next_message()).content for _ in range(2)] == ["one", "two"]
        await sent.edit(content="one, corrected")
        await sent.delete()
        with pytest.raises(discord.NotFound):
            await sent.edit(content="again")
        with pytest.raises(NothingHappenedError, match="a message of the bot"):
            await on.ann.dm.next_message(timeout=0.01)


async def test_whom_a_message_would_have_pinged_is_on_record() -> None:
    async with stage() as on:
        channel = await on.channel()
        text = f"@everyone <@{on.ann.id}> <@&{on.guild.id}>"
        await channel.send(text)
        assert on.server.pinging() == []
        await channel.send(
            text, allowed_mentions=discord.AllowedMentions(users=[discord.Object(on.ann.id)], everyone=True)
        )
        await channel.send(text, allowed_mentions=discord.AllowedMentions.all())
        some, everything = (shown.pings for shown in on.server.pinging())
        assert some == Pings(frozenset({on.ann.id}), frozenset(), everyone=True)
        assert everything == Pings(frozenset({on.ann.id}), frozenset({on.guild.id}), everyone=True)
