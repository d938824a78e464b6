package deploypolicy_test

import (
	"fmt"

	"github.com/bulwark-iac/bulwark/internal/deploypolicy"
)

func ExamplePolicies() {
	policies, err := deploypolicy.Policies(deploypolicy.Scope{
		Account: "123456789012", Project: "acme-audio", Environment: "prod", Regions: []string{"eu-west-1"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(policies[0].Name, policies[len(policies)-1].Name)
	_, err = deploypolicy.Policies(deploypolicy.Scope{Account: "1234", Project: "acme-audio", Environment: "prod"})
	fmt.Println(err)
	// Output:
	// network guard-rails
	// deploy policy: account: "1234": expected the twelve digits of an account; fix: write it as in 123456789012
}
