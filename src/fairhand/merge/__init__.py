"""Tables of people: read, matched to fields, and worded into notes."""
