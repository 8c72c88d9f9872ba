"""Panels on the sides of real sheets. A single card is a sheet with one cell."""
