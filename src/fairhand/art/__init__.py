"""Drawings and pictures for the panels of a card. Pure data, and the readers of files of it."""
