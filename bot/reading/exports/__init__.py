"""Reads which document somebody wants: "/export november as excel", "/statement 2026-11", "/report last year"."""
