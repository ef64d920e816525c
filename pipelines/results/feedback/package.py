"""The parts of an xlsx file that say who wrote it and when: taken out of a copy."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EMPTY_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>'
)
#: Parts -> what stands in their place.
_REPLACED = {"docProps/core.xml": _EMPTY_PROPERTIES}
#: The first moment that a zip archive can tell; the same input gives the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


def anonymous_package(package: bytes) -> bytes:
    """The same xlsx file without author, company, dates and times."""
    target = BytesIO()
    with ZipFile(BytesIO(package)) as source, ZipFile(target, "w") as copy:
        for name in source.namelist():
            part = ZipInfo(name, _NO_TIME)
            part.compress_type = ZIP_DEFLATED
            copy.writestr(part, _REPLACED.get(name) or source.read(name))
    return target.getvalue()
