import pulumi
import pulumi_alicloud as ali

net = pulumi.StackReference("organization/net/prod")
other = pulumi.StackReference("elsewhere", stack_name="organization/other/prod")
ali.cen.Instance(
    "core",
    cen_instance_name=net.require_output("cen_id"),
    description=net.get_output("not_listed"),
    resource_group_id=net.outputs["cen_id"],
    protection_level=other.require_output("anything"),
)
pulumi.export("id", net.get_output("cen_id"))
