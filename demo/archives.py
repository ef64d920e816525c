"""Bytes that do not change from one writing to the next, and files that nobody may open."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile

_MOMENT = (2024, 1, 1, 0, 0, 0)
_WRITTEN = re.compile(
    rb"(<(?:dcterms:modified|dcterms:created|meta:creation-date|dc:date)[^>]*>)[^<]*(<)"
)
_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def stable_zip(data: bytes) -> bytes:
    """The same archive without the moments at which it was written."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _MOMENT)
            info.compress_type = entry.compress_type
            info.external_attr = 0o644 << 16
            content = _WRITTEN.sub(rb"\g<1>2024-01-01T00:00:00Z\g<2>", old.read(entry))
            new.writestr(info, content)
    return target.getvalue()


def compound_file(streams: dict[str, bytes]) -> bytes:
    """A small OLE compound file, as [MS-CFB] describes it.

    Args:
        streams: name -> content; each is padded to 4,096 bytes, so that no mini stream is needed.
    """
    contents = [
        one.ljust(-(-max(len(one), 4096) // _SECTOR) * _SECTOR, b"\0") for one in streams.values()
    ]
    directory_size = -(-(len(streams) + 1) // 4)
    chains: list[int] = [_TABLE]
    starts = []
    for size in [directory_size, *(len(one) // _SECTOR for one in contents)]:
        starts.append(len(chains))
        chains += [*range(len(chains) + 1, len(chains) + size), _END]
    if len(chains) > _SECTOR // 4:
        raise ValueError("one sector of the allocation table holds 128 sectors")
    entries = [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    for at, (name, content) in enumerate(zip(streams, contents, strict=True), start=1):
        following = at + 1 if at < len(contents) else _FREE
        entries.append(_entry(name, 2, right=following, start=starts[at], size=len(content)))
    directory = b"".join(entries).ljust(directory_size * _SECTOR, b"\0")
    table = struct.pack("<128I", *chains, *[_FREE] * (128 - len(chains)))
    return _header(starts[0]) + table + directory + b"".join(contents)


def _header(directory: int) -> bytes:
    head = struct.pack(
        "<8s16xHHHHH6xIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        directory,
        0,
        4096,
    )
    head += struct.pack("<IIII", _END, 0, _END, 0)
    return head + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(
    name: str, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE
) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    return head + struct.pack("<III36xIQ", _FREE, right, child, start, size)


def encrypted_workbook(seed: str) -> bytes:
    """A workbook under a password: its two streams, and nothing that could be read.

    Args:
        seed: what the meaningless bytes are made from.
    """
    noise = b"".join(hashlib.sha256(f"{seed}{at}".encode()).digest() for at in range(256))
    descriptor = struct.pack("<HHI", 4, 4, 0x40) + b'<?xml version="1.0"?><encryption/>'
    return compound_file({"EncryptionInfo": descriptor, "EncryptedPackage": noise})


#: Stands for a macro project: a file that has one is refused before anybody looks into it.
PROJECT_STUB = compound_file({"dir": b"no macro at all", "PROJECT": b"no macro at all"})
