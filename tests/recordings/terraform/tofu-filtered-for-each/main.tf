terraform {
  required_providers {
 alicloud = { source = "aliyun/alicloud" }
 }
}
provider "alicloud" { region = "cn-beijing" }
resource "alicloud_cen_instance" "core" {
 count = 1
 cen_instance_name = "core"
}
locals {
  nets = {
    bj = { region = "cn-beijing", vpc = "vpc-a", on = true }
    us = { region = "us-west-1", vpc = "vpc-b", on = true }
    eu = { region = "eu-central-1", vpc = "vpc-c", on = true }
  }
  areas = { "cn-beijing" = "China", "us-west-1" = "North-America", "eu-central-1" = "Europe" }
  live  = { for k, v in local.nets : k => v if v.on }
  hub   = "bj"
  spokes = { for k, v in local.live : k => v if k != local.hub }
}
resource "alicloud_cen_instance_attachment" "net" {
  for_each                 = local.live
  instance_id              = one(alicloud_cen_instance.core[*].id)
  child_instance_id        = each.value.vpc
  child_instance_type      = "VPC"
  child_instance_region_id = each.value.region
}
resource "alicloud_cen_bandwidth_package" "spoke" {
  for_each               = { for k, v in local.spokes : k => v if !contains([], k) }
  bandwidth              = 6
  payment_type           = "PostPaid"
  geographic_region_a_id = local.areas[local.nets[local.hub].region]
  geographic_region_b_id = local.areas[each.value.region]
}
resource "alicloud_cen_bandwidth_package_attachment" "spoke" {
  for_each             = alicloud_cen_bandwidth_package.spoke
  instance_id          = try(alicloud_cen_instance.core[0].id, "cen-none")
  bandwidth_package_id = each.value.id
}
resource "alicloud_cen_bandwidth_limit" "spoke" {
  for_each        = alicloud_cen_bandwidth_package_attachment.spoke
  instance_id     = each.value.instance_id
  region_ids      = [alicloud_cen_instance_attachment.net[local.hub].child_instance_region_id, alicloud_cen_instance_attachment.net[each.key].child_instance_region_id]
  bandwidth_limit = 4
}
