"""catalog.jsonld: the release as DCAT and schema.org describe data sets."""
