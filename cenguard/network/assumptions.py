"""What every verdict about routes assumes, since no input tells it."""

ASSUMPTIONS = {
    "filters": "security groups, network ACLs (those of the router's vSwitches at both ends too) and host firewalls let it pass",
    "vswitch_tables": "the vSwitches in question use a table that has the route; one table of the VPC having it is enough here",
    "premises": "the on-premises side routes both ways, its sessions are up, it announces what is asked",
    "elsewhere": "nothing outside of the input changes these tables: console, other stacks, Cloud Firewall, policy-based routing",
    "quotas": "no route, attachment or prefix-list quota is exceeded",
    "ipv4": "IPv4 only; IPv6 needs ipv6Support and is not judged",
    "crossing": "a peer hands over the far associated table, static entries included, and its flag works both ways",
    "lookup": "the table looked up of a router is its system table",
    "vouched": "an inventory stands for what is not in the input",
}
"""What a verdict assumes, by code, in the order in which they are said."""
