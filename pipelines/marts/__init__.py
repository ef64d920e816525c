"""Tables that answer the questions of councils: one SQL statement each, on checked tables."""
