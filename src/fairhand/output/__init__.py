"""Exporters: small, alike, and without decisions of their own."""
