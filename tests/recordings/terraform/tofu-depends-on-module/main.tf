terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}
provider "alicloud" {
  region                 = "cn-beijing"
  access_key             = "LTAIdummy"
  secret_key             = "dummy"
  skip_region_validation = true
}
resource "alicloud_cen_instance" "core" {
  cen_instance_name = "core"
}
module "outer" {
  source = "./outer"
  cen    = alicloud_cen_instance.core.id
}
resource "alicloud_cen_bandwidth_package" "p" {
  bandwidth              = 4
  payment_type           = "PostPaid"
  geographic_region_a_id = "China"
  geographic_region_b_id = "North-America"
}
resource "alicloud_cen_bandwidth_package_attachment" "p" {
  count                = 1
  instance_id          = alicloud_cen_instance.core.id
  bandwidth_package_id = alicloud_cen_bandwidth_package.p.id
}
resource "alicloud_cen_bandwidth_limit" "us" {
  instance_id     = alicloud_cen_instance.core.id
  region_ids      = ["cn-beijing", "us-west-1"]
  bandwidth_limit = 2
  depends_on      = [module.outer, alicloud_cen_bandwidth_package_attachment.p]
}
