"""Raw files to decoded pages: discovery, hashing, decoding, ``plan.yaml``."""
