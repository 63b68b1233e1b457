"""What the service says of the two editions of its transit routers, in words that pages, messages and commands share."""

NOT_SOLD = "no longer sold outside the regions of Cloud Connect Networks"
BASIC_NOT_SOLD = f"Basic Edition is {NOT_SOLD}"
"""Source: https://help.aliyun.com/en/cen/product-overview/regions-and-zones-that-support-transit-router (2025-10-24,
2026-03-18). What a direct attachment of a new instance meets is not documented; attachments still deploy."""
ENTERPRISE_COSTS = "an Enterprise router is billed for each attachment by the hour, and for each GB that enters it"
"""Source: billing page of 2026-03-23."""
UPGRADE_PLANS = (
    "`cenguard upgrade` says what a network that stands on Basic Edition becomes, what stops working and what it costs"
)
