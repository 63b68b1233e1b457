variable "cen" {}
variable "deps" {}
resource "alicloud_cen_bandwidth_package" "p" {
  bandwidth              = 5
  geographic_region_a_id = "China"
  geographic_region_b_id = "North-America"
  payment_type           = "PostPaid"
}
resource "alicloud_cen_bandwidth_package_attachment" "p" {
  instance_id          = var.cen
  bandwidth_package_id = alicloud_cen_bandwidth_package.p.id
}
resource "alicloud_cen_bandwidth_limit" "l" {
  instance_id     = var.cen
  region_ids      = ["cn-beijing", "us-west-1"]
  bandwidth_limit = 9
  depends_on      = [alicloud_cen_bandwidth_package_attachment.p, var.deps]
}
output "pkg" {
  value = alicloud_cen_bandwidth_package.p.id
}
