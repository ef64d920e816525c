"""Settings for every test."""

from __future__ import annotations

import os

from hypothesis import settings

# In CI the generated examples are the same for the same code: a red run can be repeated. Elsewhere
# they differ from run to run, and what they find is worth a test of its own.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("local", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")
