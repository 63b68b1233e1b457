terraform {
  required_providers { alicloud = { source = "aliyun/alicloud" } }
}
provider "alicloud" { region = "cn-hangzhou" }
provider "alicloud" {
  alias = "eu"
  region = "eu-central-1"
}
resource "alicloud_cen_instance" "core" { cen_instance_name = "core" }
resource "alicloud_vpc" "hz" { cidr_block = "10.0.0.0/16" }
resource "alicloud_vpc" "eu" {
  provider = alicloud.eu
  cidr_block = "10.1.0.0/16"
}
resource "alicloud_vswitch" "hz" {
  
  vpc_id = alicloud_vpc.hz.id
  zone_id = "cn-hangzhou-h"
  cidr_block = "10.0.1.0/24"
}
resource "alicloud_vswitch" "hz2" {
  
  vpc_id = alicloud_vpc.hz.id
  zone_id = "cn-hangzhou-i"
  cidr_block = "10.0.2.0/24"
}
resource "alicloud_vswitch" "eu" {
  provider = alicloud.eu
  vpc_id = alicloud_vpc.eu.id
  zone_id = "eu-central-1a"
  cidr_block = "10.1.1.0/24"
}
resource "alicloud_vswitch" "eu2" {
  provider = alicloud.eu
  vpc_id = alicloud_vpc.eu.id
  zone_id = "eu-central-1b"
  cidr_block = "10.1.2.0/24"
}

resource "alicloud_cen_transit_router" "hz" { cen_id = alicloud_cen_instance.core.id }
resource "alicloud_cen_transit_router" "eu" {
  provider = alicloud.eu
  cen_id = alicloud_cen_instance.core.id
}
resource "alicloud_cen_transit_router_vpc_attachment" "hz" {
  cen_id = alicloud_cen_instance.core.id
  transit_router_id = alicloud_cen_transit_router.hz.transit_router_id
  vpc_id = alicloud_vpc.hz.id
  zone_mappings {
    zone_id = "cn-hangzhou-h"
    vswitch_id = alicloud_vswitch.hz.id
  }
  zone_mappings {
    zone_id = "cn-hangzhou-i"
    vswitch_id = alicloud_vswitch.hz2.id
  }
}
resource "alicloud_cen_transit_router_vpc_attachment" "eu" {
  provider = alicloud.eu
  cen_id = alicloud_cen_instance.core.id
  transit_router_id = alicloud_cen_transit_router.eu.transit_router_id
  vpc_id = alicloud_vpc.eu.id
  zone_mappings {
    zone_id = "eu-central-1a"
    vswitch_id = alicloud_vswitch.eu.id
  }
  zone_mappings {
    zone_id = "eu-central-1b"
    vswitch_id = alicloud_vswitch.eu2.id
  }
}
resource "terraform_data" "tr" { input = { hz = alicloud_cen_transit_router.hz.transit_router_id, eu = alicloud_cen_transit_router.eu.transit_router_id } }
resource "alicloud_cen_bandwidth_package" "package" {
  bandwidth = 6
  payment_type = "PostPaid"
  geographic_region_a_id = "China"
  geographic_region_b_id = "Europe"
  
}
resource "alicloud_cen_bandwidth_package_attachment" "bound" {
  instance_id = alicloud_cen_instance.core.id
  bandwidth_package_id = alicloud_cen_bandwidth_package.package.id
  
}
resource "alicloud_cen_transit_router_peer_attachment" "p" {
  cen_id = alicloud_cen_instance.core.id
  transit_router_id = terraform_data.tr.output.hz
  peer_transit_router_id = terraform_data.tr.output.eu
  peer_transit_router_region_id = "eu-central-1"
  cen_bandwidth_package_id = alicloud_cen_bandwidth_package_attachment.bound.bandwidth_package_id
  bandwidth_type = "BandwidthPackage"
  bandwidth = 5
}
