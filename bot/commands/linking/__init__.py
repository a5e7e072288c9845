"""Linking the accounts that one person has on several platforms, and parting them again."""
