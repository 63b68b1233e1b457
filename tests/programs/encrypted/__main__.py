import pulumi
import pulumi_alicloud as ali

config = pulumi.Config()
token, mbps, flag, networks = (
    config.require("token"),
    config.require_int("mbps"),
    config.get_bool("flag"),
    config.require_object("networks"),
)


def limit(name, instance, bandwidth, region="us-west-1"):
    ali.cen.BandwidthLimit(name, instance_id=instance, region_ids=["cn-beijing", region], bandwidth_limit=bandwidth)


limit("plain", token, mbps)
limit("formatted", f"cen-{token}", mbps * 2 + 1)
limit("converted", token.split("/")[1], int(config.require("mbps")))
limit("secret", config.require_secret("token"), config.require_secret_int("mbps"))
limit("applied", config.require_secret("token").apply(lambda text: text.split("/")[1]), config.require_secret("mbps").apply(int))
limit("nested", networks["shop"]["id"], 5, networks["shop"]["region"])
limit("nested-secret", config.require_secret_object("networks")["shop"]["id"], config.get_secret_float("mbps"))
limit("flagged", "cen-1", 10 if flag else 5)
limit(f"named-{token}", "cen-1", 5)
