"""Announcements to the chats that subscribed, sent once or on a schedule."""
