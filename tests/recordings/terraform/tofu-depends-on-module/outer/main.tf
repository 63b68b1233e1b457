terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}
variable "cen" {}
module "inner" {
  source   = "./inner"
  for_each = { all = { "cn-beijing" = "vpc-1", "us-west-1" = "vpc-2" } }
  cen      = var.cen
  nets     = each.value
}
