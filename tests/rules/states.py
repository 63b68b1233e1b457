"""Rules whose answer hangs on what stood before: equal inputs with and without an old state differ in them."""

from cenguard.rules import RULES
from cenguard.rules.needs import Need

OF_STATES = frozenset(rule.code for rule in RULES if rule.spares_standing or rule.needs_old_state or Need.CLOUD in rule.needs)
ADVICE = frozenset({"CEN111", "CEN401", "CEN402", "CEN403", "CEN406", "CEN407", "CEN409"})
"""What is said of money and accounts, whatever the network is."""
