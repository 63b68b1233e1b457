variable "nets" {
  default = { bj = "10.0.0.0/16" }
}
resource "alicloud_cen_instance" "core" {
  cen_instance_name = "core"
}
resource "alicloud_vpc" "bj" {
  for_each   = var.nets
  vpc_name   = each.key
  cidr_block = each.value
}
resource "alicloud_vpc" "us" {
  provider   = alicloud.us
  count      = 1
  vpc_name   = "us"
  cidr_block = "10.1.0.0/16"
}
resource "alicloud_cen_instance_attachment" "bj" {
  for_each                 = alicloud_vpc.bj
  instance_id              = alicloud_cen_instance.core.id
  child_instance_id        = each.value.id
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-beijing"
}
resource "alicloud_cen_instance_attachment" "us" {
  instance_id              = alicloud_cen_instance.core.id
  child_instance_id        = alicloud_vpc.us[0].id
  child_instance_type      = "VPC"
  child_instance_region_id = "us-west-1"
}
module "money" {
  source = "./money"
  cen    = alicloud_cen_instance.core.id
  deps   = [alicloud_cen_instance_attachment.us.id, alicloud_cen_instance_attachment.bj["bj"].id]
}
