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

provider "alicloud" {
  alias = "cn_hongkong"
  region = "cn-hongkong"
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
  alias = "cn_shanghai"
  region = "cn-shanghai"
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


resource "alicloud_vpc" "bj" {
  provider   = alicloud.cn_beijing
  cidr_block = "10.1.0.0/16"
}
resource "alicloud_vpc" "sv" {
  provider   = alicloud.us_west_1
  cidr_block = "10.2.0.0/16"
}
resource "alicloud_cen_instance" "core" {
  cen_instance_name = "core"
}
resource "alicloud_cen_instance_attachment" "bj" {
  instance_id              = alicloud_cen_instance.core.id
  child_instance_id        = alicloud_vpc.bj.id
  child_instance_type      = "VPC"
  child_instance_region_id = "cn-beijing"
}
resource "alicloud_cen_instance_attachment" "sv" {
  instance_id              = alicloud_cen_instance.core.id
  child_instance_id        = alicloud_vpc.sv.id
  child_instance_type      = "VPC"
  child_instance_region_id = "us-west-1"
}

resource "alicloud_cen_bandwidth_package" "q" {
  bandwidth              = 5
  geographic_region_a_id = "China"
  geographic_region_b_id = "North-America"
  payment_type           = "PrePaid"
  period                 = 3
  auto_renew             = true
}
resource "alicloud_cen_bandwidth_package_attachment" "q" {
  instance_id          = alicloud_cen_instance.core.id
  bandwidth_package_id = alicloud_cen_bandwidth_package.q.id
}

resource "alicloud_cen_bandwidth_limit" "l" {
  instance_id     = alicloud_cen_instance.core.id
  region_ids      = ["cn-beijing", "us-west-1"]
  bandwidth_limit = 4
  depends_on      = [alicloud_cen_bandwidth_package_attachment.q, alicloud_cen_instance_attachment.bj, alicloud_cen_instance_attachment.sv]
}
