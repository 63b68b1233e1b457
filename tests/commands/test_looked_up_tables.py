"""A program that looks a router's tables up: whether the first of them is the system table hangs on what it asked for."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import pulumi
import pulumi_alicloud as alicloud

hangzhou = alicloud.Provider("hangzhou", region="cn-hangzhou")
there = pulumi.ResourceOptions(provider=hangzhou)
core = alicloud.cen.Instance("core")
near = alicloud.cen.TransitRouter("near", cen_id=core.id, opts=there)
{custom}
tables = alicloud.cen.get_transit_router_route_tables_output(
    transit_router_id=near.transit_router_id, {asked} opts=pulumi.InvokeOptions(provider=hangzhou)
)
first = tables.tables[0].transit_router_route_table_id
for number, name in enumerate(("plant", "office"), 1):
    vpc = alicloud.vpc.Network(name, cidr_block=f"10.{{number}}.0.0/16", opts=there)
    switches = [
        alicloud.vpc.Switch(
            f"{{name}}-{{zone}}", vpc_id=vpc.id, cidr_block=f"10.{{number}}.{{part}}.0/24", zone_id=f"cn-hangzhou-{{zone}}", opts=there
        )
        for part, zone in enumerate("hi")
    ]
    attachment = alicloud.cen.TransitRouterVpcAttachment(
        f"{{name}}-attachment",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        vpc_id=vpc.id,
        auto_publish_route_enabled=True,
        zone_mappings=[{{"zone_id": item.zone_id, "vswitch_id": item.id}} for item in switches],
        opts=there,
    )
    joined = dict(transit_router_attachment_id=attachment.transit_router_attachment_id, transit_router_route_table_id=first, opts=there)
    alicloud.cen.TransitRouterRouteTableAssociation(f"{{name}}-in", **joined)
    alicloud.cen.TransitRouterRouteTablePropagation(f"{{name}}-from", **joined)
"""
CUSTOM = 'alicloud.cen.TransitRouterRouteTable("custom", transit_router_id=near.transit_router_id, opts=there)'
SYSTEM = 'transit_router_route_table_type="System",'


@pytest.mark.parametrize(
    ("custom", "asked", "said"),
    [
        (CUSTOM, "", "plant – office on core (cn-hangzhou): undetermined"),
        (CUSTOM, SYSTEM, "plant – office on core (cn-hangzhou): assumed"),
        ("", "", "plant – office on core (cn-hangzhou): assumed"),
    ],
)
def test_the_first_of_all_tables_is_certain_where_there_is_only_one(tmp_path, custom, asked, said):
    (tmp_path / "Pulumi.yaml").write_text("name: looked-up\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM.format(custom=custom, asked=asked))
    command = [sys.executable, "-m", "cenguard", "explain", str(tmp_path), "--from", "plant", "--to", "office"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"})
    assert said in done.stdout, done.stderr
    settled = 'transitRouterRouteTableType="System" in the look-up would settle it' in " ".join(done.stdout.split())
    assert settled == ("undetermined" in said)
