"""What the catalogue says of a release, from its package alone.

Addresses are relative to the file itself: the release does not know where it will be published.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipelines.release.layout import DATAPACKAGE, DUCKDB, PAGE, SPREADSHEET

Node = dict[str, Any]

DATASET: Final = "./"
SERIES: Final = "../"
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_ANNUAL: Final = "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
_JAPANESE: Final = "http://publications.europa.eu/resource/authority/language/JPN"
_JAPAN: Final = "http://publications.europa.eu/resource/authority/country/JPN"
_GOVERNMENT: Final = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
_DATA_PACKAGE: Final = "https://datapackage.org/standard/data-package/"
#: Files beside the resources of the package: title, format, media type.
_WHOLE: Final = {
    DATAPACKAGE: ("データパッケージ", "JSON", "application/json"),
    DUCKDB: ("DuckDB", "DuckDB", "application/octet-stream"),
    SPREADSHEET: (
        "Excelブック",
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def catalog(
    package: Mapping[str, Any], years: tuple[int, int] | None, previous: str | None
) -> dict[str, Any]:
    """The whole of catalog.jsonld.

    Args:
        package: the content of datapackage.json.
        years: first and last fiscal year that the data speaks of; None where it names none.
        previous: the version before; None for the first.
    """
    distributions = [*_whole_files(package), *_resources(package)]
    dataset = _dataset(package, years, previous)
    dataset["dcat:distribution"] = [one["@id"] for one in distributions]
    dataset["schema:distribution"] = dataset["dcat:distribution"]
    return {"@context": context(), "@graph": [dataset, _series(package), *distributions]}


@cache
def context() -> dict[str, Any]:
    """Prefixes, and which properties hold addresses."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("context.json").read_bytes())
    return found


def _dataset(
    package: Mapping[str, Any], years: tuple[int, int] | None, previous: str | None
) -> Node:
    licence = package["licenses"][0]["path"]
    publisher = _publisher(package)
    node: Node = {
        "@id": DATASET,
        "@type": ["dcat:Dataset", "schema:Dataset"],
        "dct:identifier": f"{package['name']}-{package['version']}",
        "dct:title": _both(package, "title"),
        "dct:description": _both(package, "description"),
        "dct:publisher": publisher,
        "dct:license": licence,
        "dct:rights": _texts(package["license_note"]),
        "dct:language": _JAPANESE,
        "dct:spatial": _JAPAN,
        "dct:accrualPeriodicity": _ANNUAL,
        "dct:conformsTo": _DATA_PACKAGE,
        "dcat:theme": {"@id": _GOVERNMENT},
        "dcat:keyword": list(package["keywords"]),
        "dcat:version": package["version"],
        "dcat:inSeries": SERIES,
        "foaf:page": PAGE,
        "schema:name": _both(package, "title"),
        "schema:description": _both(package, "description"),
        "schema:license": licence,
        "schema:creator": publisher,
        "schema:version": package["version"],
        "schema:keywords": list(package["keywords"]),
        "schema:isAccessibleForFree": True,
        "schema:url": PAGE,
        "dct:source": [_source(one) for one in package.get("sources", ())],
    }
    return node | _times(package.get("created"), years) | _before(previous)


def _times(created: str | None, years: tuple[int, int] | None) -> Node:
    """When the data was taken, and the fiscal years it speaks of: April to March."""
    found: Node = {}
    if created:
        found["dct:modified"] = {"@type": "xsd:dateTime", "@value": created}
        found["schema:dateModified"] = created[:10]
    if years:
        start, end = f"{years[0]}-04-01", f"{years[1] + 1}-03-31"
        found["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@type": "xsd:date", "@value": start},
            "dcat:endDate": {"@type": "xsd:date", "@value": end},
        }
        found["schema:temporalCoverage"] = f"{start}/{end}"
    return found


def _before(previous: str | None) -> Node:
    return {"dcat:prev": f"../{previous}/"} if previous else {}


def _series(package: Mapping[str, Any]) -> Node:
    return {
        "@id": SERIES,
        "@type": "dcat:DatasetSeries",
        "dct:title": _both(package, "title"),
        "dct:description": _both(package, "description"),
        "dct:publisher": _publisher(package),
        "dct:accrualPeriodicity": _ANNUAL,
    }


def _whole_files(package: Mapping[str, Any]) -> Iterator[Node]:
    for path, (title, form, media) in _WHOLE.items():
        yield _distribution(package, path, _texts(title), form, media)


def _resources(package: Mapping[str, Any]) -> Iterator[Node]:
    for one in package["resources"]:
        form = one["format"].upper() if one["format"] == "csv" else one["format"]
        node = _distribution(package, one["path"], _both(one, "title"), form, one["mediatype"])
        node["dct:description"] = _both(one, "description")
        node["dcat:byteSize"] = {"@type": "xsd:nonNegativeInteger", "@value": str(one["bytes"])}
        node["schema:contentSize"] = f"{one['bytes']} B"
        node["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": "spdx:checksumAlgorithm_sha256",
            "spdx:checksumValue": one["hash"].removeprefix("sha256:"),
        }
        yield node


def _distribution(
    package: Mapping[str, Any], path: str, title: list[Node], form: str, media: str
) -> Node:
    return {
        "@id": path,
        "@type": ["dcat:Distribution", "schema:DataDownload"],
        "dct:title": title,
        "dct:license": package["licenses"][0]["path"],
        "dct:format": form,
        "dcat:mediaType": f"{_MEDIA}{media}",
        "dcat:accessURL": PAGE,
        "dcat:downloadURL": path,
        "schema:name": title,
        "schema:contentUrl": path,
        "schema:encodingFormat": media,
    }


def _publisher(package: Mapping[str, Any]) -> Node:
    title = package["contributors"][0]["title"]
    return {
        "@type": ["foaf:Organization", "schema:Organization"],
        "foaf:name": title,
        "schema:name": title,
    }


def _source(entry: Mapping[str, Any]) -> Node:
    """One document, its terms and its credit; it has an address only where it is on the web."""
    named = {
        "@id": entry.get("path"),
        "dct:title": _texts(entry["title"]),
        "dct:license": None,
        "dct:rights": entry.get("license"),
        "dct:bibliographicCitation": entry.get("credit"),
    }
    return {name: value for name, value in named.items() if value is not None}


def _both(entry: Mapping[str, Any], name: str) -> list[Node]:
    found = _texts(entry[name])
    english = entry.get(f"{name}_en")
    return [*found, {"@language": "en", "@value": english}] if english else found


def _texts(japanese: str) -> list[Node]:
    return [{"@language": "ja", "@value": japanese}]
