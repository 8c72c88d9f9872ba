"""What a merge costs, beside what others need to set the same cards in plain type."""
