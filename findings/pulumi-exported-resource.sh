#!/usr/bin/env bash
# A program in Python that exports a resource (`pulumi.export("shop", attachment)`) gives the other stacks its properties under
# Python's names at the first level, and under Pulumi's own names below it: shop["transit_router_attachment_id"], and
# shop["zone_mappings"][0]["vswitchId"]. What a program in Node.js exports has Pulumi's names at each level. So a stack in
# TypeScript that reads `shop.transitRouterAttachmentId` from one in Python gets undefined, and what waits for it is simply not set.
# (A property that is exported by itself has Pulumi's names below it from either language.)
# Needs python3, node and npm. Seen with pulumi 3.272.0 and pulumi-alicloud 4.0.0 (PyPI), @pulumi/pulumi 3.276.0 (npm).
# cenguard takes names of outputs as the other stack's state has them, and never spells them anew (cenguard/readers/program/
# sdk_patches.py, monitor.py); tests/readers/test_program_options.py, test_an_exported_resource_has_the_names_that_its_stack_gave_it.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi==3.272.0 pulumi-alicloud==4.0.0
npm install --loglevel=error --no-audit --no-fund --prefix . @pulumi/pulumi@3.276.0 >/dev/null
cat > program.py <<'PY'
import json

import pulumi
import pulumi_alicloud as alicloud
from pulumi.runtime.stack import massage  # what pulumi.export hands to the engine


class Engine(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return "tr-attach-1", {**args.inputs, "transitRouterAttachmentId": "tr-attach-1"}

    def call(self, args):
        return {}


def shown(values):
    told = {key: value for key, value in values.items() if value is not None and key not in ("id", "urn")}
    print("python:", json.dumps(told, sort_keys=True))


pulumi.runtime.set_mocks(Engine(), preview=False)


@pulumi.runtime.test
def program():
    zones = [{"zone_id": "cn-beijing-a", "vswitch_id": "vsw-1"}]
    attachment = alicloud.cen.TransitRouterVpcAttachment("shop", vpc_id="vpc-1", zone_mappings=zones)
    return pulumi.Output.from_input(massage(attachment, [])).apply(shown)


program()
PY
cat > program.js <<'JS'
const pulumi = require("@pulumi/pulumi");
pulumi.runtime.setMocks({
    newResource: (args) => ({ id: "tr-attach-1", state: { ...args.inputs, transitRouterAttachmentId: "tr-attach-1" } }),
    call: () => ({}),
});
class Attachment extends pulumi.CustomResource { // as the generated class does it
    constructor(name, args) {
        const type = "alicloud:cen/transitRouterVpcAttachment:TransitRouterVpcAttachment";
        super(type, name, { transitRouterAttachmentId: undefined, ...args });
    }
}
const zoneMappings = [{ zoneId: "cn-beijing-a", vswitchId: "vsw-1" }];
pulumi.runtime.runInPulumiStack(async () => ({ shop: new Attachment("shop", { vpcId: "vpc-1", zoneMappings }) })).then(({ shop }) => {
    const { id, urn, ...told } = shop;
    console.log("node:", JSON.stringify(told, Object.keys(told).concat("zoneId", "vswitchId").sort()));
});
JS
{ env/bin/python program.py; node program.js; } | tee seen
zones='[{"vswitchId": "vsw-1", "zoneId": "cn-beijing-a"}]'
grep -qxF "python: {\"transit_router_attachment_id\": \"tr-attach-1\", \"vpc_id\": \"vpc-1\", \"zone_mappings\": $zones}" seen
grep -qxF "node: {\"transitRouterAttachmentId\":\"tr-attach-1\",\"vpcId\":\"vpc-1\",\"zoneMappings\":${zones// /}}" seen
echo "as before"
