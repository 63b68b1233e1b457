"""What stands of an instance that a network is built on: asked of the service, since a program sees no state."""

from collections.abc import Iterable, Mapping
from typing import Any

import pulumi
import pulumi_alicloud as alicloud

from cenguard.errors import InvalidIntent, Problem
from cenguard.geography.editions import UPGRADE_PLANS
from cenguard.planning.intent import Intent
from cenguard.planning.plan import Edition
from cenguard_components.children import rejection


def asked_instance(intent: Intent) -> str | None:
    """The instance that can be asked for its routers: one that is there already and whose id is known here.

    An id that is another resource's output would be known too late: the children wait for nothing else.
    """
    found = intent.instance.get("existing_id")
    return found if intent.edition is Edition.ENTERPRISE and isinstance(found, str) else None


def provider_of_stack(regions: Iterable[str]) -> dict[str, pulumi.ProviderResource | None]:
    """The region of the stack's own provider, which needs not be made to be asked; None stands for it."""
    region = pulumi.Config("alicloud").get("region")
    return {region: None} if region in set(regions) and region is not None else {}


def refuse_basic_routers(cen_id: str, providers: Mapping[str, pulumi.ProviderResource | None]) -> None:
    """Ask in each region for the instance's router, and refuse where it is of Basic Edition.

    A provider answers for its own region (`RegionId` of ListTransitRouters). Who may not ask is not stopped: the service
    refuses the second router of a region then.

    Raises:
        pulumi.InputPropertiesError: with the regions whose router is Basic.
    """
    basic = [region for region, provider in sorted(providers.items()) if _has_basic_router(cen_id, region, provider)]
    if not basic:
        return
    reason = (
        f'"enterprise", but {cen_id} stands on Basic Edition in {", ".join(basic)}: an instance has one router in a region, so '
        f"the service refuses another, and nothing was registered there. {UPGRADE_PLANS}: cenguard upgrade --instance {cen_id}"
    )
    raise rejection(InvalidIntent("CenNetwork", (Problem("edition", reason),)))


def _has_basic_router(cen_id: str, region: str, provider: pulumi.ProviderResource | None) -> bool:
    try:
        answer: Any = alicloud.cen.get_transit_routers(cen_id=cen_id, opts=pulumi.InvokeOptions(provider=provider))
        return any(router.type == "Basic" for router in answer.transit_routers or ())
    except Exception as error:  # noqa: BLE001 - whatever a provider or an engine has against the question
        pulumi.log.info(f"which edition {cen_id} has in {region} could not be asked: {error}")
        return False
