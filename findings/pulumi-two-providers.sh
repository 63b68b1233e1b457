#!/usr/bin/env bash
# A program for several regions has one provider for each region, all of one package, and `providers` of a component's options
# keeps one for each package: of a list the last one, without a message. What a child gets besides differs by language:
#   options of the component                  Python                         Node.js
#   providers [beijing, virginia]             virginia, no message           virginia, no message
#   providers {beijing: …, virginia: …}       the default one, no message    the default one, two warnings
#   provider beijing, providers [virginia]    virginia, with a warning       beijing
#   providers, on a resource with a provider  virginia, no message           an error
# Needs python3, node and npm. Seen with pulumi 3.272.0 (PyPI) and @pulumi/pulumi 3.276.0 (npm).
# cenguard runs the program with the user's own SDK and follows it (cenguard/readers/program/monitor.py);
# tests/readers/test_program_options.py, test_a_component_hands_down_one_provider_of_a_package.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pulumi==3.272.0
npm install --loglevel=error --no-audit --no-fund --prefix . @pulumi/pulumi@3.276.0
cat > program.py <<'PY'
import pulumi
from pulumi import CustomResource, ProviderResource, ResourceOptions

INSTANCE = "alicloud:cen/instance:Instance"


class Engine(pulumi.runtime.Mocks):
    def new_resource(self, args):
        told = (args.provider or "::default::").split("::")[-2]
        if args.typ == INSTANCE:
            print(f"python: {args.name}: {told}\n", end="")
        return f"{args.name}-id", args.inputs

    def call(self, args):
        return {}


class Hub(pulumi.ComponentResource):
    def __init__(self, name, **options):
        super().__init__("net:index:Hub", name, {}, ResourceOptions(**options))
        CustomResource(INSTANCE, name, {}, ResourceOptions(parent=self))


pulumi.runtime.set_mocks(Engine())


@pulumi.runtime.test
def program():
    beijing = ProviderResource("alicloud", "beijing", {"region": "cn-beijing"})
    virginia = ProviderResource("alicloud", "virginia", {"region": "us-east-1"})
    Hub("list", providers=[beijing, virginia])
    Hub("named", providers={"beijing": beijing, "virginia": virginia})
    Hub("both", provider=beijing, providers=[virginia])
    CustomResource(INSTANCE, "direct", {}, ResourceOptions(providers=[beijing, virginia]))


program()
PY
cat > program.js <<'JS'
const pulumi = require("@pulumi/pulumi");
const INSTANCE = "alicloud:cen/instance:Instance";
pulumi.runtime.setMocks({
    newResource(args) {
        if (args.type === INSTANCE) console.log(`node: ${args.name}: ${(args.provider || "::default::").split("::").at(-2)}`);
        return { id: `${args.name}-id`, state: args.inputs };
    },
    call() { return {}; },
});
class Provider extends pulumi.ProviderResource { constructor(name, region) { super("alicloud", name, { region }); } }
class Instance extends pulumi.CustomResource { constructor(name, options) { super(INSTANCE, name, {}, options); } }
class Hub extends pulumi.ComponentResource {
    constructor(name, options) {
        super("net:index:Hub", name, {}, options);
        new Instance(name, { parent: this });
    }
}
const beijing = new Provider("beijing", "cn-beijing"), virginia = new Provider("virginia", "us-east-1");
new Hub("list", { providers: [beijing, virginia] });
new Hub("named", { providers: { beijing, virginia } });
new Hub("both", { provider: beijing, providers: [virginia] });
try { new Instance("direct", { providers: [beijing, virginia] }); } catch (error) { console.log(`node: direct: ${error.message}`); }
JS
env/bin/python program.py > seen 2> python-says
node program.js >> seen 2> node-says
sort seen
grep -hoi "there is a conflict.*map\b\|provider resource map.*" python-says node-says | sort -u
for line in "python: list: virginia" "python: named: default" "python: both: virginia" "python: direct: virginia" \
    "node: list: virginia" "node: named: default" "node: both: beijing"; do
    grep -qx "$line" seen
done
grep -q "^node: direct: Do not supply 'providers' option to a CustomResource" seen
grep -q "conflict between the .provider. field" python-says
test "$(cat node-says seen | grep -c "doesn't match provider alicloud")" = 2
if grep -qi "match" python-says; then exit 1; fi
echo "as before"
