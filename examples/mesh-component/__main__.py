"""Three regions in a full mesh, built by `CenNetwork` from the stack's configuration."""

import pulumi

from components import CenNetwork

network = CenNetwork("core", pulumi.Config().require_object("network"))

pulumi.export("cen_id", network.cen_id)
pulumi.export("interconnection_ids", network.interconnection_ids)
