#!/usr/bin/env bash
# `sarif-junit` makes a JUnit report of one in SARIF, so that GitLab and others show findings as failed tests. A result that does not say
# its own level is a test that passed. In the standard of SARIF such a result has the level of its rule, and that of a rule which says
# none is "warning" (3.27.10 and 3.50.3): nothing is wrong with the file, and all of it is green.
#   level of the result   of its rule      the standard   in the JUnit report
#   error, warning        any              the same       failed
#   -                     error, warning   the same       passed
#   -                     -                warning        passed
# Who writes such reports: CodeQL leaves the level to the rule, and Microsoft's tools leave out each "warning": of a report that
# says each level `sarif-multitool merge` makes one whose warnings pass. What is waived in the report (`suppressions`) fails, as does what
# is gone by now (`baselineState: absent`). A result without a place, as the standard allows, ends it with a TypeError.
# No issue of it was found. sarif-tools reads the same file as the standard has it.
# Needs python3, node and npm. Seen with sarif-junit 1.1.4 and @microsoft/sarif-multitool 5.7.0 (npm), and sarif-tools 3.0.5 (PyPI).
# cenguard writes its JUnit report by itself (`--format junit`), and the level and a place of each result into that in SARIF
# (cenguard/reports/sarif.py); tests/reports/test_sarif.py, test_results and test_every_result_has_a_place.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
python3 -m venv env
env/bin/pip install -q --disable-pip-version-check sarif-tools==3.0.5
npm init -y >/dev/null
npm install --silent --no-audit --no-fund sarif-junit@1.1.4 @microsoft/sarif-multitool@5.7.0 >/dev/null
cat > make.py <<'PY'
import json


def write(name, results):
    """A report: each result is its rule's level, its own level and what else it says."""
    rules = [{"id": f"net-{own}"} | ({"defaultConfiguration": {"level": own}} if own else {}) for own in ("error", "warning", "note", None)]
    ids = [rule["id"] for rule in rules]
    made = [
        {"ruleId": f"net-{own}", "ruleIndex": ids.index(f"net-{own}"), "message": {"text": f"{level} of {own}"},
         "locations": [{"physicalLocation": {"artifactLocation": {"uri": "net.py"}, "region": {"startLine": 7}}}]}
        | ({"level": level} if level else {}) | more
        for own, level, more in results
    ]  # fmt: skip
    run = {"tool": {"driver": {"name": "net", "version": "1.0.0", "rules": rules}}, "results": made}
    with open(f"{name}.sarif", "w") as file:
        json.dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}, file)


write("unsaid", [(own, None, {}) for own in ("error", "warning", "note", None)])
write("said", [("error", "error", {}), ("error", "warning", {}), ("note", "warning", {}), ("note", "note", {})])
write("over", [("error", "error", {"suppressions": [{"kind": "external"}]}), ("error", "error", {"baselineState": "absent"})])
PY
cat > read.py <<'PY'
import sys
from xml.etree import ElementTree

from sarif.loader import load_sarif_file

for name in sys.argv[1:]:
    levels = [(record["Description"], record["Severity"]) for record in load_sarif_file(f"{name}.sarif").get_records()]
    print(f"{name}, sarif-tools:", ", ".join(f"{text}: {level}" for text, level in sorted(levels)))
    cases = ElementTree.parse(f"{name}.xml").iter("testcase")
    tests = [(case.get("name").removeprefix("Ln 7 "), "passed" if case.find("failure") is None else "failed") for case in cases]
    print(f"{name}, sarif-junit:", ", ".join(f"{text}: {state}" for text, state in sorted(tests)))
PY
env/bin/python make.py
npx --no-install sarif-multitool merge said.sarif --output-file merged.sarif >/dev/null
for name in unsaid said merged over; do
    npx --no-install sarif-junit -i $name.sarif -o $name.xml >/dev/null
done
env/bin/python read.py unsaid said merged over | tee seen
cat > expected <<'END'
unsaid, sarif-tools: None of None: warning, None of error: error, None of note: note, None of warning: warning
unsaid, sarif-junit: None of None: passed, None of error: passed, None of note: passed, None of warning: passed
said, sarif-tools: error of error: error, note of note: note, warning of error: warning, warning of note: warning
said, sarif-junit: error of error: failed, note of note: passed, warning of error: failed, warning of note: failed
merged, sarif-tools: error of error: error, note of note: note, warning of error: error, warning of note: note
merged, sarif-junit: error of error: failed, note of note: passed, warning of error: passed, warning of note: passed
over, sarif-tools: error of error: error, error of error: error
over, sarif-junit: error of error: failed, error of error: failed
END
diff expected seen
echo "as before"
