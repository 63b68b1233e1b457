#!/usr/bin/env bash
# `pulumi preview --save-plan` writes of each resource what the program wants and the steps that get there. Of a resource that
# the program imports (the option `import`) and that is as the program says, the plan has no steps at all, where one that is
# unchanged has "same"; and its `inputDiff` is told against what the provider read, so that what both have alike is nowhere in
# the document but in `state`. One that the import changes at once has "update" and no word of the import but `goal.id`, which
# an unchanged resource keeps as long as its program names it.
# Needs go. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose engine makes the plan.
# cenguard takes such a resource for one that is imported, and its inputs from the state in the plan (cenguard/readers/plan.py);
# tests/readers/test_halves.py.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > plan_test.go <<'GO'
package finding

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/engine"
	lt "github.com/pulumi/pulumi/pkg/v3/engine/lifecycletest/framework"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/deploytest"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/pkg/v3/resource/stack"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/property"
)

func network(name string, cidr string) property.Map {
	return property.NewMap(map[string]property.Value{"vpcName": property.New(name), "cidrBlock": property.New(cidr)})
}

func TestPlan(t *testing.T) {
	provider := func() (plugin.Provider, error) {
		return &deploytest.Provider{
			ReadF: func(_ context.Context, req plugin.ReadRequest) (plugin.ReadResponse, error) {
				there := network("shop", "10.0.0.0/8")
				read := plugin.ReadResult{ID: req.ID, Inputs: &there, Outputs: &there}
				return plugin.ReadResponse{ReadResult: read, Status: resource.StatusOK}, nil
			},
			DiffF: func(_ context.Context, req plugin.DiffRequest) (plugin.DiffResult, error) {
				if req.OldInputs.Equals(req.NewInputs) {
					return plugin.DiffResult{Changes: plugin.DiffNone}, nil
				}
				return plugin.DiffResult{Changes: plugin.DiffSome}, nil
			},
			CreateF: func(_ context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
				return plugin.CreateResponse{ID: "vpc-2", Properties: req.Properties, Status: resource.StatusOK}, nil
			},
		}, nil
	}
	imports := false
	program := deploytest.NewLanguageRuntimeF(func(_ plugin.RunInfo, monitor *deploytest.ResourceMonitor) error {
		register := func(name string, inputs property.Map, id resource.ID) {
			_, err := monitor.RegisterResource("net:index:Network", name, true, deploytest.ResourceOptions{Inputs: inputs, ImportID: id})
			if err != nil {
				t.Error(err)
			}
		}
		register("unchanged", network("made", "10.0.0.0/8"), "")
		if !imports {
			return nil
		}
		register("imported", network("shop", "10.0.0.0/8"), "vpc-1")
		register("imported-changed", network("renamed", "10.0.0.0/8"), "vpc-1")
		return nil
	})
	loader := deploytest.NewProviderLoader("net", semver.MustParse("1.0.0"), provider)
	host := deploytest.NewPluginHostF(nil, nil, program, nil, nil, loader)
	p := &lt.TestPlan{Options: lt.TestUpdateOptions{T: t, HostF: host, SkipDisplayTests: true}}
	deployed, err := lt.TestOp(engine.Update).RunStep(p.GetProject(), p.GetTarget(t, nil), p.Options, false, p.BackendClient, nil, "0")
	if err != nil {
		t.Fatal(err)
	}
	imports = true
	plan, err := lt.TestOp(engine.Update).Plan(p.GetProject(), p.GetTarget(t, deployed), p.Options, p.BackendClient, nil)
	if err != nil {
		t.Fatal(err)
	}
	document, err := stack.SerializePlan(plan, config.NopEncrypter, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"unchanged", "imported", "imported-changed"} {
		one := document.ResourcePlans[p.NewURN("net:index:Network", name, "")]
		difference, _ := json.Marshal(one.Goal.InputDiff)
		fmt.Printf("%s: steps %v, id %q, inputDiff %s, state %v\n", name, one.Steps, one.Goal.ID, difference, one.Outputs)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi/pkg/v3@v3.276.0 github.com/pulumi/pulumi/sdk/v3@v3.276.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go test -run TestPlan -v . | tee seen
grep -qxF 'unchanged: steps [same], id "", inputDiff {}, state map[cidrBlock:10.0.0.0/8 vpcName:made]' seen
grep -qxF 'imported: steps [], id "vpc-1", inputDiff {}, state map[cidrBlock:10.0.0.0/8 vpcName:shop]' seen
grep -qxF 'imported-changed: steps [update], id "vpc-1", inputDiff {"updates":{"vpcName":"renamed"}}, state map[cidrBlock:10.0.0.0/8 vpcName:renamed]' seen
echo "as before"
