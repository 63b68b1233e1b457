"""`cenguard mcp`, asked through the protocol's own client over standard input and output."""

import os
import subprocess
import sys
from pathlib import Path

import anyio
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

RECORDINGS = Path(__file__).parents[1] / "recordings"


def run(*arguments, cwd, env=None):
    """The command itself."""
    words = [sys.executable, "-m", "cenguard", *map(str, arguments)]
    return subprocess.run(words, cwd=cwd, capture_output=True, check=False, env={**os.environ, **(env or {})})


def asked(root, *calls, options=(), env=None):
    """The results of some calls, (tool, arguments), of one server."""
    return anyio.run(_asked, root, calls, options, env)


async def _asked(root, calls, options, env):
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "cenguard.commands.cli", "mcp", "--root", str(root), *options],
        env={**os.environ, "PYTHONSAFEPATH": "1", **(env or {})},
    )
    async with stdio_client(server) as (incoming, outgoing), ClientSession(incoming, outgoing) as session:
        await session.initialize()
        if not calls:
            return (await session.list_tools()).tools
        return [await session.call_tool(name, arguments) for name, arguments in calls]


def told(result):
    """The text of a result."""
    return "\n".join(item.text for item in result.content)
