terraform {
  required_providers { alicloud = { source = "aliyun/alicloud" } }
}
provider "alicloud" { region = "cn-beijing" }
provider "alicloud" {
  alias  = "us"
  region = "us-west-1"
}
provider "alicloud" {
  alias  = "eu"
  region = "eu-central-1"
}
data "terraform_remote_state" "hub" {
 backend = "local"
 config = { path = "../e-hub/terraform.tfstate" }
}
locals { cen = data.terraform_remote_state.hub.outputs.cen_id }
resource "alicloud_vpc" "us" {
 provider = alicloud.us
 cidr_block = "10.1.0.0/16"
}
resource "alicloud_cen_instance_attachment" "us" {
  instance_id = local.cen
  child_instance_id = alicloud_vpc.us.id
  child_instance_type = "VPC"
  child_instance_region_id = "us-west-1"
  
}
resource "alicloud_cen_bandwidth_limit" "limit" {
  instance_id = local.cen
  region_ids = ["cn-beijing", "us-west-1"]
  bandwidth_limit = 4
  depends_on = [alicloud_cen_instance_attachment.us]
  
}
