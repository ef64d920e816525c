"""Sheets of any city to records: ``sheets.read_sheets``."""
