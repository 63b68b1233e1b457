"""A hundred random edits of settings, waivers and inventory files: understood or refused in a line, never ignored.

Each edit is one that a hand makes: a letter dropped, doubled or swapped, a value of another kind, a line gone or twice.
An edit is *ignored* when the file still reads, and reads the same as before though a key or value of it changed. (The
files hold no value that is the default of its key, so that a line that is gone is a change.)
"""

import random
import tomllib

import pytest

from cenguard.errors import CenguardError
from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.inventories import read_inventories
from cenguard.rules import RULES
from cenguard.settings.reading import read_settings
from cenguard.settings.rule_tables import chooser_of
from cenguard.settings.waivers import read_waivers

SETTINGS = """
# what the team decided
areas = "2026-03"
inventory_days = 9
undetermined = "mandatory"
shared = ["core-*", "edge"]
unwaivable = ["CEN501", "missing-bandwidth-package"]

[rules.missing-bandwidth-package]
level = "mandatory"
[rules.CEN219]
level = "advisory"
require = {pairs = [{regions = ["cn-beijing", "us-west-1"], min_mbps = 10}]}
[rules.forbidden-connection]
areas = ["China", "Europe"]
area_pairs = [["China", "Europe"]]
[rules.bandwidth-above-cap]
package_mbps = 100
area_pairs = {"China/Europe" = 50}
[rules.missing-tag]
tags = {team = "net-.*"}
[rules.package-near-expiry]
days = 30

[output]
sarif = "cenguard.sarif"

[[waiver]]
rule = "CEN202"
reason = "bought ahead"
owner = "net-team"
expires = 2027-03-31
"""
WAIVERS = """
[[waiver]]
rule = "CEN201"
resource = "urn:pulumi:dev::net::*::core"
reason = "lab network, test bandwidth is enough"
owner = "net-team"
expires = 2027-03-31

[[waiver]]
rule = "limit-without-package"
instance = "core"
area_pair = ["China", "Europe"]
verdict = "undetermined"
reason = "bought by another stack"
owner = "app-team"
expires = 2027-06-30

[[waiver]]
fingerprint = "e9ce376b38d55039"
reason = "known"
owner = "net-team"
expires = 2027-06-30
"""
INVENTORY = """
taken = 2026-11-20
[[instance]]
id = "cen-1"
complete = true
[[package]]
id = "cenbwp-1"
area_pair = ["China", "Europe"]
bandwidth = 100
instance = "cen-1"
expires = 2027-01-31
[[attachment]]
instance = "cen-1"
region = "eu-central-1"
kind = "VBR"
id = "vpc-1"
[[limit]]
instance = "cen-1"
regions = ["cn-beijing", "eu-central-1"]
bandwidth = 20
[[router]]
id = "tr-1"
instance = "cen-2"
region = "cn-hangzhou"
edition = "basic"
[[peer]]
instance = "cen-2"
regions = ["cn-hangzhou", "eu-central-1"]
billing = "traffic"
bandwidth = 10
[stack."org/network/prod"]
cen_id = "cen-1"
"""
CATALOGUE = default_catalogue()
READERS = {
    "settings": (SETTINGS, "cenguard.toml", read_settings),
    "waivers": (WAIVERS, "waivers.toml", lambda path: read_waivers(path, chooser_of(RULES), CATALOGUE)),
    "inventory": (INVENTORY, "net.toml", lambda path: read_inventories([path], CATALOGUE)),
}
VALUES = ("5", "-1", "true", '"x"', "[]", "[1]", "{}", "1e400", "nan", "2027-01-01", "07:00:00", '""', '"\\u0000"', "[[[]]]")


def edited(text, rng):
    """The text after one edit."""
    lines = text.splitlines()
    index = rng.choice([number for number, line in enumerate(lines) if line.strip() and not line.startswith("#")])
    line = lines[index]
    match rng.randrange(8):
        case 0:  # a letter dropped
            at = rng.randrange(len(line))
            lines[index] = line[:at] + line[at + 1 :]
        case 1:  # doubled
            at = rng.randrange(len(line))
            lines[index] = line[: at + 1] + line[at:]
        case 2:  # two swapped
            at = rng.randrange(max(1, len(line) - 1))
            lines[index] = line[:at] + line[at + 1 : at + 2] + line[at : at + 1] + line[at + 2 :]
        case 3:  # another letter
            at = rng.randrange(len(line))
            lines[index] = line[:at] + rng.choice("abcxyz-_.\"'[]={}0 é\t") + line[at + 1 :]
        case 4:  # a value of another kind
            key, equals, _ = line.partition(" = ")
            lines[index] = f"{key} = {rng.choice(VALUES)}" if equals else line + "x"
        case 5:
            del lines[index]
        case 6:
            lines.insert(index, line)
        case _:
            other = rng.randrange(len(lines))
            lines[index], lines[other] = lines[other], lines[index]
    return "\n".join(lines) + "\n"


def parsed(text):
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None


def comparable(read):
    """What was read, without where it was read from."""
    text = repr(read)
    return "\n".join(part for part in text.split("place='")[0:1] + [rest.partition("'")[2] for rest in text.split("place='")[1:]])


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("seed", range(100))
def test_an_edit_is_understood_or_refused(tmp_path, kind, seed):
    text, name, read = READERS[kind]
    path = tmp_path / name
    path.write_text(text)
    before = comparable(read(path))
    changed = edited(text, random.Random(f"{kind} {seed}"))
    path.write_text(changed)
    try:
        after = comparable(read(path))
    except CenguardError as error:
        for message in str(error).splitlines():  # every fault of a file, a line each
            assert message.startswith(str(path)) or name in message or "edition" in message, message
            assert len(message) < 500, message
        return
    if parsed(changed) != parsed(text):
        assert after != before, f"an edit was ignored:\n{changed}"


@pytest.mark.parametrize("kind", READERS)
def test_the_files_read_before_they_are_edited(tmp_path, kind):
    text, name, read = READERS[kind]
    (tmp_path / name).write_text(text)

    read(tmp_path / name)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("seed", range(20))
def test_bytes_of_any_kind(tmp_path, kind, seed):
    text, name, read = READERS[kind]
    rng = random.Random(seed)
    content = bytearray(text.encode())
    for _ in range(rng.randrange(1, 6)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    (tmp_path / name).write_bytes(bytes(content))
    try:
        read(tmp_path / name)
    except CenguardError as error:
        message = str(error)
    else:
        return
    assert name in message
