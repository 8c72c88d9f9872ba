"""Where text goes on the panels of a card and on an envelope. All of it is data."""
