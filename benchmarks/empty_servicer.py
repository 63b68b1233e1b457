"""A policy pack that knows no policy, reads what it is told, and answers nothing: what the protocol itself costs.

Started by `benchmarks.packs`.
"""

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc


class Nothing(analyzer_pb2_grpc.AnalyzerServicer):
    """Answers nothing."""

    def GetAnalyzerInfo(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802 - the protocol's name
        """No policies."""
        return analyzer_pb2.AnalyzerInfo(name="nothing")

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        """Takes what comes."""
        return Empty()

    def Analyze(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        """Says nothing."""
        return analyzer_pb2.AnalyzeResponse()

    def AnalyzeStack(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        """Reads of each resource what a pack cannot do without, and says nothing."""
        for item in request.resources:
            edges = item.propertyDependencies
            _ = item.urn, item.type, item.parent, item.provider.urn, item.options.protect
            _ = list(item.properties.fields), list(item.dependencies), {key: list(edges[key].urns) for key in edges}
        return analyzer_pb2.AnalyzeResponse()


if __name__ == "__main__":
    gc.disable()
    server = grpc.server(ThreadPoolExecutor(max_workers=4), options=[("grpc.max_receive_message_length", -1)])
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(Nothing(), server)
    sys.stdout.write(f"{server.add_insecure_port('127.0.0.1:0')}\n")
    sys.stdout.flush()
    server.start()
    server.wait_for_termination()
