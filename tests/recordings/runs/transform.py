import pulumi
import pulumi_alicloud as alicloud


def paid_by_traffic(args):
    if not args.type_.endswith(":TransitRouterPeerAttachment"):
        return None
    props = {**args.props, "bandwidthType": "DataTransfer"}
    del props["cenBandwidthPackageId"]
    return pulumi.ResourceTransformResult(props, args.opts)


pulumi.runtime.register_stack_transform(paid_by_traffic)

core = alicloud.cen.Instance("core")
package = alicloud.cen.BandwidthPackage(
    "package",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="North-America",
    payment_type="PrePaid",
    period=1,
)
attached = alicloud.cen.BandwidthPackageAttachment("attached", instance_id=core.id, bandwidth_package_id=package.id)
peer = alicloud.cen.TransitRouterPeerAttachment(
    "peer",
    cen_id=core.id,
    transit_router_id="tr-beijing",
    peer_transit_router_id="tr-valley",
    peer_transit_router_region_id="us-west-1",
    bandwidth_type="BandwidthPackage",
    cen_bandwidth_package_id=attached.bandwidth_package_id,
    bandwidth=10,
)
