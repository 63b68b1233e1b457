import * as cen from "@pulumi/alicloud-cen";

const network = new cen.CenNetwork("core", {
    edition: "enterprise",
    networks: {
        office: {
            region: "ap-southeast-1",
            id: "vpc-t4n2c7v9b1m5k8l3p6zqx",
            vswitches: { "ap-southeast-1a": "vsw-t4n0a", "ap-southeast-1b": "vsw-t4n0b" },
        },
        backup: { region: "eu-central-1", kind: "VBR", id: "vbr-gw8t4y6u2i0o3p5a7s9dd" },
    },
    interconnect: { mesh: { bandwidth: 50, billing: "traffic" } },
    tags: { team: "network" },
});

export const cenId = network.cenId;
export const routers = network.transitRouterIds;
