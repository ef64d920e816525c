"""Python's cyclic garbage collector, paused where a hundred thousand objects and no cycle are made.

Looking through the rows of a long list for cycles, again and again while it grows, takes a third of
the time of reading it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """No search for cycles within the block; blocks may be nested."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            # What was made lives on: it goes to the oldest generation without being looked through.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
