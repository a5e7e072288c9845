"""Each command has its row in the table of permissions, and each row its command."""

from __future__ import annotations

import pytest

from bot.command.permissions import PERMISSIONS, Permission
from bot.commands import declared
from core.wallets.team import Role


def test_each_command_has_a_row_and_each_row_a_command() -> None:
    assert sorted(PERMISSIONS) == sorted(command.name for command in declared())


@pytest.mark.parametrize("permission", PERMISSIONS.values(), ids=PERMISSIONS)
def test_rights_grow_with_the_role(permission: Permission) -> None:
    """Whoever is given more may not find that something is gone: an owner may do what anybody may."""
    assert not permission.roles or Role.OWNER in permission.roles
    assert permission.roles or not permission.reads
    assert Role.MEMBER not in permission.users or {Role.MANAGER, Role.MODERATOR} <= permission.users
    assert not permission.for_operators or not permission.roles
    assert permission.private or permission.operators or permission.roles
