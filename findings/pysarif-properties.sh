#!/usr/bin/env bash
# The standard of SARIF gives each object a property bag, in which anything may stand. `pysarif` reads a report with its tags and without
# the rest of every bag, and writes it so, without a message. With it goes `security-severity` of the rules, by which GitHub ranks
# alerts and lets a merge be blocked: a critical rule has none any more. Whatever a scanner keeps for itself in a result (who is
# concerned, whether it is certain) goes too. sarif-pydantic, of the same purpose, keeps all of it.
# Needs python3. Seen with pysarif 0.1.0 and sarif-pydantic 0.6.2.
# cenguard writes its report by itself, and keeps whatever counts out of bags but what GitHub reads there (cenguard/reports/sarif.py);
# tests/reports/test_sarif.py, test_only_what_is_a_matter_of_security_has_a_severity_of_it.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check pysarif==0.1.0 sarif-pydantic==0.6.2
cat > program.py <<'PY'
import json

import pysarif
from sarif_pydantic import Sarif

rule = {
    "id": "NET1",
    "shortDescription": {"text": "Two networks reach each other that must not."},
    "properties": {"tags": ["security"], "security-severity": "9.5", "precision": "high"},
}
result = {"ruleId": "NET1", "ruleIndex": 0, "message": {"text": "Beijing reaches Virginia."}, "properties": {"tags": ["net"], "verdict": "certain"}}
run = {"tool": {"driver": {"name": "net", "rules": [rule]}}, "results": [result], "properties": {"waived": ["NET2"]}}
with open("report.sarif", "w") as file:
    json.dump({"version": "2.1.0", "runs": [run]}, file)

pysarif.save_to_file(pysarif.load_from_file("report.sarif"), "pysarif.sarif")
with open("report.sarif") as file, open("sarif-pydantic.sarif", "w") as again:
    again.write(Sarif.model_validate_json(file.read()).model_dump_json(by_alias=True, exclude_none=True))
for name in ("pysarif", "sarif-pydantic"):
    with open(f"{name}.sarif") as file:
        (found,) = json.load(file)["runs"]
    print(f"{name}, of the rule: {found['tool']['driver']['rules'][0].get('properties')}")
    print(f"{name}, of the result: {found['results'][0].get('properties')}")
    print(f"{name}, of the run: {found.get('properties')}")
PY
env/bin/python program.py | tee seen
grep -qxF "pysarif, of the rule: {'tags': ['security']}" seen
grep -qxF "pysarif, of the result: {'tags': ['net']}" seen
grep -qE "^pysarif, of the run: (None|\{\}|\{'tags': \[\]\})$" seen
grep -qxF "sarif-pydantic, of the rule: {'tags': ['security'], 'security-severity': '9.5', 'precision': 'high'}" seen
grep -qxF "sarif-pydantic, of the result: {'tags': ['net'], 'verdict': 'certain'}" seen
grep -qxF "sarif-pydantic, of the run: {'waived': ['NET2']}" seen
echo "as before"
