"""Pictures of figures: what they show, in the reader's words."""
