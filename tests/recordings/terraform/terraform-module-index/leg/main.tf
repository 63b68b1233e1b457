terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}
variable "cen" {}
variable "vpc" {}
variable "region" {}
resource "alicloud_cen_instance_attachment" "b" {
  instance_id              = var.cen
  child_instance_id        = var.vpc
  child_instance_type      = "VPC"
  child_instance_region_id = var.region
}
