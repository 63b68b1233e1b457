#!/usr/bin/env bash
# Microsoft's own tools for SARIF leave out of a result that it is a warning: the schema names "warning" as the level's default, and what
# equals a default is not written. In the standard an absent level is the one of the result's rule (3.27.10). So a warning of a rule
# whose own level is "error" is an error for every reader once `sarif-multitool` has merged or rewritten the report, or `sarif-om` (with
# `jschema-to-python`) has made it, and one of a rule whose own level is "note" is a note. The levels error, note and none are written.
# Whoever turns a rule down to a warning has merges blocked still, once several reports are uploaded as one; and no word says so.
# A change of it was tried and closed (pull request 2413 of microsoft/sarif-sdk); documentation has nothing of it.
# Needs python3, node and npm. Seen with @microsoft/sarif-multitool 5.7.0, sarif-om 1.0.4 and jschema-to-python 1.2.3; the reader is
# sarif-tools 3.0.5.
# In a report of cenguard a rule that gives a warning is one of warnings (cenguard/reports/sarif.py); tests/reports/test_sarif.py,
# test_a_warning_whose_level_a_tool_leaves_out_is_no_error.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check sarif-om==1.0.4 jschema-to-python==1.2.3 sarif-tools==3.0.5
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @microsoft/sarif-multitool@5.7.0 >/dev/null
cat > make.py <<'PY'
import json

import sarif_om
from jschema_to_python.to_json import to_json

LEVELS = ("error", "warning", "note", "none")
OWN = ("error", "note")
rules = [{"id": own, "shortDescription": {"text": "A rule."}, "defaultConfiguration": {"level": own}} for own in OWN]
results = [
    {"ruleId": own, "ruleIndex": index, "level": level, "message": {"text": f"was {level}"},
     "locations": [{"physicalLocation": {"artifactLocation": {"uri": f"{level}.py"}, "region": {"startLine": 7}}}]}
    for index, own in enumerate(OWN)
    for level in LEVELS
]
run = {"tool": {"driver": {"name": "net", "version": "1.0.0", "rules": rules}}, "results": results}
with open("written.sarif", "w") as file:
    json.dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}, file)

made = [sarif_om.ReportingDescriptor(id=own, default_configuration=sarif_om.ReportingConfiguration(level=own)) for own in OWN]
found = [
    sarif_om.Result(message=sarif_om.Message(text=f"was {level}"), rule_id=own, rule_index=index, level=level)
    for index, own in enumerate(OWN)
    for level in LEVELS
]
tool = sarif_om.Tool(driver=sarif_om.ToolComponent(name="net", rules=made))
with open("made.sarif", "w") as file:
    file.write(to_json(sarif_om.SarifLog(version="2.1.0", runs=[sarif_om.Run(tool=tool, results=found)])))
PY
cat > read.py <<'PY'
from sarif.loader import load_sarif_file

for name in ("written", "merged", "rewritten", "made"):
    for record in load_sarif_file(f"{name}.sarif").get_records():
        print(f"{name}: of a rule {record['Code']}, {record['Description']}: {record['Severity']}")
PY
env/bin/python make.py
npx --no-install sarif-multitool merge written.sarif --output-file merged.sarif >/dev/null
npx --no-install sarif-multitool rewrite written.sarif --output rewritten.sarif >/dev/null
env/bin/python read.py | tee seen
for own in error note; do
    grep -qxF "written: of a rule $own, was warning: warning" seen
    for name in merged rewritten made; do
        grep -qxF "$name: of a rule $own, was warning: $own" seen
        for level in error note none; do
            grep -qxF "$name: of a rule $own, was $level: $level" seen
        done
    done
done
echo "as before"
