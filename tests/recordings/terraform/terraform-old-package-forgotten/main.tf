terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}

variable "endpoint" {}

provider "alicloud" {
  alias                  = "bj"
  region                 = "cn-beijing"
  access_key             = "LTAIdummy"
  secret_key             = "dummy"
  protocol               = "HTTP"
  skip_region_validation = true
  endpoints {
    cbn      = var.endpoint
    vpc      = var.endpoint
    sts      = var.endpoint
    location = var.endpoint
  }
}

provider "alicloud" {
  alias                  = "sv"
  region                 = "us-west-1"
  access_key             = "LTAIdummy"
  secret_key             = "dummy"
  protocol               = "HTTP"
  skip_region_validation = true
  endpoints {
    cbn      = var.endpoint
    vpc      = var.endpoint
    sts      = var.endpoint
    location = var.endpoint
  }
}

provider "alicloud" {
  alias                  = "eu"
  region                 = "eu-central-1"
  access_key             = "LTAIdummy"
  secret_key             = "dummy"
  protocol               = "HTTP"
  skip_region_validation = true
  endpoints {
    cbn      = var.endpoint
    vpc      = var.endpoint
    sts      = var.endpoint
    location = var.endpoint
  }
}

resource "alicloud_vpc" "bj" {
  provider   = alicloud.bj
  cidr_block = "10.1.0.0/16"
}
resource "alicloud_vpc" "sv" {
  provider   = alicloud.sv
  cidr_block = "10.2.0.0/16"
}
resource "alicloud_cen_instance" "core" {
  provider = alicloud.bj
  cen_instance_name = "core"
}
resource "alicloud_cen_instance_attachment" "bj" {
  provider = alicloud.bj
  instance_id              = alicloud_cen_instance.core.id
  child_instance_id        = alicloud_vpc.bj.id
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-beijing"
}
resource "alicloud_cen_instance_attachment" "sv" {
  provider = alicloud.bj
  instance_id              = alicloud_cen_instance.core.id
  child_instance_id        = alicloud_vpc.sv.id
  child_instance_type      = "VPC"
  child_instance_region_id = "us-west-1"
}
removed {
  from = alicloud_cen_bandwidth_package.p
  lifecycle {
    destroy = false
  }
}
removed {
  from = alicloud_cen_bandwidth_package_attachment.p
  lifecycle {
    destroy = false
  }
}
