#!/usr/bin/env bash
# Pulumi's Python SDK turns `ignore_changes=["transit_router_name"]` into the property's own name, transitRouterName. Of a path it
# turns nothing: "zone_mappings[0].vswitch_id" is sent as it is written, and the engine, which finds no such property before or
# after, says that all is well and ignores nothing: the attachment is changed by an option that should have kept it. The same path
# in the property's own words is followed. `replace_on_changes` and `additional_secret_outputs` go the same way.
# Needs python3 and go. Seen with pulumi 3.272.0, pulumi-alicloud 4.0.0 (PyPI) and github.com/pulumi/pulumi/sdk/v3 3.276.0.
# cenguard takes the paths as the SDK sends them and follows them as the engine does (cenguard/assembly/ignored.py);
# tests/assembly/test_ignored_paths.py.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi==3.272.0 pulumi-alicloud==4.0.0
cat > program.py <<'PY'
import pulumi
import pulumi_alicloud as alicloud
from pulumi.runtime.mocks import MockMonitor


class Engine(pulumi.runtime.Mocks):
    def new_resource(self, args):
        return f"{args.name}-id", args.inputs

    def call(self, args):
        return {}


class Monitor(MockMonitor):
    def RegisterResource(self, request):
        if request.custom:
            print("ignored:", *request.ignoreChanges)
            print("replaced:", *request.replaceOnChanges)
            print("secret:", *request.additionalSecretOutputs)
        return super().RegisterResource(request)


pulumi.runtime.set_mocks(Engine(), monitor=Monitor(Engine()))
PATH = "zone_mappings[0].vswitch_id"


@pulumi.runtime.test
def program():
    options = pulumi.ResourceOptions(
        ignore_changes=["transit_router_id", PATH],
        replace_on_changes=["transit_router_id", PATH],
        additional_secret_outputs=["transit_router_id", PATH],
    )
    zones = [{"zone_id": "cn-beijing-a", "vswitch_id": "vsw-2"}]
    alicloud.cen.TransitRouterVpcAttachment("shop", vpc_id="vpc-1", zone_mappings=zones, opts=options)


program()
PY
cat > main.go <<'GO'
package main

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func inputs(vswitch string) resource.PropertyMap {
	zone := map[string]interface{}{"zoneId": "cn-beijing-a", "vswitchId": vswitch}
	return resource.NewPropertyMapFromMap(map[string]interface{}{"zoneMappings": []interface{}{zone}})
}

func main() {
	for _, text := range []string{"zone_mappings[0].vswitch_id", "zoneMappings[0].vswitchId", "zoneMappings[1].vswitchId"} {
		path, err := resource.ParsePropertyPath(text)
		if err != nil {
			panic(err)
		}
		now := inputs("vsw-2")
		fmt.Println(text, path.Reset(inputs("vsw-1"), now), now.Mappable()["zoneMappings"])
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi/sdk/v3@v3.276.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
{ env/bin/python program.py; go run .; } | tee seen
for option in ignored replaced secret; do
    grep -qxF "$option: transitRouterId zone_mappings[0].vswitch_id" seen
done
grep -qxF 'zone_mappings[0].vswitch_id true [map[vswitchId:vsw-2 zoneId:cn-beijing-a]]' seen
grep -qxF 'zoneMappings[0].vswitchId true [map[vswitchId:vsw-1 zoneId:cn-beijing-a]]' seen
grep -qxF 'zoneMappings[1].vswitchId false [map[vswitchId:vsw-2 zoneId:cn-beijing-a]]' seen
echo "as before"
