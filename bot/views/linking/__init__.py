"""What is said when the accounts of one person are linked, or unlinked."""
