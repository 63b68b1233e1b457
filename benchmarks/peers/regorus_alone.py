"""One indexed rule by regorus, in a process that does nothing else: `regorus_alone.py POLICY DOCUMENT`; prints what it finds."""

import json
import os
import sys

import regorus

engine = regorus.Engine()
engine.add_policy_from_file(sys.argv[1])
engine.set_input_from_json_file(sys.argv[2])
print(json.dumps(sorted(engine.eval_rule("data.cen.unattached"))))
sys.stdout.flush()
os._exit(0)  # as ours ends: what is in memory is not taken apart
