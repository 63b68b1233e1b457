terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}
provider "alicloud" {
  region = "cn-beijing"
  access_key = "LTAIdummy"
  secret_key = "dummy"
  skip_region_validation = true
}
resource "alicloud_cen_instance" "core" {
  count             = 2
  cen_instance_name = "core-${count.index}"
}
resource "alicloud_cen_instance_attachment" "a" {
  count                    = 2
  instance_id              = alicloud_cen_instance.core[count.index].id
  child_instance_id        = "vpc-a${count.index}"
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-beijing"
}
module "leg" {
  source = "./leg"
  count  = 2
  cen    = alicloud_cen_instance.core[1 - count.index].id
  vpc    = "vpc-b${count.index}"
  region = count.index == 0 ? "us-west-1" : "eu-central-1"
}
