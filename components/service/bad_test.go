package service_test

import "github.com/bulwark-iac/bulwark/internal/componenttest"

func refused(name string, change func(*webArgs), problems ...string) componenttest.Bad {
	return componenttest.Bad{Name: name, Program: web(change), Problems: problems}
}

// bad are arguments that have to be refused.
func bad() []componenttest.Bad {
	return []componenttest.Bad{
		refused("nowhere", func(a *webArgs) { a.Placement.ClusterArn, a.Placement.SubnetIds = nil, nil },
			"placement.clusterArn: required", "placement.subnetIds: required"),
	}
}
