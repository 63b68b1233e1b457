import pulumi
import pulumi_alicloud as alicloud
import pulumi_backbone as backbone

REGIONS = {"hk": "cn-hongkong", "sg": "ap-southeast-1"}
native = {k: alicloud.Provider(k, region=r, protocol="HTTP") for k, r in REGIONS.items()}
networks = {
    k: {
        "vpc_id": alicloud.vpc.Network(
            k, vpc_name=k, cidr_block=f"172.{16 + i}.0.0/16", opts=pulumi.ResourceOptions(provider=native[k])
        ).id,
        "region": r,
    }
    for i, (k, r) in enumerate(REGIONS.items())
}
net = backbone.Module(
    "asia",
    name="asia",
    region="cn-hongkong",
    networks=networks,
    spans={"hk-sg": {"areas": ["China", "Asia-Pacific"], "mbps": 10}},
    limits={"hk-sg": {"span": "hk-sg", "regions": ["cn-hongkong", "ap-southeast-1"], "mbps": 10}},
)
pulumi.export("cenId", net.cen_id)
