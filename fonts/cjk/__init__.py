"""Japanese, Korean and Chinese hands for fairhand: one folder each, and no code."""
