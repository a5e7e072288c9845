"""The types of alerts, a file for each subject."""
