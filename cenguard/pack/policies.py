"""What the pack publishes of itself: a policy for each rule, one for what is undetermined, and one for what cannot be read."""

from collections.abc import Iterable, Mapping

from pulumi.runtime.proto import analyzer_pb2

from cenguard.findings import Level
from cenguard.judging.tool_findings import INCOMPLETE_INPUT, help_of
from cenguard.pack.diagnostics import LEVELS, SEVERITIES, UNDETERMINED_POLICY
from cenguard.pack.first_look import at_once
from cenguard.rules.page import statements
from cenguard.rules.rule import Rule, effect_words
from cenguard.settings.model import Settings
from cenguard.settings.rule_tables import own_options
from cenguard.settings.schema import json_like, option_schema

UNDETERMINED_LEVELS = {"hide": Level.DISABLED, "advisory": Level.ADVISORY, "mandatory": Level.MANDATORY}


def published(rules: Iterable[Rule], settings: Settings, incomplete: Level) -> dict[str, Level]:
    """The level of each policy, by its name."""
    levels = {rule.name: settings.levels.get(rule.code, rule.level) for rule in rules}
    levels[UNDETERMINED_POLICY] = UNDETERMINED_LEVELS[settings.undetermined]
    levels[INCOMPLETE_INPUT[1]] = incomplete
    return levels


def policies(rules: Iterable[Rule], settings: Settings, levels: Mapping[str, Level]) -> "list[analyzer_pb2.PolicyInfo]":
    """One policy for each rule, with its level and options, and the two others."""
    return [
        *(_policy(rule, settings, levels[rule.name]) for rule in rules),
        _undetermined(levels[UNDETERMINED_POLICY]),
        _incomplete(settings, levels[INCOMPLETE_INPUT[1]]),
    ]


def _policy(rule: Rule, settings: Settings, level: Level) -> "analyzer_pb2.PolicyInfo":
    stack = analyzer_pb2.POLICY_TYPE_STACK
    return analyzer_pb2.PolicyInfo(
        name=rule.name,
        displayName=f"{rule.code} {rule.name}",
        description=rule.title,
        message=rule.title,
        enforcementLevel=LEVELS[level],
        configSchema=_schema(rule, settings),
        policy_type=analyzer_pb2.POLICY_TYPE_RESOURCE if at_once(rule) else stack,
        severity=SEVERITIES["critical" if rule.level is Level.MANDATORY else "medium"],
        tags=[rule.code, *effect_words(rule.effect)],
        remediation_steps=statements(rule, "Instead"),
        url=_page(settings, rule.code),
    )


def _page(settings: Settings, code: str) -> str:
    """The address of a rule's page, where the settings name a base for it."""
    return help_of(code, settings.help_url) if settings.help_url else ""


def _undetermined(level: Level) -> "analyzer_pb2.PolicyInfo":
    text = "Findings that hang on a value that is not known yet, or that lives outside the stack."
    return analyzer_pb2.PolicyInfo(
        name=UNDETERMINED_POLICY,
        displayName=UNDETERMINED_POLICY,
        description=text,
        message=text,
        enforcementLevel=LEVELS[level],
        policy_type=analyzer_pb2.POLICY_TYPE_STACK,
        severity=SEVERITIES["low"],
    )


def _incomplete(settings: Settings, level: Level) -> "analyzer_pb2.PolicyInfo":
    text = "A resource that holds, or may hold, a CEN, and that the engine's call does not show."
    return analyzer_pb2.PolicyInfo(
        name=INCOMPLETE_INPUT[1],
        displayName=" ".join(INCOMPLETE_INPUT),
        description=text,
        message=text,
        enforcementLevel=LEVELS[level],
        policy_type=analyzer_pb2.POLICY_TYPE_STACK,
        severity=SEVERITIES["critical"],
        tags=[INCOMPLETE_INPUT[0]],
        url=_page(settings, INCOMPLETE_INPUT[0]),
    )


def _schema(rule: Rule, settings: Settings) -> "analyzer_pb2.PolicyConfigSchema | None":
    """The rule's options as the engine checks them, with what the settings say as defaults."""
    known = own_options(rule)
    if not known:
        return None
    schema = analyzer_pb2.PolicyConfigSchema()
    for option in known:
        words = option_schema(option)
        value = settings.options.get(rule.code, {}).get(option.name, option.default)
        if value is not None:
            words["default"] = value
        schema.properties.update({option.name: json_like(words)})
    return schema
