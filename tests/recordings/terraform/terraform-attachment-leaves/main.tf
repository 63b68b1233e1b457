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

resource "alicloud_cen_instance" "core" {
  provider          = alicloud.bj
  cen_instance_name = "core"
}

resource "alicloud_cen_transit_router" "bj" {
  provider = alicloud.bj
  cen_id   = alicloud_cen_instance.core.id
}

resource "alicloud_cen_transit_router" "sv" {
  provider = alicloud.sv
  cen_id   = alicloud_cen_instance.core.id
}

resource "alicloud_vpc" "sv" {
  provider   = alicloud.sv
  cidr_block = "10.2.0.0/16"
}

resource "alicloud_vswitch" "sv" {
  provider   = alicloud.sv
  vpc_id     = alicloud_vpc.sv.id
  zone_id    = "us-west-1a"
  cidr_block = "10.2.0.0/24"
}

resource "alicloud_cen_bandwidth_package" "p" {
  provider               = alicloud.bj
  bandwidth              = 5
  geographic_region_a_id = "China"
  geographic_region_b_id = "North-America"
  payment_type           = "PrePaid"
  period                 = 3
  auto_renew             = true
}

resource "alicloud_cen_bandwidth_package_attachment" "p" {
  provider             = alicloud.bj
  instance_id          = alicloud_cen_instance.core.id
  bandwidth_package_id = alicloud_cen_bandwidth_package.p.id
}

resource "alicloud_cen_transit_router_peer_attachment" "p" {
  provider                      = alicloud.bj
  cen_id                        = alicloud_cen_instance.core.id
  transit_router_id             = alicloud_cen_transit_router.bj.transit_router_id
  peer_transit_router_id        = alicloud_cen_transit_router.sv.transit_router_id
  peer_transit_router_region_id = "us-west-1"
  bandwidth_type                = "BandwidthPackage"
  bandwidth                     = 4
  cen_bandwidth_package_id      = alicloud_cen_bandwidth_package_attachment.p.bandwidth_package_id
}
