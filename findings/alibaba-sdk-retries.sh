#!/usr/bin/env bash
# Alibaba Cloud's documentation says of its SDKs in Python, Node.js and Go: a request that fails for the network is tried again where the
# runtime options have `autoretry` and `max_attempts`, three times unless told otherwise
# (https://www.alibabacloud.com/help/en/sdk/developer-reference/configure-a-retry-mechanism, retrieved 2026-11). The clients of today
# take both options and never look at them: one request, then the error. In Python it changed with alibabacloud-tea-openapi 0.4, on
# which the clients came by a minor version of theirs (alibabacloud-cbn20170912 1.2.3 with 0.3.16 sends four). What counts now are the
# client's own `retry_options`, which that page does not know. Who lists a fleet's packages and attachments with a script, and trusts in
# the option, fails at the first connection that is lost.
# Needs python3, node, npm and go. Seen with alibabacloud-cbn20170912 1.4.0 and alibabacloud-tea-openapi 0.4.6 (PyPI),
# @alicloud/vpc20160428 7.3.2 and @alicloud/openapi-core 1.0.8 (npm), github.com/alibabacloud-go/vpc-20160428/v6 6.12.8 and
# github.com/alibabacloud-go/darabonba-openapi/v2 2.1.13. What answers here is a stand-in for the service that hangs up on every request.
# cenguard itself asks no service. A script that makes an inventory for it is what meets this (docs/inventories.md).
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv now
now/bin/pip install -q --disable-pip-version-check alibabacloud-cbn20170912==1.4.0 alibabacloud-tea-openapi==0.4.6 \
    alibabacloud-tea-util==0.3.15 darabonba-core==1.0.9 requests==2.32.5
python3 -m venv before
before/bin/pip install -q --disable-pip-version-check alibabacloud-cbn20170912==1.2.3 alibabacloud-tea-openapi==0.3.16 \
    alibabacloud-tea-util==0.3.15 alibabacloud-tea==0.4.3 requests==2.32.5
cat > packages.py <<'PY'
import sys

from alibabacloud_cbn20170912.client import Client
from alibabacloud_cbn20170912.models import DescribeCenBandwidthPackagesRequest
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions

port, way = sys.argv[1:]
more = {}
if way == "retry_options":
    from darabonba.policy.retry import RetryCondition, RetryOptions

    lost = RetryCondition(max_attempts=3, exception=["RetryError"])
    more["retry_options"] = RetryOptions(retryable=True, retry_condition=[lost])
config = Config(access_key_id="id", access_key_secret="word", endpoint=f"127.0.0.1:{port}", protocol="http", region_id="cn-beijing", **more)
runtime = RuntimeOptions(autoretry=True, max_attempts=3) if way == "autoretry" else RuntimeOptions()
try:
    Client(config).describe_cen_bandwidth_packages_with_options(DescribeCenBandwidthPackagesRequest(), runtime)
except Exception as error:
    print(type(error).__name__, getattr(error, "name", ""), file=sys.stderr)
PY
cat > networks.js <<'JS'
const {$OpenApiUtil} = require("@alicloud/openapi-core");
const {RuntimeOptions} = require("@alicloud/tea-util");
const vpc = require("@alicloud/vpc20160428");
const [port, way] = process.argv.slice(2);
const client = new vpc.default(new $OpenApiUtil.Config({
    accessKeyId: "id", accessKeySecret: "word", endpoint: `127.0.0.1:${port}`, protocol: "http", regionId: "cn-beijing"}));
const runtime = new RuntimeOptions(way === "autoretry" ? {autoretry: true, maxAttempts: 3} : {});
client.describeVpcsWithOptions(new vpc.DescribeVpcsRequest({regionId: "cn-beijing"}), runtime).catch((error) => console.error(error.name));
JS
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
	vpc "github.com/alibabacloud-go/vpc-20160428/v6/client"
)

func main() {
	client, err := vpc.NewClient(&openapi.Config{
		AccessKeyId: tea.String("id"), AccessKeySecret: tea.String("word"), Endpoint: tea.String("127.0.0.1:" + os.Args[1]),
		Protocol: tea.String("http"), RegionId: tea.String("cn-beijing"),
	})
	if err != nil {
		panic(err)
	}
	runtime := &dara.RuntimeOptions{}
	if os.Args[2] == "autoretry" {
		runtime.Autoretry, runtime.MaxAttempts = tea.Bool(true), tea.Int(3)
	}
	_, err = client.DescribeVpcsWithOptions(&vpc.DescribeVpcsRequest{RegionId: tea.String("cn-beijing")}, runtime)
	fmt.Fprintf(os.Stderr, "%T\n", err)
}
GO
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @alicloud/vpc20160428@7.3.2 @alicloud/openapi-core@1.0.8 @alicloud/tea-util@1.4.11 >/dev/null
go mod init finding >/dev/null 2>&1
go get github.com/alibabacloud-go/vpc-20160428/v6@v6.12.8 github.com/alibabacloud-go/darabonba-openapi/v2@v2.1.13 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
go build -o networks main.go
cat > service.py <<'PY'
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

asked = []


class Service(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_POST(self):
        asked.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.close_connection = True


service = ThreadingHTTPServer(("127.0.0.1", 0), Service)
Thread(target=service.serve_forever, daemon=True).start()
for name, command, ways in (
    ("Python, 0.3.16", ["before/bin/python", "packages.py"], ("nothing", "autoretry")),
    ("Python, 0.4.6", ["now/bin/python", "packages.py"], ("nothing", "autoretry", "retry_options")),
    ("Node.js, 1.0.8", ["node", "networks.js"], ("nothing", "autoretry")),
    ("Go, 2.1.13", ["./networks"], ("nothing", "autoretry")),
):
    for way in ways:
        asked.clear()
        subprocess.run([*command, str(service.server_port), way], check=True, timeout=120)
        print(f"{name}, {way}: {len(asked)}", flush=True)
PY
python3 service.py | tee seen
grep -qxF "Python, 0.3.16, autoretry: 4" seen
for client in "Python, 0.4.6" "Node.js, 1.0.8" "Go, 2.1.13"; do
    grep -qxF "$client, nothing: 1" seen
    grep -qxF "$client, autoretry: 1" seen
done
echo "as before"
