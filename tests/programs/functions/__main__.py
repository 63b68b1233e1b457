import pulumi
import pulumi_alicloud as ali


def attach(name, instance, network, region="cn-beijing"):
    ali.cen.InstanceAttachment(
        name, instance_id=instance, child_instance_id=network, child_instance_type="VPC", child_instance_region_id=region
    )


core = ali.cen.Instance("core")
plain = ali.cen.get_instances(name_regex="^core")
later = ali.cen.get_instances_output(name_regex="^core")
made_later = ali.cen.get_instances_output(ids=[core.id])

attach("plain", plain.instances[0].id, plain.ids[3])
attach("formatted", f"{plain.instances[0].id}", "vpc-" + plain.names[0])
attach("later", later.instances[0].id, later.apply(lambda found: found.ids[0]))
attach("made-later", made_later.ids[0], "vpc-1")
for network in ali.vpc.get_networks(name_regex="spoke").vpcs:
    attach(f"each-{network.vpc_name}", core.id, network.id, network.region_id)
ali.cen.BandwidthLimit("limit", instance_id=core.id, region_ids=plain.ids, bandwidth_limit=len(plain.ids) and 5)
if not plain.ids or plain.instances[0].status == "Deleted":
    raise RuntimeError("there is no such instance")
attach("untyped", pulumi.runtime.invoke("other:index:find", {}).value["id"], "vpc-1")
