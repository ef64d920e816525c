"""A folder, such as one that a web server shows, as a place for files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.release.checksums import release_files
from pipelines.release.durable import flush_to_disk, sha256_of, write_atomically
from pipelines.release.targets.model import TargetError


@dataclass(frozen=True)
class FolderStore:
    """Files below ``root``; each appears whole or not at all."""

    root: Path

    @property
    def label(self) -> str:
        """The folder."""
        return str(self.root)

    def read(self, name: str) -> bytes | None:
        """The content of a file; None where there is none."""
        with self._told():
            path = self.root / name
            return path.read_bytes() if path.is_file() else None

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file, read from the disk; None where there is none."""
        with self._told():
            path = self.root / name
            return sha256_of(path) if path.is_file() else None

    def put_file(self, name: str, source: Path) -> None:
        """Copy a file."""
        with self._told():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.part")
            shutil.copyfile(source, temporary)
            flush_to_disk(temporary)
            temporary.replace(path)
            flush_to_disk(path.parent)

    def put_bytes(self, name: str, content: bytes) -> None:
        """Write a file."""
        with self._told():
            write_atomically(self.root / name, content)

    def files(self, folder: str) -> list[str]:
        """Every file below a folder, relative to it."""
        with self._told():
            found = release_files(self.root / folder)
        return [name for name in found if not _is_unfinished(name)]

    def remove(self, name: str) -> None:
        """Remove a file and the folders it leaves empty; repeating it does no harm."""
        with self._told():
            path = self.root / name
            path.unlink(missing_ok=True)
            path.with_name(f".{path.name}.part").unlink(missing_ok=True)
            for parent in path.parents:
                if parent == self.root or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise TargetError(
                "target_failed",
                self.label,
                f"公開先のフォルダー {error.filename or self.root} を扱えません"
                f"（{error.strerror or error}）。空き容量と権限を確かめて、もう一度実行して"
                "ください。",
            ) from error


def _is_unfinished(name: str) -> bool:
    """The rest of a copy that was interrupted; the repeat replaces it."""
    last = name.rsplit("/", maxsplit=1)[-1]
    return last.startswith(".") and last.endswith(".part")
