"""Cards for everybody in a table: checked, made in volumes, proofed and listed."""
