"""Things one can buy: cards, their folds, their envelopes, inks. All of it is data."""
