"""Tables that answer the questions of councils: one SQL statement each, run on the checked tables."""
