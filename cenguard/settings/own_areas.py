"""A team's own area catalogue: a file whose rows are laid over those of an edition."""

from pathlib import Path

from cenguard.errors import InvalidSettings
from cenguard.geography.catalogue import Catalogue, default_catalogue, read
from cenguard.text.boundary import boundary, holds
from cenguard.text.encodings import utf8


def own_areas(path: Path) -> Catalogue:
    """A user's own file: its rows replace rows of the same id, what it leaves out is inherited.

    `replaces` names the edition it builds on; without it, the newest one.

    Raises:
        InvalidSettings: the file is not a catalogue; says where and what was expected.
    """
    if not holds(path):
        raise InvalidSettings(str(path), boundary().said)
    try:
        text = utf8(path.read_bytes()).decode()
    except OSError as error:
        raise InvalidSettings(str(path), f"cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidSettings(str(path), "is not UTF-8 text; a JSON area catalogue was expected") from None
    return read(text, str(path), default_catalogue())
