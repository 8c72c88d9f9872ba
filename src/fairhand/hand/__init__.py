"""A hand: its font, the drawn forms of its letters, and its manner."""
