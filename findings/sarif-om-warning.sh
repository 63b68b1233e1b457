#!/usr/bin/env bash
# `sarif-om`, Microsoft's classes for reports in SARIF, with `jschema-to-python`, which writes them, leaves out of a result that it is
# a warning: the schema names "warning" as the level's default, and what equals a default is not written. In the standard an absent level
# is the one of the result's rule (3.27.10). So a warning of a rule whose own level is "error" is an error for every reader, and one of
# a rule whose own level is "note" a note; the levels error, note and none are written. A tool that lets its users turn a rule down to
# a warning blocks their merges still, and no word says so.
# Needs python3. Seen with sarif-om 1.0.4 and jschema-to-python 1.2.3; sarif-tools 3.0.5 is the reader.
# cenguard writes its report by itself, the level in each result (cenguard/reports/sarif.py); tests/reports/test_sarif.py, test_results.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check sarif-om==1.0.4 jschema-to-python==1.2.3 sarif-tools==3.0.5
cat > program.py <<'PY'
import sarif_om
from jschema_to_python.to_json import to_json
from sarif.loader import load_sarif_file

LEVELS = ("error", "warning", "note", "none")
OWN = ("error", "note")
rules = [sarif_om.ReportingDescriptor(id=own, default_configuration=sarif_om.ReportingConfiguration(level=own)) for own in OWN]
results = [
    sarif_om.Result(message=sarif_om.Message(text=f"was {level}"), rule_id=own, rule_index=index, level=level)
    for index, own in enumerate(OWN)
    for level in LEVELS
]
tool = sarif_om.Tool(driver=sarif_om.ToolComponent(name="net", rules=rules))
report = sarif_om.SarifLog(version="2.1.0", runs=[sarif_om.Run(tool=tool, results=results)])
with open("report.sarif", "w") as file:
    file.write(to_json(report))
for result in load_sarif_file("report.sarif").get_results():
    print(f"a rule of its own level {result['ruleId']}, {result['message']['text']}: written {result.get('level')}")
for record in load_sarif_file("report.sarif").get_records():
    print(f"read: {record['Code']}, {record['Description']}: {record['Severity']}")
PY
env/bin/python program.py | tee seen
for own in error note; do
    grep -qxF "a rule of its own level $own, was warning: written None" seen
    grep -qxF "read: $own, was warning: $own" seen
    for level in error note none; do
        grep -qxF "a rule of its own level $own, was $level: written $level" seen
    done
done
echo "as before"
