terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}
variable "cen" {}
variable "nets" {}
resource "alicloud_cen_instance_attachment" "a" {
  for_each                 = var.nets
  instance_id              = var.cen
  child_instance_id        = each.value
  child_instance_type      = "VPC"
  child_instance_region_id = each.key
}
