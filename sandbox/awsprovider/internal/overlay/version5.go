package overlay

// Terraform AWS 6 decides a few things otherwise than version 5, which the official provider wraps, without a program
// having a say in it. The functions here decide as version 5 does; the guide is Terraform's "Version 6 Upgrade Guide" and
// its changelog. What cannot be brought back is listed in docs/sandbox.md.

// objectByKey: the id of an object is its key, not bucket/key (changed in 6.2).
func objectByKey(path string) ([]byte, error) {
	return replaced(path, []replacement{{"d.SetId(createObjectImportID(d))", "d.SetId(d.Get(names.AttrKey).(string))"}}, "")
}

// bucketObjectByKey is the same for the older resource.
func bucketObjectByKey(path string) ([]byte, error) {
	return replaced(path, []replacement{{"d.SetId(createBucketObjectImportID(d))", "d.SetId(d.Get(names.AttrKey).(string))"}}, "")
}

// machineLearning is on by default in WAF's bot control (off since 6.0).
func machineLearning(path string) ([]byte, error) {
	const field = "\t\t\t\t\t\t\t\"enable_machine_learning\": {\n\t\t\t\t\t\t\t\tType:     schema.TypeBool,\n" +
		"\t\t\t\t\t\t\t\tOptional: true,\n\t\t\t\t\t\t\t\tDefault:  "
	return replaced(path, []replacement{{field + "false,\n", field + "true,\n"}}, "")
}

// ecsServices are not rebalanced between zones by default (left to ECS since 6.12), and are replaced when their
// deployment controller changes (no longer since 6.4).
func ecsServices(path string) ([]byte, error) {
	const rebalancing = "\"availability_zone_rebalancing\": {\n\t\t\t\tType:             schema.TypeString,\n" +
		"\t\t\t\tOptional:         true,\n"
	const controller = "\t\t\t\t\t\t\tDefault:          awstypes.DeploymentControllerTypeEcs,\n"
	source, err := importOfProvider(path)
	if err != nil {
		return nil, err
	}
	return changed(path, source, []replacement{
		{
			rebalancing + "\t\t\t\tComputed:         true,\n",
			rebalancing + "\t\t\t\tDefault:          awstypes.AvailabilityZoneRebalancingDisabled,\n",
		},
		{controller, controller + "\t\t\t\t\t\t\tForceNew:         true,\n"},
	})
}

// imagesWithoutOwner may be asked for, with a warning (an error since 6.0).
func imagesWithoutOwner(path string) ([]byte, error) {
	return replaced(path, []replacement{{"d.Get(\"allow_unsafe_filter\").(bool)", "true"}}, "")
}

// instancesEnd when they are destroyed, protected from termination or not (only with force_destroy since 6.8).
func instancesEnd(path string) ([]byte, error) {
	return replaced(path, []replacement{{"if d.Get(names.AttrForceDestroy).(bool) {", "if true {"}}, "")
}

// identityAfterUpdate lets an update name the identity that version 6 gives a resource, as a create does. Terraform hands
// an update the identity in its state; the bridge keeps none, and the update of nearly every resource would be an error.
func identityAfterUpdate(path string) ([]byte, error) {
	return replaced(path, []replacement{
		{"if why == Update && !(r.identitySpec.IsMutable && r.identitySpec.IsSetOnUpdate) {\n", "if false {\n"},
		{"why:  Create | Read,\n", "why:  Create | Read | Update,\n"},
	}, "")
}
