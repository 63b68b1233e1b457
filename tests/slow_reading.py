"""A second, slow reading of the rule catalogue, made from its text and not from the code: the oracle of random estates.

An estate is plain data: one instance, networks, packages, limits and peers, each new or standing. `dispositions` and
`findings` read it as the catalogue's tables say, row by row, without any index.
"""

from itertools import combinations

AREA = {
    "cn-beijing": "China", "cn-hangzhou": "China", "us-west-1": "North-America", "us-east-1": "North-America",
    "eu-central-1": "Europe", "cn-hongkong": "Asia-Pacific",
}  # fmt: skip
COVERED = {"funded", "pay_by_traffic", "outside"}
REACHED = COVERED | {"overdrawn"}
LOW = {"no_package", "not_attached", "other_instance", "wrong_area", "unallocated"}


def pair_of(a, b):
    """An unordered pair."""
    return tuple(sorted((a, b)))


def area_pair(pair):
    """The area pair of a pair of regions."""
    return pair_of(AREA[pair[0]], AREA[pair[1]])


class Reading:
    """One estate, read slowly."""

    def __init__(self, estate):
        self.e = estate
        self.regions = sorted(
            {item["region"] for item in estate["networks"]} | {end for item in estate["peers"] for end in item["pair"]}
        )
        proven = {item["pair"] for item in estate["limits"] if item["stands"] and item["pair"][0] != item["pair"][1]}
        self.pairs = sorted({pair_of(a, b) for a, b in combinations(self.regions, 2)} | proven)
        """Those of attached regions; what stands was accepted, so the ends of a limit are attached, wherever."""

    # ------------------------------------------------------------ packages

    def areas(self, package):
        """Its area pair; None where an area is not known or not set."""
        a, b = package["areas"]
        return None if a in (None, "?") or b in (None, "?") else pair_of(a, b)

    def attached(self, wanted):
        """Packages of an area pair that are attached to the instance."""
        return [item for item in self.e["packages"] if item["on"] == "core" and self.areas(item) == wanted]

    def any_attached(self):
        """Packages attached to the instance, whatever they join."""
        return [item for item in self.e["packages"] if item["on"] == "core"]

    def may_join(self, package, wanted):
        """Whether it joins an area pair, or could turn out to: an area that is known is certain, whatever the other is."""
        return all(area in (None, "?") or area in wanted for area in package["areas"]) and self.areas(package) in (None, wanted)

    def open_packages(self, wanted):
        """Attached packages whose areas are not all known, and may be these: what needs them is undetermined."""
        return [item for item in self.any_attached() if self.areas(item) is None and self.may_join(item, wanted)]

    def draws(self, package):
        """Who draws on it: peers that name it, limits of its area pair on its instance."""
        found = [item for item in self.e["peers"] if item["billing"] == "package" and item["package"] == package["name"]]
        wanted = self.areas(package)
        if wanted and package["on"] == "core":
            found += [
                item for item in self.e["limits"] if item["pair"][0] != item["pair"][1] and area_pair(item["pair"]) == wanted
            ]
        return found

    def weighed(self, package):
        """CEN208 of a package: violated, undetermined or None."""
        wanted = self.areas(package)
        draws = self.draws(package)
        if wanted and package["on"] == "core" and len(self.attached(wanted)) > 1:
            draws = [item for item in draws if "billing" in item]
        if not draws:
            return None
        groups = {}
        for index, item in enumerate(draws):
            groups.setdefault(item["pair"] if "billing" not in item else index, []).append(item["mbps"])
        if any(size > package["mbps"] for sizes in groups.values() for size in sizes):
            return "violated"
        if sum(map(min, groups.values())) > package["mbps"]:
            return "violated"
        return "undetermined" if sum(map(max, groups.values())) > package["mbps"] else None

    # ------------------------------------------------------------ limits and peers

    def limit_is_broken(self, limit):
        """CEN210, CEN211, CEN212, CEN213: certain reasons why it cannot work."""
        if sum(item["pair"] == limit["pair"] for item in self.e["limits"]) > 1:
            return True
        attached = {item["region"] for item in self.e["networks"]}
        if not limit["stands"] and not set(limit["pair"]) <= attached:
            return True
        if limit["stands"] or limit["ordered"] or not self.e["whole"]:  # of one elsewhere, an older attachment may stand
            waits = False
        else:
            waits = bool(self.attached(area_pair(limit["pair"])) or attached & set(limit["pair"]))
        if waits:
            return True
        return any(region in self.e["enterprise"] for region in limit["pair"])

    def peer_is_broken(self, peer):
        """CEN304, CEN305."""
        return peer["mbps"] < 1 or (peer["billing"] == "traffic" and peer["package"] is not None)

    def proof(self, wanted):
        """A limit that stands whose package the input does not attach."""
        return [
            item
            for item in self.e["limits"]
            if item["stands"]
            and item["pair"][0] != item["pair"][1]
            and area_pair(item["pair"]) == wanted
            and not self.attached(wanted)
        ]

    # ------------------------------------------------------------ dispositions

    def disposition(self, pair):
        """The first of the table that holds, and its Mbps."""
        wanted = area_pair(pair)
        here = self.attached(wanted)
        limits = [item for item in self.e["limits"] if item["pair"] == pair]
        peers = [item for item in self.e["peers"] if item["pair"] == pair]
        carrying = [item for item in limits if here and not self.limit_is_broken(item)]
        drawing = [
            item for item in peers if item["billing"] == "package" and item["package"] in [package["name"] for package in here]
        ]
        carrying += [item for item in drawing if not self.peer_is_broken(item)]
        if carrying:
            used = [package for package in here if any(self.draws_on(item, package, here) for item in carrying)]
            if any(self.weighed(package) == "violated" for package in used):
                return "overdrawn", None
            return "funded", sum(item["mbps"] for item in carrying)
        traffic = [item for item in peers if item["billing"] == "traffic"]
        if any(not self.peer_is_broken(item) for item in traffic):
            return "pay_by_traffic", sum(item["mbps"] for item in traffic if not self.peer_is_broken(item))
        proven = [item for item in limits if item["stands"] and not here and not self.limit_is_broken(item)]
        if proven:
            return "outside", sum(item["mbps"] for item in proven)
        if (here and limits) or drawing or traffic:
            return "broken", None
        unclear = [
            package
            for item in peers
            for package in self.e["packages"]
            if item["billing"] == "package" and item["package"] == package["name"] and self.areas(package) is None
            if self.may_join(package, wanted)
        ]
        if here:
            return ("unallocated" if self.e["whole"] and not unclear else "undetermined"), None
        if not self.e["whole"] or unclear or self.open_packages(wanted) or self.proof(wanted) or self.may_be_bought(pair):
            return "undetermined", None
        named = [
            package
            for item in peers
            for package in self.e["packages"]
            if item["billing"] == "package" and item["package"] == package["name"] and not self.may_join(package, wanted)
        ]
        only = self.any_attached()
        if named or (len(only) == 1 and self.areas(only[0]) not in [None, *map(area_pair, self.pairs)]):
            return "wrong_area", None
        same = [item for item in self.e["packages"] if self.areas(item) == wanted]
        if any(item["on"] not in ("core", None) for item in same):
            return "other_instance", None
        return ("not_attached" if same else "no_package"), None

    def draws_on(self, item, package, here):
        """Whether a limit or peer draws on a package in a way that CEN208 judges."""
        return item["package"] == package["name"] if "billing" in item else len(here) == 1

    def may_be_bought(self, pair):
        """Absence of an instance that stands: its packages may have been bought in the console."""
        if not self.e["stands"] or self.any_attached():
            return False
        if any(self.areas(item) == area_pair(pair) and item["on"] is None for item in self.e["packages"]):
            return False
        standing = {item["region"] for item in self.e["networks"] if item["stands"]}
        standing |= {end for item in self.e["peers"] if item["stands"] for end in item["pair"]}
        return set(pair) <= standing

    def dispositions(self):
        """Disposition and Mbps of each pair."""
        return {pair: self.disposition(pair) for pair in self.pairs}

    # ------------------------------------------------------------ rules

    def findings(self):
        """What CEN201, 202, 206, 207, 208 and 218 say: (code, verdict, subject or None, area pair or None, level)."""
        found = self.dispositions()
        said = set()
        around = {region: [pair for pair in self.pairs if region in pair] for region in self.regions}
        isolated = {region for region, pairs in around.items() if pairs and not any(found[pair][0] in REACHED for pair in pairs)}
        uncovered = {
            region for region in isolated if not any(found[pair][0] in ("unallocated", "broken") for pair in around[region])
        }
        open_ones = {region for region in uncovered if any(found[pair][0] == "undetermined" for pair in around[region])}
        if not self.e["whole"]:
            stand = all(item["stands"] for item in self.e["networks"])
            if self.e["networks"] and not (stand and self.pairs and not isolated):
                said.add(("CEN201", "undetermined", "advisory"))
        else:
            for wanted in {area_pair(pair) for pair in self.pairs if set(pair) & uncovered}:
                ends = {end for pair in self.pairs if area_pair(pair) == wanted for end in pair if set(pair) & uncovered}
                certain = (ends & uncovered) - open_ones
                said.add(("CEN201", "violated" if certain else "undetermined", "mandatory" if certain else "advisory"))
        certain_cut = {region for region in isolated if all(found[pair][0] != "undetermined" for pair in around[region])}
        for package in self.any_attached():
            wanted = self.areas(package)
            if None in package["areas"] or (wanted and wanted in {area_pair(pair) for pair in self.pairs}):
                continue
            question = wanted is None or not self.e["whole"] or len(self.regions) < 2
            level = "advisory" if question or not certain_cut else "mandatory"
            said.add(("CEN202", "undetermined" if question else "violated", level))
        for wanted in {self.areas(package) for package in self.any_attached()} - {None}:
            packages = self.attached(wanted)
            here = [pair for pair in self.pairs if area_pair(pair) == wanted]
            drawn = any(self.draws(package) for package in packages)
            idle = [pair for pair in here if found[pair][0] == "unallocated"]
            stranded = [pair for pair in idle if set(pair) & isolated]
            if (not drawn and idle) or stranded:
                said.add(("CEN206", "violated", "mandatory"))
            elif here and not drawn and any(found[pair][0] == "undetermined" for pair in here):
                said.add(("CEN206", "undetermined", "advisory"))
            elif here and not drawn and all(found[pair][0] == "pay_by_traffic" for pair in here):
                said.add(("CEN206", "violated", "advisory"))
        for limit in self.e["limits"]:
            if limit["pair"][0] == limit["pair"][1] or self.attached(area_pair(limit["pair"])) or limit["stands"]:
                continue
            pair, wanted = limit["pair"], area_pair(limit["pair"])
            question = self.open_packages(wanted) or not self.e["whole"] or self.proof(wanted) or self.may_be_bought(pair)
            said.add(("CEN207", "undetermined", "advisory") if question else ("CEN207", "violated", "mandatory"))
        for package in self.e["packages"]:
            verdict = self.weighed(package)
            if verdict:
                said.add(("CEN208", verdict, "mandatory" if verdict == "violated" else "advisory"))
        if self.e["whole"]:
            idle_area_pairs = {
                wanted
                for wanted in {self.areas(package) for package in self.any_attached()} - {None}
                if not any(self.draws(package) for package in self.attached(wanted))
            }
            left = [
                pair
                for pair in self.pairs
                if not set(pair) & uncovered
                and area_pair(pair) not in idle_area_pairs
                and not (found[pair][0] == "unallocated" and set(pair) & isolated)
                and (found[pair][0] in LOW or found[pair][0] == "undetermined")
            ]
            for wanted in {area_pair(pair) for pair in left}:
                low = any(found[pair][0] in LOW for pair in left if area_pair(pair) == wanted)
                said.add(("CEN218", "violated" if low else "undetermined", "advisory"))
        return said
