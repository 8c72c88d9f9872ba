"""Preflight: is a PDF, ours or another's, fit for a press? Findings name remedy and place."""
