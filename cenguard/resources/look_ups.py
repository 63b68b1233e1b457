"""Look-ups: what a program asks the service for while it is planned."""

LISTS_TABLES = "alicloud:cen/getTransitRouterRouteTables:getTransitRouterRouteTables"
"""The function of the provider that lists the tables of a router."""
LISTS_TABLES_IN_TERRAFORM = "alicloud_cen_transit_router_route_tables"
FILTERS = (
    "ids",
    "nameRegex",
    "transitRouterRouteTableIds",
    "transitRouterRouteTableNames",
    "transitRouterRouteTableType",
)
"""Its arguments that choose among the tables of a router. Source: `pulumi_alicloud` 4.0.0."""
UNFILTERED = "urn:pulumi:look-up::look-up::cenguard:lookup/unfiltered:Unfiltered::a look-up without a filter"
"""What an answer was made from as well, where a program asks for every table of a router: which one it takes is not told."""

PACKAGES = "data:alicloud_cen_bandwidth_packages"
ATTACHMENTS = "data:alicloud_cen_instance_attachments"
LIMITS = "data:alicloud_cen_bandwidth_limits"
"""Types of the data sources of Terraform that list what stands, as records have them."""
