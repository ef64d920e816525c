"""Decoded documents to plan rows: text repair, layouts, field readers."""
