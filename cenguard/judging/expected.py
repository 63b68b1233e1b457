"""Instances that must be in the input: a gate that watches the wrong folder must not stay green."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import structs

from cenguard.errors import InvalidSettings
from cenguard.findings.report import ReportedFinding
from cenguard.judging.tool_findings import EXPECTED_INSTANCE, as_set, tool_finding
from cenguard.network import Network
from cenguard.resources import tokens
from cenguard.resources.records import Records
from cenguard.settings.files import own_settings
from cenguard.settings.model import Settings
from cenguard.text.globs import means
from cenguard.text.printable import listed


def with_expected(settings: Settings, sources: Sequence[str], *, given: bool) -> Settings:
    """The settings with what the own folders of the sources expect; `given` is a file that the user named.

    Raises:
        InvalidSettings: `expect` stands in a file of another folder.
    """
    if not given or any(source != "-" and os.path.isdir(source) for source in sources):  # noqa: PTH112 - false where it may not be looked at
        refuse_foreign(settings, sources)
    if given:
        return settings
    known = Path(settings.source).parent.resolve() if settings.source else None
    for folder in sorted({_folder(source) for source in sources} - {known}):
        file = own_settings(folder)
        if file is None:
            continue
        from cenguard.settings.reading import read_settings  # most checks read no settings

        if (own := read_settings(file)).expect:
            settings = structs.replace(settings, expect=(*settings.expect, *own.expect))
            if not settings.expect_at:
                settings = structs.replace(settings, expect_at=own.expect_at)
    return settings


def refuse_foreign(settings: Settings, sources: Sequence[str]) -> None:
    """Take `expect` from the project's own settings only; `sources` are folders and documents as they were named.

    Settings that were found above a project speak of other projects, too: whatever they expect is not in most of them.

    Raises:
        InvalidSettings: the file lies in no folder of a source.
    """
    if not settings.expect:
        return
    home = Path(settings.source).parent.resolve()
    if home not in {_folder(source) for source in sources}:
        raise InvalidSettings(
            settings.source,
            "belongs in the settings file of the project's own folder, or in one that --settings names for a document: "
            "elsewhere it would be asked of every project",
            where=settings.expect_at,
        )


def _folder(source: str) -> Path:
    """The folder of a source; the current one for standard input, and for what cannot be a path."""
    try:
        path = os.path.realpath("." if source == "-" else source)
    except (OSError, ValueError):
        return Path.cwd()
    return Path(path if os.path.isdir(path) else os.path.dirname(path))  # noqa: PTH112, PTH120 - no error where none may look


def about_expected(sources: Sequence[Records], network: Network, settings: Settings) -> Iterator[ReportedFinding]:
    """One finding for each expected instance that no source holds."""
    yield from missing_of(_names(sources, network), settings) if settings.expect else ()


def missing_of(named: Iterable[Iterable[str | None]], settings: Settings) -> Iterator[ReportedFinding]:
    """One finding for each expected instance that is not among those of some names."""
    yield from as_set(_missing([set(filter(None, names)) for names in named], settings), settings)


def _missing(found: Sequence[set[str]], settings: Settings) -> Iterator[ReportedFinding]:
    for pattern in settings.expect:
        if any(means(pattern, name) for names in found for name in names):
            continue
        held = listed(sorted({min(names, key=len) for names in found})) if found else "none"
        yield tool_finding(
            EXPECTED_INSTANCE,
            f"The settings expect a CEN instance {pattern!r}, and no source holds it.",
            (f"instances of the input: {held}",),
            fix="Check the folder or document that holds it, or delete it from `expect`.",
            about=pattern,
        )


def _names(sources: Sequence[Records], network: Network) -> Iterator[Iterable[str | None]]:
    """What the instances that the sources hold are called."""
    for source in sources:
        for record in (*source.resources, *source.left_out):
            if record.type == tokens.INSTANCE:
                shown = [value for key in ("cenInstanceName", "name") if isinstance(value := record.inputs.get(key), str)]
                yield (record.name, record.urn, record.id, *shown)
    for instance in network.instances:
        parts = (*instance.attachments, *instance.packages, *instance.limits, *instance.peers, *instance.routers)
        if instance.identified and any(item.urn for item in parts):
            yield (instance.name, instance.id, instance.urn)
