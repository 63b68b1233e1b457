#!/usr/bin/env bash
# `pulumi do TYPE create NAME` puts a resource into a stack beside those of its program. Its help says that what is given to the new one may name
# what stands there: by the names that `pulumi do show-resources` gives, or by a file of names and URNs (`--resources-file`). Of a resource of
# a program in YAML neither works in the default format, YAML:
# - the name that is shown (core_dd7204: what a program made has such an end) is looked for as coreDd7204: "undefined variable";
# - a name of the file is found, and the update ends in "Duplicate resource URN" of the one that is named.
# What names another one that `pulumi do` made is created. In both the program's own stays as it is, and what was given has to be a text, a
# copy. Pull request 24037 of pulumi brought the names, for existing resources of the stack; no issue of this was found.
# The command calls itself experimental; what it says of names is its help's.
# Needs go and python3, and minutes for the first build. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose command is
# built, and github.com/pulumi/pulumi-yaml 1.38.1, which runs the program. The provider is one of these lines, and keeps nothing.
# cenguard takes a preview that ends at a second resource of one name for no whole one (cenguard/readers/preview.py);
# tests/readers/test_partial.py reads such a one (tests/recordings/partial/one-name-twice).
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
mkdir command bin net
cd command
cat > main.go <<'GO'
package main

import (
	"context"

	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/deploytest"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

const schema = `{"name": "net", "version": "1.0.0", "resources": {"net:index:Limit": {
"inputProperties": {"of": {"type": "string"}}, "properties": {"of": {"type": "string"}}}}}`

func main() {
	net := &deploytest.Provider{
		Name: "net",
		GetSchemaF: func(context.Context, plugin.GetSchemaRequest) (plugin.GetSchemaResponse, error) {
			return plugin.GetSchemaResponse{Schema: []byte(schema)}, nil
		},
		CreateF: func(_ context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
			return plugin.CreateResponse{ID: resource.ID(req.URN.Name() + "-1"), Properties: req.Properties, Status: resource.StatusOK}, nil
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
    github.com/pulumi/pulumi-yaml/cmd/pulumi-{language,converter}-yaml@v1.38.1 >/dev/null 2>&1
go build -o ../bin/ github.com/pulumi/pulumi/pkg/v3/cmd/pulumi github.com/pulumi/pulumi-yaml/cmd/pulumi-{language,converter}-yaml
go build -o ../bin/pulumi-resource-net .
cd ../net
export PATH="$place/bin:$PATH"
export PULUMI_BACKEND_URL="file://$place" PULUMI_HOME="$place/home" PULUMI_CONFIG_PASSPHRASE="" PULUMI_SKIP_UPDATE_CHECK=true
pulumi plugin install resource net 1.0.0 --file "$place/bin/pulumi-resource-net" >/dev/null 2>&1
printf '%s\n' 'name: net' 'runtime: yaml' 'resources: {core: {type: net:Limit, properties: {of: x}}}' > Pulumi.yaml
made() { # the name of what is made, and the name that it is given
    printf 'of: "${%s.of}"\n' "$2" > ../given.yaml
    if pulumi do --package net@1.0.0 net:index:Limit create "$1" --yes --input-file ../given.yaml "${@:3}" > ../said 2>&1; then
        echo "  created"
    else
        grep -Eo "undefined variable|Duplicate resource URN '[^']*'" ../said | sort -u | sed 's/^/  /'
    fi
    echo "  stack: $(pulumi stack export | python3 -c 'import json, sys
kept = json.load(sys.stdin)["deployment"]["resources"]
print(*sorted(item["urn"].rpartition("::")[2] for item in kept if item["type"].startswith("net:")))')"
}
{
    pulumi stack init dev >/dev/null 2>&1
    pulumi up --yes --skip-preview >/dev/null 2>&1
    shown=$(pulumi do show-resources --output json | grep -Eo 'core_[0-9a-f]+' | head -1)
    echo "shown: ${shown%_*}_…"
    echo "by the name that is shown"
    made second "$shown"
    printf '{"core": "urn:pulumi:dev::net::net:index:Limit::core"}' > ../names.json
    echo "by a name of the file"
    made second core --resources-file ../names.json
    echo "with a text of its own"
    pulumi do --package net@1.0.0 net:index:Limit create alone --yes --of y >/dev/null 2>&1 && echo "  created"
    printf '{"alone": "urn:pulumi:dev::net::net:index:Limit::alone"}' > ../names.json
    echo "of another one that the command made"
    made third alone --resources-file ../names.json
} | tee ../seen
cat > ../expected <<'END'
shown: core_…
by the name that is shown
  undefined variable
  stack: core
by a name of the file
  Duplicate resource URN 'urn:pulumi:dev::net::net:index:Limit::core'
  stack: core
with a text of its own
  created
of another one that the command made
  created
  stack: alone core third
END
diff ../expected ../seen
echo "as before"
