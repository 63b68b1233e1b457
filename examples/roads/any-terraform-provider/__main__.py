import pulumi
import pulumi_alicloud as alicloud

hk = alicloud.Provider("hk", region="cn-hongkong", protocol="HTTP")
sg = alicloud.Provider("sg", region="ap-southeast-1", protocol="HTTP")
at_hk, at_sg = pulumi.ResourceOptions(provider=hk), pulumi.ResourceOptions(provider=sg)

asia = alicloud.CenInstance("asia", name="asia", opts=at_hk)
net_hk = alicloud.Vpc("hk", name="hk", cidr_block="172.16.0.0/16", opts=at_hk)
net_sg = alicloud.Vpc("sg", name="sg", cidr_block="172.17.0.0/16", opts=at_sg)
attachments = [
    alicloud.CenInstanceAttachment(
        name,
        instance_id=asia.id,
        child_instance_id=net.id,
        child_instance_type="VPC",
        child_instance_region_id=region,
        opts=at_hk,
    )
    for name, net, region in (("hk", net_hk, "cn-hongkong"), ("sg", net_sg, "ap-southeast-1"))
]
package = alicloud.CenBandwidthPackage(
    "hk-sg",
    name="hk-sg",
    bandwidth=10,
    payment_type="PostPaid",
    geographic_region_a_id="China",
    geographic_region_b_id="Asia-Pacific",
    opts=at_hk,
)
bound = alicloud.CenBandwidthPackageAttachment("hk-sg", instance_id=asia.id, bandwidth_package_id=package.id, opts=at_hk)
alicloud.CenBandwidthLimit(
    "hk-sg",
    instance_id=bound.instance_id,
    region_ids=["cn-hongkong", "ap-southeast-1"],
    bandwidth_limit=10,
    opts=pulumi.ResourceOptions(provider=hk, depends_on=attachments),
)
