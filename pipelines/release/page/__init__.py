"""index.html: what a release is, for people."""
