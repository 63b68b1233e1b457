"""What is neither a plan nor a state is refused as what it is."""

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers.sources import read_document
from tests.readers.terraform.documents import read


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest", "binary form"),
        (b"\x1b[31m\xe2\x95\xb7\x1b[0m\nError: Failed to read", "message to people"),
        (b"Warning: Something\n", "message to people"),
        (b'{"format_version": "2.0", "planned_values": {}}', "versions 0 and 1"),
        (
            b'{"version": 3, "serial": 1, "lineage": "a", "modules": []}',
            "version 4 are read, not 3: give what `show -json FILE` of Terraform 0.12",
        ),
        (
            b'{"version": 4, "serial": 1, "resources": [{"type": "alicloud_cen_instance", "name": "core", "instances": [{"attributes_flat": {"id": "x"}}]}]}',
            "has alicloud_cen_instance.core in the form of Terraform 0.11: give what `show -json FILE` of a newer version prints",
        ),
        (
            b'{"version": 5, "serial": 1, "lineage": "a", "resources": []}',
            "not 5: give what `show -json FILE` of the tool that wrote it",
        ),
        (
            b'{"version": 3, "terraform_version": "1.9.0", "backend": {"type": "oss"}}',
            "says which backend a program keeps its state in",
        ),
        (
            b'{"ID": "1", "Operation": "apply", "Info": "", "Who": "a@b", "Version": "1.9", "Created": "x", "Path": "y"}',
            "is the lock of a state",
        ),
        (b'{"cen": {"sensitive": false, "type": "string", "value": "cen-1"}}', "what `output -json` writes"),
        (b'{"@level":"info","@message":"Terraform 1.9","type":"version"}\n{"@level":"info"}\n', "stream of events"),
        (b'{"format_version": "1.0", "valid": true, "error_count": 0, "diagnostics": []}', "what `validate -json` says"),
        (b'{"format_version": "1.0", "provider_schemas": {}}', "what `providers schema -json` writes"),
        (b'{"format_version": "1.0", "function_signatures": {}}', "what `metadata functions -json` writes"),
        (b'{"format_version": "1.0", "news": 1}', "some other output, with news"),
    ],
    ids=[
        "binary plan",
        "escape",
        "warning",
        "a new format",
        "an old state",
        "old attributes",
        "a new state",
        "backend",
        "lock",
        "outputs",
        "event stream",
        "validate",
        "schemas",
        "functions",
        "something new",
    ],
)
def test_what_is_no_plan_is_refused_in_one_line(content, said):
    with pytest.raises(UnreadableInput, match=said) as refused:
        read(content)

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["main.tf", "main.tofu", "main.tf.json"])
def test_a_file_of_a_program_is_refused_with_how_to_make_a_plan(name):
    with pytest.raises(UnreadableInput, match=f"{name}: is a part of a Terraform program, without values: make a plan"):
        read_document(b'{"resource": {}}', name)
