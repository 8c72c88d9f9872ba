"""Typesetting: which letter lands where. How the hand moved is `write`'s affair."""
