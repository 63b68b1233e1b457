terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

variable "cidr" {
  type = string
}

resource "alicloud_vpc" "net" {
  cidr_block = var.cidr
}

output "id" {
  value = alicloud_vpc.net.id
}
