"""The books as journals for programs that keep accounts in plain text."""
