"""Zip containers (xlsx, ods), opened only after their sizes have been weighed.

``zipfile`` never hands out more of a part than its directory states, so weighing the directory is
enough: nothing is unpacked before.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from pipelines.sources.workbooks.messages import refusal

#: A hundred times the largest sheet a city sent; a larger one is no report.
MAX_TOTAL_BYTES = 500_000_000
MAX_PART_BYTES = 250_000_000
MAX_PARTS = 20_000
#: Real sheets pack by less than thirty to one; the limit is that of Apache POI's ZipSecureFile.
MAX_RATIO = 100
_SMALL_PART = 5_000_000


class Archive:
    """Parts of a zip container by name, without regard to case or a leading slash."""

    def __init__(self, data: bytes) -> None:
        """Opens and weighs it.

        Raises:
            WorkbookError: too large, packed too tightly, damaged, or with a password.
        """
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise refusal("workbook_damaged") from error
        self._parts = {_key(part.filename): part for part in self._zip.infolist()}
        _weigh(self._zip.infolist())

    def names(self) -> list[str]:
        """Names of all parts, in lower case."""
        return list(self._parts)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _key(name) in self._parts

    def read(self, name: str) -> bytes:
        """A part, unpacked.

        Raises:
            KeyError: no such part.
        """
        return self._zip.read(self._parts[_key(name)])

    def get(self, name: str | None) -> bytes | None:
        """A part, or None where there is none."""
        return self.read(name) if name is not None and self.has(name) else None


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _weigh(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise refusal("encrypted_file")
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_TOTAL_BYTES:
        raise refusal(
            "workbook_too_large", what=f"展開すると{MAX_TOTAL_BYTES // 1_000_000}MBを超えます"
        )
    for part in parts:
        is_tight = part.file_size > max(part.compress_size, 1) * MAX_RATIO
        if part.file_size > MAX_PART_BYTES or (part.file_size > _SMALL_PART and is_tight):
            raise refusal("workbook_too_large", what="圧縮を解くと異常に大きくなります")
