terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

provider "alicloud" {
  region                 = "cn-beijing"
  access_key             = "LTAIdummy"
  secret_key             = "dummy"
  skip_region_validation = true
}

resource "alicloud_cen_instance" "core" {
  cen_instance_name = "core"
}

# from elsewhere: init lays its files into .terraform/modules
module "nets" {
  source = "git::https://example.com/nets.git"
  cen    = alicloud_cen_instance.core.id
}

# one of its own for each key, which the attachment below names by its value
module "net" {
  source   = "./net"
  for_each = toset(["10.2.0.0/16", "10.3.0.0/16"])
  cidr     = each.value
}

resource "alicloud_cen_instance_attachment" "own" {
  for_each                 = toset(["10.2.0.0/16", "10.3.0.0/16"])
  instance_id              = alicloud_cen_instance.core.id
  child_instance_id        = module.net[each.value].id
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-beijing"
}
