"""Notices and their deliveries: what is sent to which chat, with which outcome, and what happens next."""
