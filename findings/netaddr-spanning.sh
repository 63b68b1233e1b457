#!/usr/bin/env bash
# `spanning_cidr` of netaddr is to give one block that is large enough for all blocks of a list. Where one of them lies in another one, as
# vSwitches do in their VPC, it gives a block that is too small: of 10.0.0.0/8 and 10.1.0.0/16 it is 10.0.0.0/15, smaller than the first of
# them. It widens the block that begins last until it reaches the first address of all, and never looks where the others end.
# Whoever makes a summary route, an aggregation or a prefix list of it loses most of a network, and of lists in which no block lies in
# another one every answer is right. No call fails. No issue of it was found; the documentation has no word of such lists.
# `cidr_merge` of the same library, and Python's own `ipaddress`, are right about the same blocks.
# Needs python3. Seen with netaddr 1.3.0, and with 0.7.20 of 2020.
# cenguard compares blocks by their first and last addresses (cenguard/network/blocks.py); tests/rules/attachments/test_identical_cidrs.py,
# test_blocks_hold_each_other_as_addresses_do.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
for version in 1.3.0 0.7.20; do
    python3 -m venv "$version"
    "$version/bin/pip" install -q --disable-pip-version-check "netaddr==$version"
done
cat > program.py <<'PY'
from ipaddress import collapse_addresses, ip_network

import netaddr

LISTS = (
    ("10.0.0.0/8", "10.1.0.0/16"),
    ("10.1.0.0/16", "10.0.0.0/8"),
    ("172.16.0.0/12", "172.16.0.0/24", "172.16.1.0/24"),
    ("192.168.0.0/16", "192.168.0.0/24"),
    ("0.0.0.0/0", "10.0.0.0/8"),
    ("2001:db8::/32", "2001:db8:1::/48"),
    ("10.0.0.0/16", "10.1.0.0/16"),
    ("10.1.0.0/24", "10.1.9.0/24", "10.1.4.0/24"),
)
for blocks in LISTS:
    spanning = ip_network(str(netaddr.spanning_cidr(blocks)))
    outside = [text for text in blocks if not ip_network(text).subnet_of(spanning)]
    merged = ", ".join(str(block) for block in netaddr.cidr_merge(blocks))
    assert merged == ", ".join(str(block) for block in collapse_addresses(map(ip_network, blocks)))
    print(f"{', '.join(blocks)}: {spanning}, without {', '.join(outside) or 'nothing'}; merged {merged}")
PY
for version in 1.3.0 0.7.20; do
    "$version/bin/python" program.py | sed "s/^/$version: /"
done | tee seen
for version in 1.3.0 0.7.20; do
    for line in \
        "10.0.0.0/8, 10.1.0.0/16: 10.0.0.0/15, without 10.0.0.0/8; merged 10.0.0.0/8" \
        "10.1.0.0/16, 10.0.0.0/8: 10.0.0.0/15, without 10.0.0.0/8; merged 10.0.0.0/8" \
        "192.168.0.0/16, 192.168.0.0/24: 192.168.0.0/23, without 192.168.0.0/16; merged 192.168.0.0/16" \
        "0.0.0.0/0, 10.0.0.0/8: 0.0.0.0/4, without 0.0.0.0/0; merged 0.0.0.0/0" \
        "10.0.0.0/16, 10.1.0.0/16: 10.0.0.0/15, without nothing; merged 10.0.0.0/15"; do
        grep -qxF "$version: $line" seen
    done
done
echo "as before"
