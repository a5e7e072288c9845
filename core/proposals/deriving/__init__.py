"""How proposals are derived: pieces are joined into proposals, and what pages and people say is matched with these."""

from core.proposals.deriving.derivation import Facts, derive
from core.proposals.deriving.keys import cluster_keys, keys_of

__all__ = ["Facts", "cluster_keys", "derive", "keys_of"]
