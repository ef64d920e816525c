"""Whether a file can be read by machines: the rules of the Digital Agency that a file decides."""
