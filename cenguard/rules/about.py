"""What all findings about one resource have in common."""

from collections.abc import Iterable

from cenguard.findings import Finding, Fix, Level
from cenguard.findings.fix import Cause
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair
from cenguard.network import Blocker, CenInstance, Entity
from cenguard.network.details import Joining, Subject
from cenguard.rules.rule import judge


def finding_about(
    subject: Subject | Joining | Entity | str,
    message: str,
    *,
    question: str,
    fix: str,
    blocker: Blocker | None = None,
    because: Iterable[str] = (),
    cause: Cause | None = None,
    instance: CenInstance | None = None,
    area_pair: AreaPair | None = None,
    region_pairs: Iterable[RegionPair] = (),
    packages: Iterable[str] = (),
    related: Iterable[str] = (),
    level: Level | None = None,
    intent: str = "",
    apart: str = "",
) -> Finding:
    """A finding about one resource; with a blocker, the question it leaves open instead of the message."""
    return Finding(
        verdict=judge(blocker),
        subject=subject if isinstance(subject, str) else subject.address if isinstance(subject, Entity) else subject.urn,
        message=f"Whether {question} cannot be told: {blocker.text}." if blocker else message,
        because=tuple(because),
        instance=instance.address if instance is not None and instance.identified else None,
        area_pair=area_pair,
        region_pairs=tuple(region_pairs),
        packages=tuple(packages),
        related=tuple(related),
        fix=Fix(blocker.settle or "make the value known") if blocker else Fix(fix, cause),
        level=level,
        intent=intent,
        apart=apart,
        blocker=str(blocker) if blocker else None,
    )
