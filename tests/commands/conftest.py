"""What tests of comments share: a server like the platforms', and the environment of a job of each."""

import json
import sys

import pytest

from tests.commands.platforms import TOKEN, Server
from tests.commands.test_cli import ROOT


@pytest.fixture
def server():
    with Server() as server:
        yield server
        server.shutdown()


@pytest.fixture
def github(server, tmp_path):
    (tmp_path / "event.json").write_text(json.dumps({"pull_request": {"number": 7}}))
    return {
        "GITHUB_API_URL": server.address,
        "GITHUB_REPOSITORY": "org/net",
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_TOKEN": TOKEN,
        "GITLAB_CI": "",
    }


@pytest.fixture
def gitlab(server):
    return {
        "CI_COMMIT_SHA": "",
        "GITLAB_CI": "true",
        "CI_API_V4_URL": f"{server.address}/api/v4",
        "CI_PROJECT_ID": "42",
        "CI_MERGE_REQUEST_IID": "7",
        "CENGUARD_TOKEN": TOKEN,
    }


@pytest.fixture(params=["github", "gitlab"])
def job(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def tool(tmp_path):
    """An environment in which the command is found."""
    place = tmp_path / "cenguard" / "venv" / "bin"
    place.mkdir(parents=True)
    (place / "cenguard").write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m cenguard "$@"\n')
    (place / "cenguard").chmod(0o755)
    return place
