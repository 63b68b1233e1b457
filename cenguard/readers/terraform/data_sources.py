"""Data sources: what was looked up while the document was made.

Those that list packages, attachments or limits are an inventory of that day; a remote state is another
stack, whose outputs are read.
"""

import re
from collections.abc import Mapping
from typing import Any

from cenguard.readers.terraform.values import holds_mark
from cenguard.resources.addresses import DATA, REMOTE_STATE
from cenguard.resources.records import Change, Resource
from cenguard.resources.urns import STACK_REFERENCE
from cenguard.resources.values import SECRET

PLACES = {
    "oss": ("bucket", "prefix", "key"),
    "s3": ("bucket", "key"),
    "gcs": ("bucket", "prefix"),
    "cos": ("bucket", "prefix", "key"),
    "azurerm": ("storage_account_name", "container_name", "key"),
    "local": ("path",),
    "http": ("address",),
    "consul": ("path",),
    "pg": ("schema_name",),
    "kubernetes": ("namespace", "secret_suffix"),
    "remote": ("hostname", "organization", "workspaces"),
    "cloud": ("hostname", "organization", "workspaces"),
}
"""What of a backend's configuration says where the state lies; nothing else of it is looked at.

Source: the pages under https://developer.hashicorp.com/terraform/language/backend.
"""
_SCHEMES = {"gcs": "gs", "azurerm": "az", "local": "", "http": ""}
_LOGIN = re.compile(r"//[^/]*@")
"""Who logs in, in an address; what is asked behind a question mark may be a token as well."""
ANYWHERE = ("bucket", "container", "path", "prefix", "key")


def data_type(kind: str) -> str:
    """The type of a data source among the records; a remote state is what a stack reference is."""
    return STACK_REFERENCE if kind == REMOTE_STATE else f"{DATA}:{kind}"


def read_data(address: str, kind: str, values: Mapping[str, Any], hidden: Any) -> Resource:
    """A data source that was read, by its address and Terraform type; its attributes keep Terraform's names."""
    marks = hidden if isinstance(hidden, Mapping) else {}
    shown = {
        key: SECRET if hidden is True or (key != "outputs" and holds_mark(marks.get(key))) else value
        for key, value in values.items()
    }
    found = Resource(custom=True, urn=address, type=data_type(kind), outputs=shown, change=Change.READ)
    if kind == REMOTE_STATE:
        outputs, secret = values.get("outputs"), marks.get("outputs")
        found.id = place_of_state(shown)
        found.outputs = {
            name: SECRET if secret is True or (isinstance(secret, Mapping) and holds_mark(secret.get(name))) else value
            for name, value in (outputs.items() if isinstance(outputs, Mapping) else ())
        }
    return found


def place_of_state(values: Mapping[str, Any]) -> str:
    """Where a remote state lies, as its backend and configuration say it.

    >>> place_of_state({"backend": "oss", "config": {"bucket": "states", "prefix": "net", "key": "terraform.tfstate"}})
    'oss://states/net/terraform.tfstate'
    >>> place_of_state({"backend": "http", "config": {"address": "https://ci:hush@states.example.com/net?token=hush"}})
    'https://states.example.com/net'
    """
    backend = values.get("backend")
    if not isinstance(backend, str):
        return "a backend that is not known"
    config = values.get("config")
    parts: list[str] = []
    for key in PLACES.get(backend, ANYWHERE):
        value = config.get(key) if isinstance(config, Mapping) else None
        if isinstance(value, Mapping):
            value = value.get("name") or value.get("prefix")
        if isinstance(value, str) and value:
            parts.append(value.strip("/") if parts else _LOGIN.sub("//", value.partition("?")[0]).rstrip("/"))
    workspace = values.get("workspace")
    if isinstance(workspace, str) and workspace not in ("", "default"):
        parts.append(f"(workspace {workspace})")
    scheme = _SCHEMES.get(backend, backend)
    text = "/".join(parts).replace("/(", " (")
    return f"{scheme}://{text}" if scheme else text or backend
