"""The way in: from what somebody wrote or pressed to the command that answers it."""
