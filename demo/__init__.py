"""The fictional municipality みほん市: its plan and results, and how their files are made."""
