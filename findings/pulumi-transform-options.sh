#!/usr/bin/env bash
# A transform that adds one option to those it was given, as the documentation's example adds `ignoreChanges`, changes others with it. In
# Node.js the options come with `deleteBeforeReplace: false` where nobody had set it, and go back so: a provider that has a resource deleted
# before it is replaced (as bridged ones do where the name is fixed) is no longer heard, and the new one is created beside the old one. In
# Python and Go it is the other way round: where the program did say false, that is lost, and what was to be created first is deleted first.
# `replaceWith` does not come through there either: the resource is no longer replaced with the other one. None of the three carries
# `hideDiffs`. Nothing is said of it, and a transform of a component or of the stack does so to all that is below.
# Needs python3, node, npm and go, and minutes for the first build. Seen with pulumi 3.272.0 (PyPI), @pulumi/pulumi 3.276.0 (npm),
# github.com/pulumi/pulumi/sdk/v3 and pkg/v3 3.276.0. The engine is run as a library, over a provider that only notes what it is asked.
# cenguard takes the order from the steps that the engine planned, whoever asked for it (policy_pack/README.md, "What the engine does around
# it"; tests/readers/test_preview.py, test_the_half_that_is_told_first_goes_first).
set -euo pipefail
place=$(mktemp -d); trap 'chmod -R u+w "$place"; rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi==3.272.0
npm install --silent --no-audit --no-fund @pulumi/pulumi@3.276.0 > /dev/null
cat > program.py <<'PY'
import asyncio
import sys

import pulumi
from pulumi import ResourceOptions
from pulumi.runtime import Settings, configure, run_in_stack

monitor, messages, cidr = sys.argv[1:]


class Part(pulumi.CustomResource):
    def __init__(self, name, props, opts=None):
        super().__init__("net:index:Part", name, props, opts)


def ignoring(args):
    return pulumi.ResourceTransformResult(args.props, ResourceOptions.merge(args.opts, ResourceOptions(ignore_changes=["tags"])))


def program():
    other = Part("other", {"cidr": cidr})
    for kind, transforms in (("plain", []), ("transformed", [ignoring])):
        around = pulumi.ComponentResource("net:index:Around", kind, None, ResourceOptions(transforms=transforms))
        Part(f"{kind}-fixed", {"cidr": cidr}, ResourceOptions(parent=around))
        Part(f"{kind}-told", {"cidr": cidr}, ResourceOptions(parent=around, delete_before_replace=False))
        Part(f"{kind}-follower", {"note": "a"}, ResourceOptions(parent=around, replace_with=[other], hide_diffs=["note"]))


configure(Settings(project="test", stack="test", monitor=monitor, engine=messages, dry_run=False))
asyncio.new_event_loop().run_until_complete(run_in_stack(program))
PY
cat > program.js <<'JS'
const pulumi = require("@pulumi/pulumi");
class Part extends pulumi.CustomResource {
    constructor(name, props, opts) { super("net:index:Part", name, props, opts); }
}
const ignoring = ({props, opts}) => ({props, opts: pulumi.mergeOptions(opts, {ignoreChanges: ["tags"]})});
const cidr = process.env.CIDR;
const other = new Part("other", {cidr});
for (const [kind, transforms] of [["plain", []], ["transformed", [ignoring]]]) {
    const parent = new pulumi.ComponentResource("net:index:Around", kind, {}, {transforms});
    new Part(`${kind}-fixed`, {cidr}, {parent});
    new Part(`${kind}-told`, {cidr}, {parent, deleteBeforeReplace: false});
    new Part(`${kind}-follower`, {note: "a"}, {parent, replaceWith: [other], hideDiffs: ["note"]});
}
JS
cat > program_test.go <<'GO'
package findings

import (
	"context"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

type part struct{ pulumi.CustomResourceState }

type component struct{ pulumi.ResourceState }

func ignoring(_ context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
	args.Opts.IgnoreChanges = append(args.Opts.IgnoreChanges, "tags")
	return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
}

func program(ctx *pulumi.Context, cidr string) error {
	var other part
	properties := pulumi.Map{"cidr": pulumi.String(cidr)}
	if err := ctx.RegisterResource("net:index:Part", "other", properties, &other); err != nil {
		return err
	}
	for kind, transforms := range map[string][]pulumi.ResourceTransform{"plain": nil, "transformed": {ignoring}} {
		var around component
		if err := ctx.RegisterComponentResource("net:index:Around", kind, &around, pulumi.Transforms(transforms)); err != nil {
			return err
		}
		below := pulumi.Parent(&around)
		if err := ctx.RegisterResource("net:index:Part", kind+"-fixed", properties, &part{}, below); err != nil {
			return err
		}
		told := pulumi.DeleteBeforeReplace(false)
		if err := ctx.RegisterResource("net:index:Part", kind+"-told", properties, &part{}, below, told); err != nil {
			return err
		}
		with, hidden := pulumi.ReplaceWith([]pulumi.Resource{&other}), pulumi.HideDiffs([]string{"note"})
		note := pulumi.Map{"note": pulumi.String("a")}
		if err := ctx.RegisterResource("net:index:Part", kind+"-follower", note, &part{}, below, with, hidden); err != nil {
			return err
		}
	}
	return nil
}
GO
cat > engine_test.go <<'GO'
package findings

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/pkg/v3/engine"
	lt "github.com/pulumi/pulumi/pkg/v3/engine/lifecycletest/framework"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy"
	"github.com/pulumi/pulumi/pkg/v3/resource/deploy/deploytest"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Where an SDK's messages go.
type ear struct{ pulumirpc.UnimplementedEngineServer }

func (ear) Log(context.Context, *pulumirpc.LogRequest) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

// A provider's notes.
type notes struct {
	lock sync.Mutex
	made int
	done []string
}

func (n *notes) provider() (plugin.Provider, error) {
	return &deploytest.Provider{
		CreateF: func(_ context.Context, request plugin.CreateRequest) (plugin.CreateResponse, error) {
			n.lock.Lock()
			defer n.lock.Unlock()
			n.made++
			n.done = append(n.done, "create "+request.URN.Name())
			return plugin.CreateResponse{ID: resource.ID(fmt.Sprint("id-", n.made)), Properties: request.Properties}, nil
		},
		DeleteF: func(_ context.Context, request plugin.DeleteRequest) (plugin.DeleteResponse, error) {
			n.lock.Lock()
			defer n.lock.Unlock()
			n.done = append(n.done, "delete "+request.URN.Name())
			return plugin.DeleteResponse{}, nil
		},
		DiffF: func(_ context.Context, request plugin.DiffRequest) (plugin.DiffResult, error) {
			changed := []resource.PropertyKey{}
			for key, value := range request.NewInputs.All {
				if !value.Equals(request.OldInputs.Get(key)) {
					changed = append(changed, resource.PropertyKey(key))
				}
			}
			if len(changed) == 0 {
				return plugin.DiffResult{Changes: plugin.DiffNone}, nil
			}
			return plugin.DiffResult{Changes: plugin.DiffSome, ChangedKeys: changed, ReplaceKeys: changed, DeleteBeforeReplace: true}, nil
		},
	}, nil
}

func start(language, monitor, messages, cidr string) error {
	var command *exec.Cmd
	switch language {
	case "Python":
		command = exec.Command("env/bin/python", "program.py", monitor, messages, cidr)
	case "Node.js":
		command = exec.Command("node", "node_modules/@pulumi/pulumi/cmd/run", "--monitor", monitor, "--engine", messages,
			"--project", "test", "--stack", "test", "--pwd", ".", "./program.js")
		command.Env = append(os.Environ(), "CIDR="+cidr)
	default:
		info := pulumi.RunInfo{Project: "test", Stack: "test", MonitorAddr: monitor, EngineAddr: messages}
		ctx, err := pulumi.NewContext(context.Background(), info)
		if err != nil {
			return err
		}
		return pulumi.RunWithContext(ctx, func(ctx *pulumi.Context) error { return program(ctx, cidr) })
	}
	said, err := command.CombinedOutput()
	os.Stderr.Write(said)
	return err
}

func TestTransforms(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	pulumirpc.RegisterEngineServer(server, ear{})
	go server.Serve(listener)
	defer server.Stop()
	for _, language := range []string{"Python", "Node.js", "Go"} {
		notes, cidr := notes{}, "10.0.0.0/8"
		run := deploytest.NewLanguageRuntimeF(func(info plugin.RunInfo, _ *deploytest.ResourceMonitor) error {
			return start(language, info.MonitorAddress, listener.Addr().String(), cidr)
		})
		loader := deploytest.NewProviderLoader("net", semver.MustParse("1.0.0"), notes.provider)
		plan := &lt.TestPlan{}
		options := lt.TestUpdateOptions{T: t, SkipDisplayTests: true, HostF: deploytest.NewPluginHostF(nil, nil, run, nil, nil, loader)}
		update := func(old *deploy.Snapshot) *deploy.Snapshot {
			state, err := lt.TestOp(engine.Update).Run(plan.GetProject(), plan.GetTarget(t, old), options, false, plan.BackendClient, nil)
			if err != nil {
				t.Fatal(language, err)
			}
			return state
		}
		state := update(nil)
		hidden := map[string]int{}
		for _, each := range state.Resources {
			hidden[each.URN.Name()] = len(each.HideDiff)
		}
		notes.done, cidr = nil, "172.16.0.0/12"
		update(state)
		for _, kind := range []string{"plain", "transformed"} {
			order := func(name string) string {
				if slices.Index(notes.done, "create "+kind+name) < slices.Index(notes.done, "delete "+kind+name) {
					return "created first"
				}
				return "deleted first"
			}
			replaced := "replaced with the other"
			if !slices.Contains(notes.done, "create "+kind+"-follower") {
				replaced = "left alone"
			}
			fmt.Printf("%s, %s: the fixed one is %s, the one told otherwise %s, the follower %s, hidden diffs %d\n", language, kind,
				order("-fixed"), order("-told"), replaced, hidden[kind+"-follower"])
		}
	}
}
GO
cat > go.mod <<'MOD'
module findings

go 1.24

require (
	github.com/pulumi/pulumi/pkg/v3 v3.276.0
	github.com/pulumi/pulumi/sdk/v3 v3.276.0
)
MOD
go mod tidy 2> says || { cat says; exit 1; }
go test -c -o transforms . 2> says || { cat says; exit 1; }
timeout 300 ./transforms 2> says | tee seen || { tail -n 20 says; exit 1; }
plain="the fixed one is deleted first, the one told otherwise created first, the follower replaced with the other, hidden diffs 1"
for language in Python Node.js Go; do
    grep -qxF "$language, plain: $plain" seen
done
for language in Python Go; do
    grep -qxF "$language, transformed: the fixed one is deleted first, the one told otherwise deleted first, the follower left alone, hidden diffs 0" seen
done
node="the fixed one is created first, the one told otherwise created first, the follower replaced with the other, hidden diffs 0"
grep -qxF "Node.js, transformed: $node" seen
echo "as before"
