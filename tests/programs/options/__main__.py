import pulumi
import pulumi_alicloud as ali

west = ali.Provider("west", region="us-west-1")
core = ali.cen.Instance("core", tags={"kind": "core"})


class Site(pulumi.ComponentResource):
    def __init__(self, name, opts=None):
        super().__init__("example:net:Site", name, {"given": core.id, "fixed": 1}, opts)
        self.network = ali.vpc.Network(
            f"{name}-network",
            vpc_name="site",
            opts=pulumi.ResourceOptions(
                parent=self,
                ignore_changes=["vpcName"],
                retain_on_delete=True,
                aliases=[pulumi.Alias(name="old"), "urn:pulumi:dev::net::example:net:Site::older"],
                custom_timeouts=pulumi.CustomTimeouts(create="5m"),
                deleted_with=core,
            ),
        )
        self.register_outputs({"networkId": self.network.id, "count": 3})


site = Site("site", pulumi.ResourceOptions(providers=[west], protect=True))
single = Site("single", pulumi.ResourceOptions(provider=west))
ali.vpc.Network("after", vpc_name="after", opts=pulumi.ResourceOptions(depends_on=[site], import_="vpc-imported"))
ali.vpc.Network("both", vpc_name=pulumi.Output.all(core.id, site.network.id).apply(lambda ids: ids[0]))
ali.vpc.Network("echo", vpc_name=site.network.vpc_name, description=core.tags["kind"], cidr_block=core.description)
ali.vpc.Network("whole", vpc_name=core, description=site, cidr_block=pulumi.StringAsset("text"))
ali.vpc.Network("hidden", vpc_name=pulumi.Output.secret("word"), tags={"open": "yes", "hidden": pulumi.Output.secret(core.id)})
core.id.apply(lambda _id: ali.vpc.Network("never"))
pulumi.Output.from_input("known").apply(lambda _text: ali.vpc.Network("inside-apply"))
read = ali.cen.Instance.get("read", "cen-7")
ali.cen.BandwidthPackageAttachment("bought", instance_id=read.id, bandwidth_package_id=read.description)
pulumi.log.warn("careful")
print("printed by the program", pulumi.runtime.is_dry_run(), pulumi.get_stack(), pulumi.get_organization())
first = ali.vpc.Network("gone-first", opts=pulumi.ResourceOptions(delete_before_replace=True))
forced = {"replace_on_changes": ["vpc_name"], "replace_with": [first], "replacement_trigger": "2"}
ali.vpc.Network("forced", opts=pulumi.ResourceOptions(**forced))
