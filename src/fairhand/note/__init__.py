"""A file of words becomes a `Note`: read, decode, normalise, find what is left blank."""
