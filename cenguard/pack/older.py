"""What engines before 3.169 tell a pack of its stack: they know no `ConfigureStack`, and lay it into the environment.

Source: `constructEnv` of pulumi/pulumi, sdk/go/common/resource/plugin/analyzer_plugin.go; run with engines 3.100 and 3.150.
"""

from collections.abc import Mapping

import msgspec
from pulumi.runtime.proto import analyzer_pb2

from cenguard.settings.model import NAMESPACE


def told_by_environment(environment: Mapping[str, str]) -> "analyzer_pb2.AnalyzerStackConfigureRequest | None":
    """The call that such an engine does not make; None where no engine has said of what run it is.

    Of the configuration only our own keys are taken: which values of the others are secret is not told.
    """
    dry_run, stack = environment.get("PULUMI_DRY_RUN"), environment.get("PULUMI_STACK")
    if dry_run not in ("true", "false") or not stack:
        return None
    try:
        config = msgspec.json.decode(environment.get("PULUMI_CONFIG", ""), type=dict[str, str])
    except msgspec.MsgspecError:
        config = {}
    return analyzer_pb2.AnalyzerStackConfigureRequest(
        stack=stack,
        project=environment.get("PULUMI_PROJECT", ""),
        organization=environment.get("PULUMI_ORGANIZATION", ""),
        dry_run=dry_run == "true",
        config={key: value for key, value in config.items() if key.startswith(NAMESPACE)},
    )
