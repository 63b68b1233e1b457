import pulumi
import pulumi_alicloud as alicloud

kept = pulumi.ResourceOptions(retain_on_delete=True)
core = alicloud.cen.Instance("core", cen_instance_name="core", opts=pulumi.ResourceOptions(protect=True))
package = alicloud.cen.BandwidthPackage(
    "package",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="Europe",
    payment_type="PrePaid",
    period=6,
    auto_renew=True,
    opts=kept,
)
alicloud.cen.BandwidthPackageAttachment("package-attachment", instance_id=core.id, bandwidth_package_id=package.id)
