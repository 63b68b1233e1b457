terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

variable "cen" {
  type = string
}

locals {
  nets = {
    shop  = { region = "cn-beijing", cidr = "10.0.0.0/16" }
    sales = { region = "cn-beijing", cidr = "10.1.0.0/16" }
  }
  made = alicloud_vpc.net
}

resource "alicloud_vpc" "net" {
  for_each   = local.nets
  vpc_name   = each.key
  cidr_block = each.value.cidr
}

resource "alicloud_cen_instance_attachment" "net" {
  for_each                 = local.nets
  instance_id              = var.cen
  child_instance_id        = local.made[each.key].id
  child_instance_type      = "VPC"
  child_instance_region_id = each.value.region
}
