"""Sending published releases to a folder, an object store or a CKAN site."""
