"""Whether published figures agree with each other and with our rows: general rules only."""
