"""What is kept of a person, and how it is forgotten: words and identities go, sealed figures stay."""
