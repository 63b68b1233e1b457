package main

import (
	"example.com/pulumi-alicloud-cen/sdk/go/alicloudcen"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		network, err := alicloudcen.NewCenNetwork(ctx, "core", &alicloudcen.CenNetworkArgs{
			Edition: "enterprise",
			Networks: map[string]alicloudcen.NetworkArgs{
				"office": {
					Region: "ap-southeast-1",
					Id:     pulumi.String("vpc-t4n2c7v9b1m5k8l3p6zqx"),
					Vswitches: map[string]pulumi.StringInput{
						"ap-southeast-1a": pulumi.String("vsw-t4n0a"),
						"ap-southeast-1b": pulumi.String("vsw-t4n0b"),
					},
				},
				"backup": {
					Region: "eu-central-1",
					Kind:   pulumi.StringRef("VBR"),
					Id:     pulumi.String("vbr-gw8t4y6u2i0o3p5a7s9dd"),
				},
			},
			Interconnect: &alicloudcen.InterconnectArgs{
				Mesh: &alicloudcen.MeshArgs{Bandwidth: 50, Billing: pulumi.StringRef("traffic")},
			},
			Tags: map[string]pulumi.StringInput{"team": pulumi.String("network")},
		})
		if err != nil {
			return err
		}
		ctx.Export("cenId", network.CenId)
		ctx.Export("routers", network.TransitRouterIds)
		return nil
	})
}
