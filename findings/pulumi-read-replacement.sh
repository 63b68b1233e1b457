#!/usr/bin/env bash
# A program that made a resource may read another one in its place (`Package("first")` becomes `Package.get("first", "other-1")`): Pulumi
# replaces it, says so in the preview ("replace", and "delete original"), and deletes the old one at the end of the update. Where the
# update fails before that, the old one is neither deleted nor in the state any more. No later update, refresh or destroy knows
# of it, and what is billed goes on. No message says so; the next preview shows nothing to delete.
# Of an ordinary replacement the old one stays in the state with `delete: true` in the same update, and the next one deletes it. The engine's
# own comment says of a read that it marks what it replaces as pending deletion; no issue of this was found.
# Needs go and python3, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose command is
# built, and github.com/pulumi/pulumi-yaml 1.38.1, which runs the program. The provider is one of these lines, its cloud a folder.
# cenguard takes `read-replacement` of a preview for the removal that it is (CEN404); of the state after such an update it cannot
# know. tests/readers/test_looked_up.py, test_it_is_deleted.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
mkdir command bin net cloud
cd command
cat > main.go <<'GO'
package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/deploytest"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

const schema = `{"name": "net", "version": "1.0.0", "resources": {
"net:index:Package": {"inputProperties": {"mbps": {"type": "integer"}}, "properties": {"mbps": {"type": "integer"}}},
"net:index:Limit": {"inputProperties": {"package": {"type": "string"}}, "properties": {"package": {"type": "string"}}}}}`

func main() {
	inCloud := func(id resource.ID) string { return filepath.Join(os.Getenv("CLOUD"), string(id)) }
	stands := func(id resource.ID) bool { _, err := os.Stat(inCloud(id)); return err == nil }
	net := &deploytest.Provider{
		Name: "net",
		GetSchemaF: func(context.Context, plugin.GetSchemaRequest) (plugin.GetSchemaResponse, error) {
			return plugin.GetSchemaResponse{Schema: []byte(schema)}, nil
		},
		DiffF: func(_ context.Context, req plugin.DiffRequest) (plugin.DiffResult, error) {
			if req.OldInputs.Equals(req.NewInputs) {
				return plugin.DiffResult{Changes: plugin.DiffNone}, nil
			}
			return plugin.DiffResult{Changes: plugin.DiffSome, ReplaceKeys: []resource.PropertyKey{"mbps", "package"}}, nil
		},
		CreateF: func(_ context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
			id := resource.ID(req.URN.Name() + "-1")
			if stands(id) {
				id = resource.ID(req.URN.Name() + "-2")
			}
			if !req.Preview {
				if os.Getenv("REFUSED") == req.URN.Name() {
					return plugin.CreateResponse{Status: resource.StatusUnknown}, errors.New("the quota is used up")
				}
				if err := os.WriteFile(inCloud(id), nil, 0o600); err != nil {
					return plugin.CreateResponse{Status: resource.StatusUnknown}, err
				}
			}
			return plugin.CreateResponse{ID: id, Properties: req.Properties, Status: resource.StatusOK}, nil
		},
		ReadF: func(_ context.Context, req plugin.ReadRequest) (plugin.ReadResponse, error) {
			read := plugin.ReadResult{}
			if stands(req.ID) {
				read = plugin.ReadResult{ID: req.ID, Inputs: &req.Inputs, Outputs: &req.State}
			}
			return plugin.ReadResponse{ReadResult: read, Status: resource.StatusOK}, nil
		},
		DeleteF: func(_ context.Context, req plugin.DeleteRequest) (plugin.DeleteResponse, error) {
			return plugin.DeleteResponse{Status: resource.StatusOK}, os.Remove(inCloud(req.ID))
		},
	}
	serve := func(*provider.HostClient) (rpc.ResourceProviderServer, error) { return plugin.NewProviderServer(net), nil }
	if err := provider.Main("net", serve); err != nil {
		panic(err)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v3.276.0 github.com/pulumi/pulumi/sdk/v3@v3.276.0 \
    github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml@v1.38.1 >/dev/null 2>&1
go build -o ../bin/ github.com/pulumi/pulumi/pkg/v3/cmd/pulumi github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml
go build -o ../bin/pulumi-resource-net .
cd ../net
export PATH="$place/bin:$PATH" CLOUD="$place/cloud"
export PULUMI_BACKEND_URL="file://$place" PULUMI_HOME="$place/home" PULUMI_CONFIG_PASSPHRASE="" PULUMI_SKIP_UPDATE_CHECK=true
cat > ../told.py <<'PY'
import json
import sys

kept = json.load(sys.stdin)["deployment"].get("resources", [])
print("state", *(item["id"] + " (delete)" * item.get("delete", False) for item in kept if item["type"].startswith("net:")))
PY
told() { echo "$1: cloud $(ls "$CLOUD" | tr '\n' ' ')- $(pulumi stack export | python3 ../told.py)"; }
program() {
    printf '%s\n' 'name: net' 'runtime: yaml' 'resources:' "  first: {type: net:Package, $1}" \
        '  limit: {type: net:Limit, properties: {package: "${first.id}"}}' > Pulumi.yaml
}
up() { pulumi up --yes --skip-preview >/dev/null 2>&1 || echo "the update fails"; }
{
    for change in 'properties: {mbps: 9}' 'get: {id: other-1}'; do
        echo "$change"
        rm -f "$CLOUD"/*
        touch "$CLOUD/other-1"
        program 'properties: {mbps: 5}'
        pulumi stack init dev >/dev/null 2>&1
        up
        told "  made"
        program "$change"
        REFUSED=limit up
        told "  the limit was refused"
        up
        told "  again"
        pulumi destroy --yes --skip-preview >/dev/null 2>&1
        told "  destroyed"
        pulumi stack rm --yes >/dev/null 2>&1
    done
} | tee ../seen
cat > ../expected <<'END'
properties: {mbps: 9}
  made: cloud first-1 limit-1 other-1 - state first-1 limit-1
the update fails
  the limit was refused: cloud first-1 first-2 limit-1 other-1 - state first-2 first-1 (delete) limit-1
  again: cloud first-2 limit-2 other-1 - state first-2 limit-2
  destroyed: cloud other-1 - state
get: {id: other-1}
  made: cloud first-1 limit-1 other-1 - state first-1 limit-1
the update fails
  the limit was refused: cloud first-1 limit-1 other-1 - state other-1 limit-1
  again: cloud first-1 limit-2 other-1 - state other-1 limit-2
  destroyed: cloud first-1 other-1 - state
END
diff ../expected ../seen
echo "as before"
