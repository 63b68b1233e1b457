"""The overview of an audit as people read it, every number of it."""

import json
import re

import pytest

from tests.fleet.fleets import Stack, bought
from tests.fleet.test_audit import audit

SETTINGS = """
[prices]
currency = "USD"
"China/North-America" = 10
"China/Europe" = 100.5

[[waiver]]
rule = "CEN406"
resource = "*us"
reason = "r"
owner = "o"
expires = 2099-01-01
"""
TERMINAL = """\
findings by rule
    CEN206 unallocated-bandwidth [mandatory]: 1 in 1 stack
    CEN203 unattached-bandwidth-package [advisory]: 1 in 1 stack
    CEN218 unfunded-region-pair [advisory]: 1 in 1 stack
    CEN406 unprotected-package [advisory]: 2 in 2 stacks
    CEN412 package-near-expiry [advisory]: 1 in 1 stack

not read
    states/bad.json: is not whole JSON: Input data was truncated

instances with pairs without Mbps: 1 Kbps, or on Enterprise Edition no connection
    cen-1: 2 pairs of regions without Mbps, 1 with

bandwidth packages
    cenbwp-eu: 20 Mbps China/Europe, 20 Mbps reserved, until 2027-01-05
    cenbwp-open: 5 Mbps China/Europe, 0 Mbps reserved, until 2027-02-01
    cenbwp-us: 20 Mbps China/North-America, 0 Mbps reserved, until 2027-01-31

up for renewal
    2027-01: 40 Mbps, 13,260.00 USD
    2027-02: 5 Mbps, 3,015.00 USD

since the earlier report
    bought: 2 packages, cenbwp-eu, cenbwp-open
    expired: 1 package, cenbwp-old
    newly without Mbps: cen-1, cn-beijing – us-west-1

1 mandatory, 5 advisory, 1 waived; 4 stacks, 3 with a CEN, 2 CEN instances; 1 state not read
"""
CHAT = """\
### ❌ cenguard audit: 1 mandatory, 5 advisory, 1 waived; 4 stacks, 3 with a CEN, 2 CEN instances; 1 state not read

`states`

**Since the earlier report**

- bought: 2 packages, cenbwp-eu, cenbwp-open
- expired: 1 package, cenbwp-old
- newly without Mbps: cen-1, cn-beijing – us-west-1

**Findings by rule**

|  | rule | findings | stacks |
|---|---|---|---|
| ❌ | CEN206 unallocated-bandwidth | 1 | 1 |
| ⚠️ | CEN203 unattached-bandwidth-package | 1 | 1 |
| ⚠️ | CEN218 unfunded-region-pair | 1 | 1 |
| ⚠️ | CEN406 unprotected-package | 2 | 2 |
| ⚠️ | CEN412 package-near-expiry | 1 | 1 |

**Stacks with findings**

| stack | mandatory | advisory | undetermined |
|---|---|---|---|
| `states/net.json` | 1 | 3 | 0 |
| `states/money.json` | 0 | 2 | 0 |

**Instances with pairs without Mbps: 1 Kbps, or on Enterprise Edition no connection**

| instance | pairs without Mbps | regions | stacks |
|---|---|---|---|
| `cen-1` | 2 | cn-beijing, eu-central-1, us-west-1 | 1 |

**Packages by expiry**

| package | areas | Mbps | reserved | expires |
|---|---|---|---|---|
| `cenbwp-eu` | China/Europe | 20 Mbps | 20 Mbps | 2027-01-05 |
| `cenbwp-us` | China/North-America | 20 Mbps | 0 Mbps | 2027-01-31 |
| `cenbwp-open` | China/Europe | 5 Mbps | 0 Mbps | 2027-02-01 |

**Up for renewal**

- 2027-01: 40 Mbps, 13,260.00 USD
- 2027-02: 5 Mbps, 3,015.00 USD

**Not read**

| state | why |
|---|---|
| `states/bad.json` | is not whole JSON: Input data was truncated |
"""
US, EU = ("cn-beijing", "us-west-1"), ("cn-beijing", "eu-central-1")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A fleet of today beside the report of an earlier one: the folder, and what every audit of it is asked with."""
    folder = tmp_path_factory.mktemp("overview")
    china = {"us": ("China", "North-America"), "eu": ("China", "Europe")}
    bought(folder / "states", packages=[("us", china["us"], "2027-01-31"), ("old", china["eu"], "2026-12-05")], limits=[US, EU])
    (folder / "cenguard.toml").write_text(SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        given = ("states", "--workers", 1, "--today", "2026-12-01")
        (folder / "base.json").write_text(audit(*given, "--format", "json")[1])
        bought(folder / "states", packages=[("us", china["us"], "2027-01-31"), ("eu", china["eu"], "2027-01-05")], limits=[EU])
        money = Stack("money")
        money.package("open", "cenbwp-open", ("China", "Europe"), 5, expiredTime="2027-02-01T16:00Z")
        money.write(folder / "states/money.json")
        alone = Stack("alone")
        alone.instance("edge", "cen-2")
        alone.attachment("a", "cen-2", "cn-beijing", "vpc-a")
        alone.write(folder / "states/alone.json")
        Stack("none").filler(2).write(folder / "states/none.json")
        (folder / "states/bad.json").write_text("{")
        yield lambda *more: audit(
            "states", "--workers", 1, "--today", "2026-12-10", "--base", "base.json", "--settings", "cenguard.toml", *more
        )[1]


def test_the_terminal(told):
    found = told("--no-color")

    assert found[found.index("findings by rule") :] == TERMINAL
    assert [line for line in found.splitlines() if line[:1] in "✗!?" and line] == [
        "✗ CEN206 unallocated-bandwidth [mandatory]",
        "! CEN203 unattached-bandwidth-package [advisory]",
        "! CEN406 unprotected-package [advisory]",
        "! CEN218 unfunded-region-pair [advisory]",
        "! CEN406 unprotected-package [advisory]",
        "! CEN412 package-near-expiry [advisory]",
    ]
    assert (
        """
✗ CEN206 unallocated-bandwidth [mandatory]
    states/net.json · cen-1
    Package us (China/North-America, 20 Mbps) is attached to core, and no limit or peer draws on it
"""
        in found
    )
    assert told("--no-color", "--quiet").endswith(
        f"    fix: Renew it in the console, and run `pulumi refresh`.\n\n{TERMINAL.splitlines()[-1]}\n"
    )


def test_a_chat(told):
    assert told("--format", "markdown") == CHAT


def test_a_page(told):
    page = told("--format", "html")
    data = json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', page)[1])

    assert all(len(row) == len(table["columns"]) for table in data.values() for row in table["rows"])
    assert [row[:5] for row in data.pop("findings")["rows"]] == [
        ["mandatory", "CEN206 unallocated-bandwidth", "states/net.json", "cen-1", "us"],
        ["advisory", "CEN203 unattached-bandwidth-package", "states/money.json", "", "open"],
        ["advisory", "CEN406 unprotected-package", "states/money.json", "", "open"],
        ["advisory", "CEN218 unfunded-region-pair", "states/net.json", "cen-1", "core"],
        ["advisory", "CEN406 unprotected-package", "states/net.json", "cen-1", "eu"],
        ["advisory", "CEN412 package-near-expiry", "states/net.json", "cen-1", "eu"],
    ]
    assert {name: table["rows"] for name, table in data.items()} == {
        "instances": [
            [
                "cen-1",
                "cn-beijing, eu-central-1, us-west-1",
                1,
                2,
                "1 connected, 1 no package, 1 no Mbps of the attached package",
                1,
            ],
            ["cen-2", "cn-beijing", 0, 0, "", 1],
        ],
        "packages": [
            ["cenbwp-eu", "cen-1", "China/Europe", 20, 20, "2027-01-05", "states/net.json"],
            ["cenbwp-open", "", "China/Europe", 5, 0, "2027-02-01", "states/money.json"],
            ["cenbwp-us", "cen-1", "China/North-America", 20, 0, "2027-01-31", "states/net.json"],
        ],
        "stacks": [
            ["states/alone.json", "alone", "prod", "export", 4, 2, 0, 0, 0],
            ["states/money.json", "money", "prod", "export", 3, 1, 0, 2, 0],
            ["states/net.json", "net", "prod", "export", 11, 9, 1, 3, 0],
            ["states/none.json", "none", "prod", "export", 4, 0, 0, 0, 0],
        ],
        "unread": [["states/bad.json", "is not whole JSON: Input data was truncated"]],
    }
    assert {name: [column["title"] for column in table["columns"]] for name, table in data.items()} == {
        "instances": ["instance", "regions", "pairs with Mbps", "pairs without Mbps", "every pair", "stacks"],
        "packages": ["package", "instance", "areas", "Mbps", "Mbps reserved", "expires", "stacks"],
        "stacks": ["state", "project", "stack", "kind", "resources", "of CEN", "mandatory", "advisory", "undetermined"],
        "unread": ["state", "why"],
    }
    tiles = re.findall(r'<b class="(\w*)">([\d,]+)</b>([^<]+)', page)
    assert tiles == [
        ("", "4", "stacks"),
        ("", "3", "with a CEN"),
        ("", "2", "CEN instances"),
        ("bad", "2", "pairs without Mbps"),
        ("bad", "1", "mandatory"),
        ("warn", "5", "advisory"),
        ("", "0", "undetermined"),
        ("", "1", "waived"),
        ("bad", "1", "not read"),
    ]
    for told_line in ("expired: 1 package, cenbwp-old", "2027-01: 40 Mbps, 13,260.00 USD", "2027-02: 5 Mbps, 3,015.00 USD"):
        assert f"<li>{told_line}</li>" in page
    assert re.findall(r"<summary>(.*?)</summary>", page) == [
        "core: 3 regions, 3 pairs (1 connected, 2 not connected). Cut off: Silicon Valley (cen-1)",
        "edge: 1 region, 0 pairs (cen-2)",
    ]


def test_an_audit_that_saw_no_cen_has_no_tick(tmp_path, monkeypatch):
    """Above a sentence that says so, it would be read as a pass."""
    monkeypatch.chdir(tmp_path)
    Stack("app").filler(2).write(tmp_path / "states/app.json")
    _, out, _ = audit(tmp_path / "states", "--workers", 1, "--format", "markdown")

    assert out.startswith("### ➖ cenguard audit: no CEN in any state; 1 stack, 0 with a CEN, 0 CEN instances\n")
