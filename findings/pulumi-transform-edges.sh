#!/usr/bin/env bash
# A transform of a resource (`transforms=[…]`) that gives back what it was given takes away what the resource's properties came from.
# The engine hands each value to the transform with the resources it depends on, and takes those that the answer names; the SDKs for Python,
# Node.js and Go answer with the bare values. The state says of such a resource that none of its properties comes from another one
# (`propertyDependencies`), and previews and policies are told so. When the other one is to be deleted before it is replaced, all that hangs on
# it goes first; this resource does not, and what it hangs on is deleted under it, without a word.
# A transform that answers nothing (None, undefined, nil) takes nothing away, nor does the same transform on a component around the resource.
# Needs python3, node, npm and go, and minutes for the first build. Seen with pulumi 3.272.0 (PyPI), @pulumi/pulumi 3.276.0 (npm),
# github.com/pulumi/pulumi/sdk/v3 and pkg/v3 3.276.0. The engine is run as a library, over a provider that only notes what it is asked.
# cenguard calls what such a resource hangs on undetermined (policy_pack/README.md, "What the engine does around it"); `cenguard check DIR`
# runs the program itself and keeps the edges: tests/readers/test_transforms.py, test_a_transform_takes_no_edges_away.
set -euo pipefail
place=$(mktemp -d); trap 'chmod -R u+w "$place"; rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi==3.272.0
npm install --silent --no-audit --no-fund @pulumi/pulumi@3.276.0 > /dev/null
cat > program.py <<'PY'
import asyncio
import sys

import pulumi
from pulumi.runtime import Settings, configure, run_in_stack

monitor, messages, cidr = sys.argv[1:]


class Part(pulumi.CustomResource):
    def __init__(self, name, props, opts=None):
        super().__init__("net:index:Part", name, props, opts)


def nothing(args):
    return None


def the_same(args):
    return pulumi.ResourceTransformResult(args.props, args.opts)


def program():
    network = Part("network", {"cidr": cidr}, pulumi.ResourceOptions(delete_before_replace=True))
    around = pulumi.ComponentResource("net:index:Around", "around", None, pulumi.ResourceOptions(transforms=[the_same]))
    Part("plain", {"network": network.id})
    Part("nothing", {"network": network.id}, pulumi.ResourceOptions(transforms=[nothing]))
    Part("the-same", {"network": network.id}, pulumi.ResourceOptions(transforms=[the_same]))
    Part("child", {"network": network.id}, pulumi.ResourceOptions(parent=around))


configure(Settings(project="test", stack="test", monitor=monitor, engine=messages, dry_run=False))
asyncio.new_event_loop().run_until_complete(run_in_stack(program))
PY
cat > program.js <<'JS'
const pulumi = require("@pulumi/pulumi");
class Part extends pulumi.CustomResource {
    constructor(name, props, opts) { super("net:index:Part", name, props, opts); }
}
const nothing = () => undefined;
const theSame = ({props, opts}) => ({props, opts});
const network = new Part("network", {cidr: process.env.CIDR}, {deleteBeforeReplace: true});
const around = new pulumi.ComponentResource("net:index:Around", "around", {}, {transforms: [theSame]});
new Part("plain", {network: network.id});
new Part("nothing", {network: network.id}, {transforms: [nothing]});
new Part("the-same", {network: network.id}, {transforms: [theSame]});
new Part("child", {network: network.id}, {parent: around});
JS
cat > program_test.go <<'GO'
package findings

import (
	"context"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

type part struct{ pulumi.CustomResourceState }

type component struct{ pulumi.ResourceState }

func nothing(context.Context, *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult { return nil }

func theSame(_ context.Context, args *pulumi.ResourceTransformArgs) *pulumi.ResourceTransformResult {
	return &pulumi.ResourceTransformResult{Props: args.Props, Opts: args.Opts}
}

func program(ctx *pulumi.Context, cidr string) error {
	var network part
	err := ctx.RegisterResource("net:index:Part", "network", pulumi.Map{"cidr": pulumi.String(cidr)}, &network, pulumi.DeleteBeforeReplace(true))
	if err != nil {
		return err
	}
	var around component
	err = ctx.RegisterComponentResource("net:index:Around", "around", &around, pulumi.Transforms([]pulumi.ResourceTransform{theSame}))
	if err != nil {
		return err
	}
	for name, options := range map[string][]pulumi.ResourceOption{
		"plain":    nil,
		"nothing":  {pulumi.Transforms([]pulumi.ResourceTransform{nothing})},
		"the-same": {pulumi.Transforms([]pulumi.ResourceTransform{theSame})},
		"child":    {pulumi.Parent(&around)},
	} {
		if err := ctx.RegisterResource("net:index:Part", name, pulumi.Map{"network": network.ID()}, &part{}, options...); err != nil {
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
	lock    sync.Mutex
	made    int
	deleted []string
}

func (n *notes) provider() (plugin.Provider, error) {
	return &deploytest.Provider{
		CreateF: func(_ context.Context, request plugin.CreateRequest) (plugin.CreateResponse, error) {
			n.lock.Lock()
			defer n.lock.Unlock()
			n.made++
			return plugin.CreateResponse{ID: resource.ID(fmt.Sprint("id-", n.made)), Properties: request.Properties}, nil
		},
		DeleteF: func(_ context.Context, request plugin.DeleteRequest) (plugin.DeleteResponse, error) {
			n.lock.Lock()
			defer n.lock.Unlock()
			n.deleted = append(n.deleted, request.URN.Name())
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
			return plugin.DiffResult{Changes: plugin.DiffSome, ChangedKeys: changed, ReplaceKeys: changed}, nil
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
		for _, each := range state.Resources {
			if _, hangs := each.Inputs["network"]; hangs {
				fmt.Printf("%s, %s: depends on %v, its property on %v\n", language, each.URN.Name(), names(each.Dependencies),
					names(each.PropertyDependencies["network"]))
			}
		}
		cidr = "172.16.0.0/12"
		update(state)
		at := slices.Index(notes.deleted, "network")
		slices.Sort(notes.deleted[:at])
		fmt.Printf("%s: deleted before the network %v, after it %v\n", language, notes.deleted[:at], notes.deleted[at+1:])
	}
}

func names(urns []resource.URN) (found []string) {
	for _, urn := range urns {
		found = append(found, urn.Name())
	}
	return found
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
for language in Python Node.js Go; do
    for name in plain nothing child; do
        grep -qxF "$language, $name: depends on [network], its property on [network]" seen
    done
    grep -qxF "$language, the-same: depends on [network], its property on []" seen
    grep -qxF "$language: deleted before the network [child nothing plain], after it [the-same]" seen
done
echo "as before"
