"""What takes the place of a key that names a person.

A key says who acted, in which chat and with which words. Its digest is made with a secret of one forgetting, which is
stored nowhere, so that nobody can find out what the key was. The change is hashed and the suffix is kept, so that the
entries of a change still belong together, and an import to the entries that it booked.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import Final

from core.ledger.change_keys import change_key

ERASED: Final = "erased:"
"""What a key begins with that was erased. Keys of actions begin with their time."""
DIGEST_BYTES: Final = 16
FORM: Final = re.compile(rf"{ERASED}[0-9a-f]{{{2 * DIGEST_BYTES}}}.*")
OF_LINK: Final = re.compile(r"(:link:\d+|:close)$")
"""How the keys of a link's changes end, by which `verify` finds them."""


def erased_key(key: str, secret: str) -> str:
    """What takes the place of a key. One that was erased before stays."""
    if is_erased_key(key):
        return key
    action = action_of(key)
    digest = blake2b(action.encode(), key=secret.encode(), digest_size=DIGEST_BYTES).hexdigest()
    return f"{ERASED}{digest}{key[len(action) :]}"


def action_of(key: str) -> str:
    """The key of the action behind a change, which is also that of a link if the change is one of its own."""
    return OF_LINK.sub("", change_key(key))


def is_erased_key(key: str) -> bool:
    """Whether this takes the place of a key that was erased."""
    return FORM.fullmatch(key) is not None
