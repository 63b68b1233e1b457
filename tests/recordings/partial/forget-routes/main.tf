terraform {
  required_providers { alicloud = { source = "aliyun/alicloud" } }
}
provider "alicloud" { region = "cn-hangzhou" }
provider "alicloud" {
  alias  = "fra"
  region = "eu-central-1"
}
provider "alicloud" {
  alias  = "sg"
  region = "ap-southeast-1"
}
resource "alicloud_cen_instance" "core" { cen_instance_name = "core" }
resource "alicloud_vpc" "hz" {
  vpc_name = "hz"
  cidr_block = "10.10.0.0/16"
}
resource "alicloud_vswitch" "hz" {
  vpc_id = alicloud_vpc.hz.id
  zone_id = "cn-hangzhou-h"
  cidr_block = "10.10.1.0/24"
}
resource "alicloud_vswitch" "hz2" {
  vpc_id = alicloud_vpc.hz.id
  zone_id = "cn-hangzhou-i"
  cidr_block = "10.10.2.0/24"
}
resource "alicloud_cen_transit_router" "hz" {
  cen_id = alicloud_cen_instance.core.id
  transit_router_name = "hz"
}
resource "alicloud_cen_transit_router_vpc_attachment" "hz" {
  cen_id = alicloud_cen_instance.core.id
  transit_router_id = alicloud_cen_transit_router.hz.transit_router_id
  vpc_id = alicloud_vpc.hz.id
  auto_publish_route_enabled = true
  zone_mappings {
    zone_id = alicloud_vswitch.hz.zone_id
    vswitch_id = alicloud_vswitch.hz.id
  }
  zone_mappings {
    zone_id = alicloud_vswitch.hz2.zone_id
    vswitch_id = alicloud_vswitch.hz2.id
  }
}
resource "alicloud_cen_transit_router_route_table" "hz" {
  transit_router_id = alicloud_cen_transit_router.hz.transit_router_id
}
resource "alicloud_cen_transit_router_route_table_association" "hz_vpc" {
  transit_router_attachment_id = alicloud_cen_transit_router_vpc_attachment.hz.transit_router_attachment_id
  transit_router_route_table_id = alicloud_cen_transit_router_route_table.hz.transit_router_route_table_id
}
resource "alicloud_cen_transit_router_route_table_propagation" "hz_vpc" {
  transit_router_attachment_id = alicloud_cen_transit_router_vpc_attachment.hz.transit_router_attachment_id
  transit_router_route_table_id = alicloud_cen_transit_router_route_table.hz.transit_router_route_table_id
}
resource "alicloud_vpc" "fra" {
  provider = alicloud.fra
  vpc_name = "fra"
  cidr_block = "10.20.0.0/16"
}
resource "alicloud_vswitch" "fra" {
  provider = alicloud.fra
  vpc_id = alicloud_vpc.fra.id
  zone_id = "eu-central-1a"
  cidr_block = "10.20.1.0/24"
}
resource "alicloud_vswitch" "fra2" {
  provider = alicloud.fra
  vpc_id = alicloud_vpc.fra.id
  zone_id = "eu-central-1b"
  cidr_block = "10.20.2.0/24"
}
resource "alicloud_cen_transit_router" "fra" {
  provider = alicloud.fra
  cen_id = alicloud_cen_instance.core.id
  transit_router_name = "fra"
}
resource "alicloud_cen_transit_router_vpc_attachment" "fra" {
  provider = alicloud.fra
  cen_id = alicloud_cen_instance.core.id
  transit_router_id = alicloud_cen_transit_router.fra.transit_router_id
  vpc_id = alicloud_vpc.fra.id
  auto_publish_route_enabled = true
  zone_mappings {
    zone_id = alicloud_vswitch.fra.zone_id
    vswitch_id = alicloud_vswitch.fra.id
  }
  zone_mappings {
    zone_id = alicloud_vswitch.fra2.zone_id
    vswitch_id = alicloud_vswitch.fra2.id
  }
}
resource "alicloud_cen_transit_router_route_table" "fra" {
  provider = alicloud.fra
  transit_router_id = alicloud_cen_transit_router.fra.transit_router_id
}
resource "alicloud_cen_transit_router_route_table_association" "fra_vpc" {
  provider = alicloud.fra
  transit_router_attachment_id = alicloud_cen_transit_router_vpc_attachment.fra.transit_router_attachment_id
  transit_router_route_table_id = alicloud_cen_transit_router_route_table.fra.transit_router_route_table_id
}
resource "alicloud_cen_transit_router_route_table_propagation" "fra_vpc" {
  provider = alicloud.fra
  transit_router_attachment_id = alicloud_cen_transit_router_vpc_attachment.fra.transit_router_attachment_id
  transit_router_route_table_id = alicloud_cen_transit_router_route_table.fra.transit_router_route_table_id
}
removed {
 from = alicloud_cen_bandwidth_package.eu
 lifecycle {
  destroy = false
 }
}
removed {
 from = alicloud_cen_bandwidth_package_attachment.eu
 lifecycle {
  destroy = false
 }
}
removed {
 from = alicloud_cen_transit_router_peer_attachment.hz_fra
 lifecycle {
  destroy = false
 }
}
removed {
 from = alicloud_cen_transit_router_route_table_association.hz_pfra
 lifecycle {
  destroy = false
 }
}
removed {
 from = alicloud_cen_transit_router_route_table_association.fra_phz
 lifecycle {
  destroy = false
 }
}
removed {
 from = alicloud_cen_transit_router_route_table_propagation.hz_pfra
 lifecycle {
  destroy = false
 }
}
removed {
 from = alicloud_cen_transit_router_route_table_propagation.fra_phz
 lifecycle {
  destroy = false
 }
}
