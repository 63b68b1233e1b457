#!/usr/bin/env bash
# `exclude` of fast-cidr-tools takes blocks out of a list, as for what is free in an address plan. Where two blocks that follow each other
# by address both lie within the block that is taken out, as vSwitches do in their VPC, the second of them stays in the answer, whole:
# of 10.0.0.0/16, 10.2.0.0/16 and 10.4.0.0/16 without 10.0.0.0/8 there is 10.2.0.0/16 left. A block that vanishes is cut out of the list
# while the list is gone through, so that the one after it is never looked at; merging first changes nothing, since it is done anyway.
# Whoever hands out what is left gives away a block that was to be kept free, and with it one that overlaps another network of
# the CEN. No call fails. Blocks that are cut in part are right, and so is cidr-tools, the library that it stands in for by its own words.
# Issue 3 of the library is about the number of blocks for IPv6; no issue of this was found.
# Needs node and npm. Seen with fast-cidr-tools 0.3.4 and cidr-tools 11.3.2.
# cenguard takes no block out of a list: it compares each pair by first and last addresses (cenguard/network/blocks.py);
# tests/rules/attachments/test_identical_cidrs.py, test_blocks_hold_each_other_as_addresses_do.
set -euo pipefail
place=$(mktemp -d); trap 'rm -rf "$place"' EXIT; cd "$place"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fast-cidr-tools@0.3.4 cidr-tools@11.3.2 >/dev/null
cat > program.mjs <<'JS'
import { excludeCidr } from "cidr-tools";
import { exclude, merge } from "fast-cidr-tools";

const CASES = {
    "three in one": [["10.0.0.0/16", "10.2.0.0/16", "10.4.0.0/16"], ["10.0.0.0/8"]],
    "IPv6": [["2001:db8:0:1::/64", "2001:db8:0:3::/64"], ["2001:db8::/56"]],
    "cut in part": [["10.0.0.0/16", "10.2.0.0/16"], ["10.0.0.0/17", "10.2.0.0/17"]],
    "another one between": [["10.0.0.0/16", "10.2.0.0/16", "172.16.0.0/12"], ["10.0.0.0/16", "172.16.0.0/12"]],
};
const shown = (list) => (list.length ? list.join(" ") : "nothing");
for (const [name, [blocks, out]] of Object.entries(CASES)) {
    console.log(`${name}: fast-cidr-tools ${shown(exclude(blocks, out))}; merged first ${shown(exclude(merge(blocks), out))}; cidr-tools ${shown(excludeCidr(blocks, out))}`);
}
JS
node program.mjs | tee seen
cat > expected <<'END'
three in one: fast-cidr-tools 10.2.0.0/16; merged first 10.2.0.0/16; cidr-tools nothing
IPv6: fast-cidr-tools 2001:db8:0:3::/64; merged first 2001:db8:0:3::/64; cidr-tools nothing
cut in part: fast-cidr-tools 10.0.128.0/17 10.2.128.0/17; merged first 10.0.128.0/17 10.2.128.0/17; cidr-tools 10.0.128.0/17 10.2.128.0/17
another one between: fast-cidr-tools 10.2.0.0/16; merged first 10.2.0.0/16; cidr-tools 10.2.0.0/16
END
diff expected seen
echo "as before"
