package network

import (
	"regexp"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// groupDescription is what AWS accepts in descriptions.
// Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html
var groupDescription = regexp.MustCompile(`^[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{1,255}$`)

// check reports all that is wrong with the arguments of a security group of that name.
func (a *SecurityGroupArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(checkName(name)...)
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(validate.ExactlyOne(
		validate.Required("vpcId", "the VPC of the group", "give vpcId (in Go: Network)"),
		validate.Alternative{Path: "network", Given: a.Network != nil},
		validate.Alternative{Path: "vpcId", Given: a.VpcId != nil},
	)...)
	if a.Network != nil {
		ps.Add(a.Network.check("network")...)
	}
	ps.Add(checkID("vpcId", "vpc", "VPC", a.VpcId)...)
	if a.Description != "" && !groupDescription.MatchString(a.Description) {
		ps.Add(validate.Invalid("description", a.Description,
			"1 to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *",
			"replace the other characters").By("group-description"))
	}
	return ps
}

// check reports a network that neither NewVpc nor NewExistingVpc made.
func (n *Network) check(path validate.Path) validate.Problems {
	if n.vpc != nil {
		return nil
	}
	return validate.Problems{validate.Invalid(path, "a network without a VPC",
		"what Vpc.Network or ExistingVpc.Network returns", "call NewVpc or NewExistingVpc").By("network")}
}
