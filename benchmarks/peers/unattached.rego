package cen

import rego.v1

attached contains urn if {
	some step in input.steps
	step.newState.type == "alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment"
	some urn in step.newState.propertyDependencies.bandwidthPackageId
}

unattached contains step.urn if {
	some step in input.steps
	step.newState.type == "alicloud:cen/bandwidthPackage:BandwidthPackage"
	not step.urn in attached
}
