"""Onto paper: preflight, printers, calibration, the loading picture."""
