"""Edits of a fix in TypeScript programs."""

import json

import pytest

from cenguard.findings.fix import Add, Options, Set
from tests.findings.placing import stands_alone
from tests.findings.written import BUY, TYPESCRIPT, WAIT, after, urn, written


@pytest.mark.parametrize(
    ("call", "made"),
    [
        ('("limit", { bandwidthLimit: 4 })', '("limit", { bandwidthLimit: 4 }, { dependsOn: [bj, nets.us] })'),
        ('("limit", args, { protect: true })', '("limit", args, { protect: true, dependsOn: [bj, nets.us] })'),
        ('("limit", {}, { dependsOn: [core] })', '("limit", {}, { dependsOn: [core, bj, nets.us] })'),
        (
            '("limit", {\n    bandwidthLimit: 4, // Mbps\n}, {\n    protect: true, // ours\n})',
            '("limit", {\n    bandwidthLimit: 4, // Mbps\n}, {\n    protect: true, // ours\n    dependsOn: [bj, nets.us],\n})',
        ),
    ],
)
def test_typescript_adds_to_what_is_there(tmp_path, call, made):
    code = written(tmp_path, "nodejs", TYPESCRIPT + f"new alicloud.cen.BandwidthLimit{call};\n", [WAIT])

    assert after(code).endswith(f"new alicloud.cen.BandwidthLimit{made};\n")


@pytest.mark.parametrize("call", ['("limit", {}, options)', '("limit", {}, { ...options })', '("limit", {}, { dependsOn: all })'])
def test_typescript_options_that_cannot_be_seen_are_not_added_to(tmp_path, call):
    code = written(tmp_path, "nodejs", TYPESCRIPT + f"new alicloud.cen.BandwidthLimit{call};\n", [WAIT])

    assert code.bound
    assert not code.changes
    assert "not" in code.why_not


def test_typescript_new_resources(tmp_path):
    needs = Set(urn=urn("limit"), properties={"bandwidthLimit": 5}, options=Options(depends_on=("new:china-eu-attachment",)))
    text = after(written(tmp_path, "nodejs", TYPESCRIPT + 'new alicloud.cen.BandwidthLimit("limit");\n', [*BUY, needs]))

    assert (
        'const chinaEu = new alicloud.cen.BandwidthPackage("china-eu", {\n    bandwidth: 10,\n    autoRenew: true,\n}, { protect: true });\n'
        in text
    )
    assert text.endswith('new alicloud.cen.BandwidthLimit("limit", { bandwidthLimit: 5 }, { dependsOn: [chinaEuAttachment] });\n')


@pytest.mark.parametrize(
    ("imports", "call"),
    [
        ('import * as ali from "@pulumi/alicloud";', "ali.cen."),
        ('import { cen } from "@pulumi/alicloud";', "cen."),
        ('import { cen as wan, Provider } from "@pulumi/alicloud";', "wan."),
        ("import * as cen from '@pulumi/alicloud/cen';", "cen."),
        ('const alicloud = require("@pulumi/alicloud");', "alicloud.cen."),
    ],
)
def test_typescript_calls_the_sdk_what_the_file_calls_it(tmp_path, imports, call):
    text = after(written(tmp_path, "nodejs", f'{imports}\nconst core = new {call}Instance("core", {{}});\n', BUY))

    assert f'const chinaEu = new {call}BandwidthPackage("china-eu", {{' in text


def test_typescript_without_the_sdk_s_name_is_for_reading(tmp_path):
    code = written(tmp_path, "nodejs", 'import { Instance } from "./cen";\nconst core = new Instance("core", {});\n', BUY)

    assert not code.bound
    assert stands_alone(code)


@pytest.mark.parametrize(
    "text",
    [
        'for (const x of [1]) { new alicloud.cen.BandwidthLimit("limit"); }\n',
        'function make() { return new alicloud.cen.BandwidthLimit("limit"); }\nmake();\n',
        '[1].map(() => new alicloud.cen.BandwidthLimit("limit"));\n',
        "const name = 'limit'; // \"limit\"\nnew alicloud.cen.BandwidthLimit(name);\n",
    ],
)
def test_typescript_what_is_not_certain_is_for_reading(tmp_path, text):
    code = written(tmp_path, "nodejs", TYPESCRIPT + text, [WAIT])

    assert not code.bound
    assert stands_alone(code)


@pytest.mark.parametrize("text", ["${core}: \\d+", "`C:\\temp`", 'a "b"\n'])
def test_a_text_is_written_as_it_is(tmp_path, text):
    sets = Set(urn=urn("limit"), properties={"description": text})
    made = after(written(tmp_path, "nodejs", TYPESCRIPT + 'new alicloud.cen.BandwidthLimit("limit");\n', [sets]))

    assert made.endswith(f'new alicloud.cen.BandwidthLimit("limit", {{ description: {json.dumps(text)} }});\n')


@pytest.mark.parametrize("step", ["  ", "\t"])
def test_typescript_is_indented_as_the_file_is(tmp_path, step):
    """Two spaces, as Prettier has it, or tabs; and four where a call is written on one line."""
    limit = f'new alicloud.cen.BandwidthLimit("limit", {{\n{step}bandwidthLimit: 4,\n}});\n'
    add = [Add(type="alicloud:cen/transitRouter:TransitRouter", name="hub", properties={"cenId": "cen-1"})]
    text = after(written(tmp_path, "nodejs", TYPESCRIPT + limit, add, urn("limit")))

    assert text.endswith(f'("hub", {{\n{step}cenId: "cen-1",\n}});\n')
