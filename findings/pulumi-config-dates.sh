#!/usr/bin/env bash
# A date without quotes in a Pulumi stack's configuration reaches the program as Go prints a time
# ("2026-11-20 00:00:00 +0000 UTC"), and in the project's own file the same date is refused.
# Needs go. Seen with github.com/pulumi/pulumi/sdk/v3 3.200.0; cenguard/readers/program/yaml_lines.py does the same.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
cat > main.go <<'GO'
package main

import (
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/common/diag"
	"github.com/pulumi/pulumi/sdk/v3/go/common/diag/colors"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
)

func main() {
	project, err := workspace.LoadProject(os.Args[1] + "/Pulumi.yaml")
	if err != nil {
		fmt.Println("refused:", err)
		return
	}
	sink := diag.DefaultSink(os.Stdout, os.Stderr, diag.FormatOptions{Color: colors.Never})
	stack, err := workspace.LoadProjectStack(sink, project, os.Args[1]+"/Pulumi.dev.yaml")
	if err != nil {
		panic(err)
	}
	values, err := stack.Config.Decrypt(config.NopDecrypter)
	if err != nil {
		panic(err)
	}
	for key, value := range values {
		fmt.Printf("%s = %s\n", key, value)
	}
}
GO
go mod init finding >/dev/null 2>&1
go get github.com/pulumi/pulumi/sdk/v3@v3.200.0 >/dev/null 2>&1
go mod tidy >/dev/null 2>&1
mkdir stack project
printf 'name: net\nruntime: python\n' > stack/Pulumi.yaml
printf 'config:\n  net:day: 2026-11-20\n  net:listed: [2026-11-20]\n  net:quoted: "2026-11-20"\n' > stack/Pulumi.dev.yaml
printf 'name: net\nruntime: python\nconfig:\n  net:day: 2026-11-20\n' > project/Pulumi.yaml
printf 'config: {}\n' > project/Pulumi.dev.yaml
go run . stack | sort | tee seen
go run . project | tee -a seen
grep -qx 'net:day = 2026-11-20 00:00:00 +0000 UTC' seen
grep -qx 'net:listed = \["2026-11-20 00:00:00 +0000 UTC"\]' seen
grep -qx 'net:quoted = 2026-11-20' seen
grep -q 'refused: .*invalid jsonType: time.Time' seen
echo "as before"
