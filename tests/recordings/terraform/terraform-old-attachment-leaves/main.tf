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

resource "alicloud_cen_bandwidth_package" "p" {
  provider = alicloud.bj
  bandwidth              = 5
  geographic_region_a_id = "China"
  geographic_region_b_id = "Europe"
  payment_type           = "PrePaid"
  period                 = 3
  auto_renew             = true
  lifecycle {
    create_before_destroy = true
  }
}
resource "alicloud_cen_bandwidth_package_attachment" "p" {
  provider = alicloud.bj
  instance_id          = alicloud_cen_instance.core.id
  bandwidth_package_id = alicloud_cen_bandwidth_package.p.id
  lifecycle {
    create_before_destroy = true
  }
}

resource "alicloud_cen_bandwidth_limit" "l" {
  provider = alicloud.bj
  instance_id     = alicloud_cen_instance.core.id
  region_ids      = ["cn-beijing", "us-west-1"]
  bandwidth_limit = 4
  depends_on      = [alicloud_cen_bandwidth_package_attachment.p, alicloud_cen_instance_attachment.bj, alicloud_cen_instance_attachment.sv]
}

resource "alicloud_vpc" "eu" {
  provider   = alicloud.eu
  cidr_block = "10.3.0.0/16"
}
resource "alicloud_cen_instance_attachment" "eu" {
  provider = alicloud.bj
  instance_id              = alicloud_cen_instance.core.id
  child_instance_id        = alicloud_vpc.eu.id
  child_instance_type      = "VPC"
  child_instance_region_id = "eu-central-1"
}

resource "alicloud_cen_bandwidth_limit" "e" {
  provider = alicloud.bj
  instance_id     = alicloud_cen_instance.core.id
  region_ids      = ["cn-beijing", "eu-central-1"]
  bandwidth_limit = 4
  depends_on      = [alicloud_cen_bandwidth_package_attachment.p, alicloud_cen_instance_attachment.bj, alicloud_cen_instance_attachment.eu]
}
