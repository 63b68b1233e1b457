terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

provider "alicloud" {
  region   = "cn-beijing"
  protocol = "HTTP"
}

provider "alicloud" {
  alias    = "us"
  region   = "us-west-1"
  protocol = "HTTP"
}

resource "alicloud_cen_instance" "backbone" {
  cen_instance_name = "backbone"
}

resource "alicloud_vpc" "bj" {
  vpc_name   = "vpc-bj"
  cidr_block = "10.0.0.0/16"
}

resource "alicloud_vpc" "us" {
  provider   = alicloud.us
  vpc_name   = "vpc-us"
  cidr_block = "10.1.0.0/16"
}

resource "alicloud_cen_instance_attachment" "bj" {
  instance_id              = alicloud_cen_instance.backbone.id
  child_instance_id        = alicloud_vpc.bj.id
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-beijing"
}

resource "alicloud_cen_instance_attachment" "us" {
  instance_id              = alicloud_cen_instance.backbone.id
  child_instance_id        = alicloud_vpc.us.id
  child_instance_type      = "VPC"
  child_instance_region_id = "us-west-1"
}

resource "alicloud_cen_bandwidth_package" "china_us" {
  cen_bandwidth_package_name = "china-us"
  bandwidth                  = 6
  payment_type               = "PostPaid"
  geographic_region_a_id     = "China"
  geographic_region_b_id     = "North-America"
}

resource "alicloud_cen_bandwidth_package_attachment" "china_us" {
  instance_id          = alicloud_cen_instance.backbone.id
  bandwidth_package_id = alicloud_cen_bandwidth_package.china_us.id
}

resource "alicloud_cen_bandwidth_limit" "bj_us" {
  instance_id     = alicloud_cen_instance.backbone.id
  region_ids      = ["cn-beijing", "us-west-1"]
  bandwidth_limit = 4
  depends_on = [
    alicloud_cen_bandwidth_package_attachment.china_us,
    alicloud_cen_instance_attachment.bj,
    alicloud_cen_instance_attachment.us,
  ]
}
