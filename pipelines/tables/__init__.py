"""From ``schemas/*.json`` to Arrow schemas, DuckDB tables and checks; the Parquet store."""
