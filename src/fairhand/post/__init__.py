"""What carries a card to its reader: an envelope is one more composed page."""
