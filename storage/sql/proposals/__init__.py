"""The derived cards of proposals, in any SQL database."""
