terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}

provider "alicloud" {
  region   = "cn-beijing"
  protocol = "HTTP"
}

resource "alicloud_cen_instance" "core" {
  cen_instance_name = "core"
}

resource "alicloud_vpc" "shop" {
  cidr_block = "10.1.0.0/16"
}

resource "alicloud_cen_instance_attachment" "shop" {
  instance_id              = alicloud_cen_instance.core.id
  child_instance_id        = alicloud_vpc.shop.id
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-beijing"
}

# how many of these there are is not known before the network stands
resource "terraform_data" "record" {
  for_each = toset([alicloud_vpc.shop.id])
  input    = each.key
}
