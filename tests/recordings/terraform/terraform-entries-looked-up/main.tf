terraform {
  required_providers {
    alicloud = { source = "aliyun/alicloud" }
  }
}

variable "endpoint" {
  default = "127.0.0.1:8080"
}

provider "alicloud" {
  region = "cn-beijing"
  access_key = "LTAIdummy"
  secret_key = "dummy"
  protocol = "HTTP"
  account_type = "Domestic"
  skip_region_validation = true
  endpoints {
    cbn = var.endpoint
    vpc = var.endpoint
    sts = var.endpoint
    ecs = var.endpoint
    location = var.endpoint
  }
}

provider "alicloud" {
  alias = "cn_beijing"
  region = "cn-beijing"
  access_key = "LTAIdummy"
  secret_key = "dummy"
  protocol = "HTTP"
  account_type = "Domestic"
  skip_region_validation = true
  endpoints {
    cbn = var.endpoint
    vpc = var.endpoint
    sts = var.endpoint
    ecs = var.endpoint
    location = var.endpoint
  }
}

provider "alicloud" {
  alias = "us_west_1"
  region = "us-west-1"
  access_key = "LTAIdummy"
  secret_key = "dummy"
  protocol = "HTTP"
  account_type = "Domestic"
  skip_region_validation = true
  endpoints {
    cbn = var.endpoint
    vpc = var.endpoint
    sts = var.endpoint
    ecs = var.endpoint
    location = var.endpoint
  }
}

provider "alicloud" {
  alias = "eu_central_1"
  region = "eu-central-1"
  access_key = "LTAIdummy"
  secret_key = "dummy"
  protocol = "HTTP"
  account_type = "Domestic"
  skip_region_validation = true
  endpoints {
    cbn = var.endpoint
    vpc = var.endpoint
    sts = var.endpoint
    ecs = var.endpoint
    location = var.endpoint
  }
}


variable "wan" { default = true }
resource "alicloud_vpc" "bj" {
  provider   = alicloud.cn_beijing
  cidr_block = "10.1.0.0/16"
}
resource "alicloud_vswitch" "bj" {
  provider   = alicloud.cn_beijing
  for_each   = { h = 0, i = 1 }
  vpc_id     = alicloud_vpc.bj.id
  zone_id    = "cn-beijing-${each.key}"
  cidr_block = cidrsubnet("10.1.0.0/16", 4, each.value)
}
resource "alicloud_vpc" "sv" {
  provider   = alicloud.us_west_1
  cidr_block = "10.2.0.0/16"
}
resource "alicloud_vswitch" "sv" {
  provider   = alicloud.us_west_1
  for_each   = { a = 0, b = 1 }
  vpc_id     = alicloud_vpc.sv.id
  zone_id    = "us-west-1${each.key}"
  cidr_block = cidrsubnet("10.2.0.0/16", 4, each.value)
}
resource "alicloud_cen_instance" "core" {
  cen_instance_name = "core"
}
resource "alicloud_cen_transit_router" "bj" {
  provider            = alicloud.cn_beijing
  transit_router_name = "tr-bj"
  cen_id              = alicloud_cen_instance.core.id
}
resource "alicloud_cen_transit_router" "sv" {
  provider            = alicloud.us_west_1
  transit_router_name = "tr-sv"
  cen_id              = alicloud_cen_instance.core.id
}

resource "alicloud_cen_transit_router_vpc_attachment" "bj" {
  provider          = alicloud.cn_beijing
  cen_id            = alicloud_cen_instance.core.id
  transit_router_id = alicloud_cen_transit_router.bj.transit_router_id
  vpc_id            = alicloud_vpc.bj.id
  dynamic "zone_mappings" {
    for_each = alicloud_vswitch.bj
    content {
      zone_id    = zone_mappings.value.zone_id
      vswitch_id = zone_mappings.value.id
    }
  }
}
resource "alicloud_cen_transit_router_vpc_attachment" "sv" {
  provider          = alicloud.us_west_1
  cen_id            = alicloud_cen_instance.core.id
  transit_router_id = alicloud_cen_transit_router.sv.transit_router_id
  vpc_id            = alicloud_vpc.sv.id
  dynamic "zone_mappings" {
    for_each = alicloud_vswitch.sv
    content {
      zone_id    = zone_mappings.value.zone_id
      vswitch_id = zone_mappings.value.id
    }
  }
}

resource "alicloud_cen_bandwidth_package" "p" {
  bandwidth              = 5
  geographic_region_a_id = "China"
  geographic_region_b_id = "North-America"
  payment_type           = "PrePaid"
  period                 = 3
  auto_renew             = true
}
resource "alicloud_cen_bandwidth_package_attachment" "p" {
  instance_id          = alicloud_cen_instance.core.id
  bandwidth_package_id = alicloud_cen_bandwidth_package.p.id
}

resource "alicloud_cen_transit_router_peer_attachment" "p" {
  provider                      = alicloud.cn_beijing
  cen_id                        = alicloud_cen_instance.core.id
  transit_router_id             = alicloud_cen_transit_router.bj.transit_router_id
  peer_transit_router_id        = alicloud_cen_transit_router.sv.transit_router_id
  peer_transit_router_region_id = "us-west-1"
  auto_publish_route_enabled    = true
  bandwidth_type                = "BandwidthPackage"
  bandwidth                     = 4
  cen_bandwidth_package_id      = alicloud_cen_bandwidth_package_attachment.p.bandwidth_package_id
}

data "alicloud_cen_transit_router_route_tables" "bj" {
  provider          = alicloud.cn_beijing
  transit_router_id = alicloud_cen_transit_router.bj.transit_router_id
  transit_router_route_table_type = "System"
}

data "alicloud_cen_transit_router_route_tables" "sv" {
  provider          = alicloud.us_west_1
  transit_router_id = alicloud_cen_transit_router.sv.transit_router_id
  transit_router_route_table_type = "System"
}

resource "alicloud_cen_transit_router_route_table_association" "bj_bj" {
  provider                      = alicloud.cn_beijing
  transit_router_attachment_id  = alicloud_cen_transit_router_vpc_attachment.bj.transit_router_attachment_id
  transit_router_route_table_id = data.alicloud_cen_transit_router_route_tables.bj.tables[0].transit_router_route_table_id
}

resource "alicloud_cen_transit_router_route_table_propagation" "bj_bj" {
  provider                      = alicloud.cn_beijing
  transit_router_attachment_id  = alicloud_cen_transit_router_vpc_attachment.bj.transit_router_attachment_id
  transit_router_route_table_id = data.alicloud_cen_transit_router_route_tables.bj.tables[0].transit_router_route_table_id
}

resource "alicloud_cen_transit_router_route_table_association" "bj_p" {
  provider                      = alicloud.cn_beijing
  transit_router_attachment_id  = alicloud_cen_transit_router_peer_attachment.p.transit_router_attachment_id
  transit_router_route_table_id = data.alicloud_cen_transit_router_route_tables.bj.tables[0].transit_router_route_table_id
}

resource "alicloud_cen_transit_router_route_table_propagation" "bj_p" {
  provider                      = alicloud.cn_beijing
  transit_router_attachment_id  = alicloud_cen_transit_router_peer_attachment.p.transit_router_attachment_id
  transit_router_route_table_id = data.alicloud_cen_transit_router_route_tables.bj.tables[0].transit_router_route_table_id
}

resource "alicloud_cen_transit_router_route_table_association" "sv_sv" {
  provider                      = alicloud.us_west_1
  transit_router_attachment_id  = alicloud_cen_transit_router_vpc_attachment.sv.transit_router_attachment_id
  transit_router_route_table_id = data.alicloud_cen_transit_router_route_tables.sv.tables[0].transit_router_route_table_id
}

resource "alicloud_cen_transit_router_route_table_propagation" "sv_sv" {
  provider                      = alicloud.us_west_1
  transit_router_attachment_id  = alicloud_cen_transit_router_vpc_attachment.sv.transit_router_attachment_id
  transit_router_route_table_id = data.alicloud_cen_transit_router_route_tables.sv.tables[0].transit_router_route_table_id
}

resource "alicloud_cen_transit_router_route_table_association" "sv_p" {
  provider                      = alicloud.us_west_1
  transit_router_attachment_id  = alicloud_cen_transit_router_peer_attachment.p.transit_router_attachment_id
  transit_router_route_table_id = data.alicloud_cen_transit_router_route_tables.sv.tables[0].transit_router_route_table_id
}

resource "alicloud_cen_transit_router_route_table_propagation" "sv_p" {
  provider                      = alicloud.us_west_1
  transit_router_attachment_id  = alicloud_cen_transit_router_peer_attachment.p.transit_router_attachment_id
  transit_router_route_table_id = data.alicloud_cen_transit_router_route_tables.sv.tables[0].transit_router_route_table_id
}

data "alicloud_route_tables" "bj" {
  provider = alicloud.cn_beijing
  vpc_id   = alicloud_vpc.bj.id
}

data "alicloud_route_tables" "sv" {
  provider = alicloud.us_west_1
  vpc_id   = alicloud_vpc.sv.id
}

resource "alicloud_route_entry" "bj" {
  provider              = alicloud.cn_beijing
  route_table_id        = data.alicloud_route_tables.bj.tables[0].id
  destination_cidrblock = "10.2.0.0/16"
  nexthop_type          = "Attachment"
  nexthop_id            = alicloud_cen_transit_router_vpc_attachment.bj.transit_router_attachment_id
}

resource "alicloud_route_entry" "sv" {
  provider              = alicloud.us_west_1
  route_table_id        = data.alicloud_route_tables.sv.tables[0].id
  destination_cidrblock = "10.1.0.0/16"
  nexthop_type          = "Attachment"
  nexthop_id            = alicloud_cen_transit_router_vpc_attachment.sv.transit_router_attachment_id
}
