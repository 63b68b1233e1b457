"""Hong Kong and Singapore, with a package bought for China and Asia-Pacific.

The id of Hong Kong's region starts with `cn-`, and the region lies in Asia-Pacific all the same.
"""

import pulumi
import pulumi_alicloud as alicloud

hong_kong = alicloud.Provider("hong-kong", region="cn-hongkong")
singapore = alicloud.Provider("singapore", region="ap-southeast-1")

core = alicloud.cen.Instance("core", cen_instance_name="core", opts=pulumi.ResourceOptions(provider=hong_kong))

attachments = []
for name, provider, region, block in (
    ("trading", hong_kong, "cn-hongkong", "10.0.0.0/16"),
    ("settlement", singapore, "ap-southeast-1", "10.1.0.0/16"),
):
    opts = pulumi.ResourceOptions(provider=provider)
    vpc = alicloud.vpc.Network(name, vpc_name=name, cidr_block=block, opts=opts)
    attachments.append(
        alicloud.cen.InstanceAttachment(
            name,
            instance_id=core.id,
            child_instance_id=vpc.id,
            child_instance_type="VPC",
            child_instance_region_id=region,
            opts=opts,
        )
    )

package = alicloud.cen.BandwidthPackage(
    "china-asia",
    cen_bandwidth_package_name="china-asia",
    bandwidth=10,
    geographic_region_a_id="Asia-Pacific",
    geographic_region_b_id="China",
    payment_type="PrePaid",
    period=1,
    auto_renew=True,
    opts=pulumi.ResourceOptions(provider=hong_kong, protect=True),
)
package_attachment = alicloud.cen.BandwidthPackageAttachment(
    "china-asia",
    instance_id=core.id,
    bandwidth_package_id=package.id,
    opts=pulumi.ResourceOptions(provider=hong_kong),
)
alicloud.cen.BandwidthLimit(
    "trading-settlement",
    instance_id=core.id,
    region_ids=["cn-hongkong", "ap-southeast-1"],
    bandwidth_limit=10,
    opts=pulumi.ResourceOptions(provider=hong_kong, depends_on=[package_attachment, *attachments]),
)

pulumi.export("cen_id", core.id)
