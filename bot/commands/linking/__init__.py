"""Linking the accounts that one person has on several platforms, and unlinking them."""
