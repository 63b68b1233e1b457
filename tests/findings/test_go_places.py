"""Edits of a fix in Go programs."""

import shutil
import subprocess

import pytest

from cenguard.findings.fix import Add, Options, Ref, Set
from tests.findings.placing import stands_alone
from tests.findings.written import BUY, KINDS, WAIT, after, urn, written

GO = """\
package main

import (
	"github.com/pulumi/pulumi-alicloud/sdk/v3/go/alicloud/cen"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		core, err := cen.NewInstance(ctx, "core", nil)
		if err != nil {
			return err
		}
		bj, err := cen.NewInstanceAttachment(ctx, "bj", &cen.InstanceAttachmentArgs{
			InstanceId: core.ID(),
		})
		if err != nil {
			return err
		}
		us, err := cen.NewInstanceAttachment(ctx, "us", &cen.InstanceAttachmentArgs{InstanceId: core.ID()})
		if err != nil {
			return err
		}
BODY
		return nil
	})
}
"""
GO_LIMIT = """\
		if _, err := cen.NewBandwidthLimit(ctx, "limit", &cen.BandwidthLimitArgs{
			BandwidthLimit: pulumi.Int(4), // Mbps
		}OPTIONS); err != nil {
			return err
		}"""


@pytest.mark.parametrize(
    ("options", "made"),
    [
        ("", ", pulumi.DependsOn([]pulumi.Resource{bj, us})"),
        (", pulumi.DependsOn([]pulumi.Resource{core})", ", pulumi.DependsOn([]pulumi.Resource{core, bj, us})"),
        (", pulumi.DependsOn(all)", ", pulumi.DependsOn(all), pulumi.DependsOn([]pulumi.Resource{bj, us})"),
        (", pulumi.Protect(false)", ", pulumi.Protect(false), pulumi.DependsOn([]pulumi.Resource{bj, us})"),
    ],
)
def test_go_adds_to_what_is_there(tmp_path, options, made):
    text = GO.replace("BODY", GO_LIMIT.replace("OPTIONS", options))

    assert after(written(tmp_path, "go", text, [WAIT])) == GO.replace("BODY", GO_LIMIT.replace("OPTIONS", made))


def test_go_new_resources_return_their_errors_and_are_formatted(tmp_path):
    needs = Set(urn=urn("limit"), properties={"bandwidthLimit": 5}, options=Options(depends_on=("new:china-eu-attachment",)))
    last = Add(
        name="last", type=KINDS["limit"], properties={"instanceId": Ref(urn("core")), "regionIds": ("cn-beijing", "us-west-1")}
    )
    edits = [*BUY, needs, last, Set(urn=urn("core"), properties={"protectionLevel": "REDUCED"})]
    text = after(written(tmp_path, "go", GO.replace("BODY", GO_LIMIT.replace("OPTIONS", "")), edits))

    assert "\t\tchinaEuAttachment, err := cen.NewBandwidthPackageAttachment(ctx, " in text
    assert '\t\tif _, err := cen.NewBandwidthLimit(ctx, "last", &cen.BandwidthLimitArgs{\n' in text
    assert 'cen.NewInstance(ctx, "core", &cen.InstanceArgs{ProtectionLevel: pulumi.String("REDUCED")})' in text
    assert 'pulumi.StringArray{pulumi.String("cn-beijing"), pulumi.String("us-west-1")}' in text
    if shutil.which("gofmt"):
        assert subprocess.run(["gofmt"], input=text, capture_output=True, text=True, check=True).stdout == text


@pytest.mark.parametrize(
    ("rows", "made"),
    [
        (
            ["InstanceId:     core.ID(),", "BandwidthLimit: pulumi.Int(4),"],
            [
                "InstanceId:     core.ID(),",
                "BandwidthLimit: pulumi.Int(4),",
                'RegionIds:      pulumi.StringArray{pulumi.String("cn-beijing"), pulumi.String("us-west-1")},',
            ],
        ),
        (
            ["BandwidthLimit: pulumi.Int(", "\t4,", "),", "Id: nil,"],
            [
                "BandwidthLimit: pulumi.Int(",
                "\t4,",
                "),",
                "Id:        nil,",
                'RegionIds: pulumi.StringArray{pulumi.String("cn-beijing"), pulumi.String("us-west-1")},',
            ],
        ),
    ],
)
def test_go_a_new_field_stands_in_line_with_those_above_it(tmp_path, rows, made):
    """As gofmt has it, which pipelines ask for."""
    call = 'if _, err := cen.NewBandwidthLimit(ctx, "limit", &cen.BandwidthLimitArgs{\n%s\t\t}); err != nil {\n\t\t\treturn err\n\t\t}'
    text, wanted = (GO.replace("BODY", "\t\t" + call % "".join(f"\t\t\t{row}\n" for row in found)) for found in (rows, made))

    edit = Set(urn=urn("limit"), properties={"regionIds": ("cn-beijing", "us-west-1")}, options=Options())
    assert after(written(tmp_path, "go", text, [edit])) == wanted


@pytest.mark.parametrize(
    "text",
    [
        GO.replace("BODY", "\t\tfor range 2 {\n" + GO_LIMIT.replace("OPTIONS", "") + "\n\t\t}"),
        GO.replace("BODY", GO_LIMIT.replace("OPTIONS", "")).replace(
            "pulumi.Run(func(ctx *pulumi.Context) error {", "make(func(ctx *pulumi.Context) error {"
        ),
        GO.replace("BODY", GO_LIMIT.replace("OPTIONS", ", all...")),
    ],
)
def test_go_what_is_not_certain_has_no_place(tmp_path, text):
    code = written(tmp_path, "go", text, [WAIT])

    assert not code.changes
    assert stands_alone(code)


def test_go_arguments_by_their_place_are_not_added_to(tmp_path):
    """A literal names all its fields or none."""
    limit = GO_LIMIT.replace("OPTIONS", "").replace("BandwidthLimit: pulumi.Int(4), // Mbps", "pulumi.Int(4), core.ID(), nil,")
    code = written(
        tmp_path, "go", GO.replace("BODY", limit), [Set(urn=urn("limit"), properties={"bandwidthLimit": 5}, options=Options())]
    )

    assert code.bound
    assert not code.changes
    assert "not written out" in code.why_not
