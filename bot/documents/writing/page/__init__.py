"""The report: one page of HTML that needs nothing from outside, with figures, pictures and tables."""
