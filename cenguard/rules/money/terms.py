"""What findings about the terms of a package have in common."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import structs

from cenguard.findings import Finding
from cenguard.findings.fix import Cause
from cenguard.geography.bandwidth import PERIODS
from cenguard.geography.regions import RegionPair
from cenguard.network import BandwidthPackage, Blocker, Network
from cenguard.network.details import Given, Terms
from cenguard.network.once import once
from cenguard.resources.type_table import camel
from cenguard.rules import evidence
from cenguard.rules.about import finding_about


@once
def bought(network: Network) -> Sequence[tuple[BandwidthPackage, Terms]]:
    """The packages that the input manages, with their terms, once for each stack that holds them: eight rules ask."""
    terms = network.details.terms
    return [
        (package, terms[package.urn])
        for one in network.packages
        for package in (one, *one.twins)
        if package.declared and package.urn is not None and package.urn in terms
    ]


def told(given: Given[Any], missing: str = "not set") -> str:
    """What a term says, as evidence."""
    if given.value is None:
        return "not known" if given.blocker is not None else missing
    return str(given.value).lower() if isinstance(given.value, bool) else str(given.value)


def is_undone(terms: Terms) -> bool:
    """Whether the change is to be undone before anything else, as CEN404 says: nothing is bought then, and no term of it is mended."""
    return terms.replaced and not terms.keeps_old


def for_a_period(terms: Terms) -> Mapping[str, float]:
    """The period of what is to be prepaid, as an edit: a month, but where the program says one that is sold, or is not known yet."""
    return {} if terms.period.blocker is not None or terms.period.value in PERIODS else {"period": 1}


def payment_step(package: BandwidthPackage, terms: Terms) -> str:
    """How a package is paid, by the property that says it."""
    return f"{camel(terms.payment_property)} of {package.label}: {told(terms.payment, 'not set (prepaid)')}"


def about_package(
    package: BandwidthPackage,
    message: str,
    *,
    question: str,
    fix: str,
    because: Iterable[str],
    blocker: Blocker | None = None,
    cause: Cause | None = None,
    region_pairs: Iterable[RegionPair] = (),
) -> Finding:
    """A finding about one package."""
    finding = finding_about(
        package,
        message,
        question=question,
        blocker=blocker,
        because=(evidence.package_step(package), *because),
        fix=fix,
        cause=cause,
        instance=package.attached[0].instance if package.attached else None,
        area_pair=package.area_pair,
        region_pairs=region_pairs,
        packages=(package.address,),
    )
    if package.urn is None and package.attached:
        return structs.replace(finding, apart=evidence.apart(package, package.attached[0].instance))
    return finding
