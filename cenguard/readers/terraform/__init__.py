"""Readers of what Terraform and OpenTofu write: plans and states of `show -json`, and the raw state.

Sources of the formats: https://developer.hashicorp.com/terraform/internals/json-format, and documents recorded with both
tools, in `tests/recordings/`.
"""
