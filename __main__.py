"""A global network, as the stack's configuration describes it.

`Pulumi.dev.yaml` holds the arguments of `CenNetwork` under the key `network`; they are validated as a whole, and every
mistake is named with its path before anything is created.
"""

import pulumi

from cenguard_components import CenNetwork

network = CenNetwork("global", pulumi.Config().require_object("network"))

pulumi.export("cen_id", network.cen_id)
pulumi.export("attachment_ids", network.attachment_ids)
pulumi.export("package_ids", network.package_ids)
pulumi.export("interconnection_ids", network.interconnection_ids)
