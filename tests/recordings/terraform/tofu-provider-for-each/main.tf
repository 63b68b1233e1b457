terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}
locals { regions = { beijing = "cn-beijing", frankfurt = "eu-central-1" } }
provider "alicloud" {
  region = "cn-hangzhou"
}
provider "alicloud" {
  alias    = "by_region"
  for_each = local.regions
  region   = each.value
}
resource "alicloud_cen_instance" "core" { cen_instance_name = "core" }
resource "alicloud_cen_transit_router" "hub" {
  for_each            = { beijing = 1, frankfurt = 2 }
  provider            = alicloud.by_region[each.key]
  cen_id              = alicloud_cen_instance.core.id
  transit_router_name = each.key
}
resource "alicloud_vpc" "net" {
  for_each   = { beijing = 1, frankfurt = 2 }
  provider   = alicloud.by_region[each.key]
  cidr_block = "10.${each.value}.0.0/16"
}
resource "alicloud_cen_transit_router_route_table" "extra" {
  for_each          = { beijing = 1, frankfurt = 2 }
  provider          = alicloud.by_region[each.key]
  transit_router_id = alicloud_cen_transit_router.hub[each.key].transit_router_id
}
resource "alicloud_cen_transit_router_peer_attachment" "span" {
  provider                      = alicloud.by_region["beijing"]
  cen_id                        = alicloud_cen_instance.core.id
  transit_router_id             = alicloud_cen_transit_router.hub["beijing"].transit_router_id
  peer_transit_router_id        = alicloud_cen_transit_router.hub["frankfurt"].transit_router_id
  peer_transit_router_region_id = "eu-central-1"
  bandwidth_type                = "DataTransfer"
  bandwidth                     = 10
}
resource "alicloud_cen_instance" "basic" { cen_instance_name = "basic" }
resource "alicloud_cen_instance_attachment" "net" {
  for_each                 = { beijing = 1, frankfurt = 2 }
  instance_id              = alicloud_cen_instance.basic.id
  child_instance_id        = alicloud_vpc.net[each.key].id
  child_instance_type      = "VPC"
  child_instance_region_id = local.regions[each.key]
}
