#!/usr/bin/env bash
# A component that gets another name, with an alias to the one before, moves its children: each has a new URN, and its entry of the
# state has the old one. In a plan of `pulumi preview --save-plan` the component has its alias (`structuredAliases`). Its children have
# no word of it, though the engine works out their aliases from the component's: their steps are "same" under URNs that no state has,
# and the old URNs are nowhere in the plan. The events of the same preview tell the old URN of each.
# Needs go. Seen with github.com/pulumi/pulumi/pkg/v3 and sdk/v3 3.276.0, whose engine makes the plan.
# cenguard hands the names down as the engine does when it reads a plan beside an export (cenguard/readers/moves.py);
# tests/recordings/partial/moved-with-parent has what the engine wrote, and the answer.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > moves_test.go <<'GO'
package finding

import (
	"fmt"
	"testing"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/engine"
	lt "github.com/pulumi/pulumi/pkg/v3/engine/lifecycletest/framework"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/deploytest"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/pkg/v3/resource/stack"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func TestMoves(t *testing.T) {
	name, before := "hub", []*pulumirpc.Alias(nil)
	program := deploytest.NewLanguageRuntimeF(func(_ plugin.RunInfo, monitor *deploytest.ResourceMonitor) error {
		hub, err := monitor.RegisterResource("net:index:Hub", name, false, deploytest.ResourceOptions{Aliases: before})
		if err != nil {
			return err
		}
		_, err = monitor.RegisterResource("net:index:Package", "package", true, deploytest.ResourceOptions{Parent: hub.URN})
		return err
	})
	provider := func() (plugin.Provider, error) { return &deploytest.Provider{}, nil }
	loader := deploytest.NewProviderLoader("net", semver.MustParse("1.0.0"), provider)
	host := deploytest.NewPluginHostF(nil, nil, program, nil, nil, loader)
	p := &lt.TestPlan{Options: lt.TestUpdateOptions{T: t, HostF: host, SkipDisplayTests: true}}
	deployed, err := lt.TestOp(engine.Update).RunStep(p.GetProject(), p.GetTarget(t, nil), p.Options, false, p.BackendClient, nil, "0")
	if err != nil {
		t.Fatal(err)
	}
	name = "backbone"
	before = []*pulumirpc.Alias{{Alias: &pulumirpc.Alias_Spec_{Spec: &pulumirpc.Alias_Spec{Name: "hub"}}}}
	watch := func(_ workspace.Project, _ deploy.Target, _ engine.JournalEntries, events []engine.Event, err error) error {
		for _, event := range events {
			if payload, is := event.Payload().(engine.ResourcePreEventPayload); is && payload.Metadata.URN.Name() == "package" {
				fmt.Printf("preview: %s was under %s\n", payload.Metadata.URN.Name(), payload.Metadata.Old.Parent.Name())
			}
		}
		return err
	}
	plan, err := lt.TestOp(engine.Update).Plan(p.GetProject(), p.GetTarget(t, deployed), p.Options, p.BackendClient, watch)
	if err != nil {
		t.Fatal(err)
	}
	document, err := stack.SerializePlan(plan, config.NopEncrypter, false)
	if err != nil {
		t.Fatal(err)
	}
	for urn, one := range document.ResourcePlans {
		if urn.Name() == "backbone" || urn.Name() == "package" || urn.Name() == "hub" {
			fmt.Printf("plan: %s %v, other names: %d\n", urn.Name(), one.Steps, len(one.Goal.Aliases)+len(one.Goal.AliasURNs))
		}
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi/pkg/v3@v3.276.0 github.com/pulumi/pulumi/sdk/v3@v3.276.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go test -run TestMoves -v . | tee seen
grep -qx "preview: package was under hub" seen
grep -qx 'plan: backbone \[same\], other names: 1' seen
grep -qx 'plan: package \[same\], other names: 0' seen
if grep -q "plan: hub" seen; then exit 1; fi
echo "as before"
