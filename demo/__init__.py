"""The fictional municipality みほん市: its plan and yearly results, and how their files are made."""
