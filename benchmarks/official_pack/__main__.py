"""As many stack policies as cenguard has rules, on the official Python host; each looks at one type and reads one value.

What is measured is the host: every policy gets every resource of the stack rebuilt for it.
"""

import os

from pulumi_policy import EnforcementLevel, PolicyPack, StackValidationPolicy

LIMIT = "alicloud:cen/bandwidthLimit:BandwidthLimit"


def validate(args, report_violation):
    for resource in args.resources:
        if resource.resource_type == LIMIT and resource.props.get("bandwidthLimit", 0) < 0:
            report_violation("a limit is negative", resource.urn)


PolicyPack(
    name="official",
    enforcement_level=EnforcementLevel.ADVISORY,
    policies=[
        StackValidationPolicy(name=f"rule-{number}", description="one rule", validate=validate)
        for number in range(int(os.environ["BENCHMARK_RULES"]))
    ],
)
