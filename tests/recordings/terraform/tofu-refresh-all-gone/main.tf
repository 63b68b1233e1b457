terraform {
  required_providers {
 alicloud = { source = "aliyun/alicloud" }
 }
}
provider "alicloud" { region = "cn-beijing" }
resource "alicloud_cen_instance" "core" { cen_instance_name = "core" }
resource "alicloud_cen_instance_attachment" "bj" {
  instance_id = alicloud_cen_instance.core.id
  child_instance_id = "vpc-a"
  child_instance_type = "VPC"
  child_instance_region_id = "cn-beijing"
  
}
resource "alicloud_cen_instance_attachment" "us" {
  instance_id = alicloud_cen_instance.core.id
  child_instance_id = "vpc-b"
  child_instance_type = "VPC"
  child_instance_region_id = "us-west-1"
  
}
resource "alicloud_cen_bandwidth_package" "package" {
  bandwidth = 6
  payment_type = "PostPaid"
  geographic_region_a_id = "China"
  geographic_region_b_id = "North-America"
  
}
resource "alicloud_cen_bandwidth_package_attachment" "bound" {
  instance_id = alicloud_cen_instance.core.id
  bandwidth_package_id = alicloud_cen_bandwidth_package.package.id
  
}
resource "alicloud_cen_bandwidth_limit" "limit" {
  instance_id = alicloud_cen_instance.core.id
  region_ids = ["cn-beijing", "us-west-1"]
  bandwidth_limit = 4
  depends_on = [alicloud_cen_bandwidth_package_attachment.bound, alicloud_cen_instance_attachment.bj, alicloud_cen_instance_attachment.us]
  
}
