package image

import (
	"github.com/bulwark-iac/bulwark/components/encryption"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of a repository of that name.
func (a *RepositoryArgs) check(name string) validate.Problems {
	var ps validate.Problems
	ps.Add(validate.ResourceName("name", name, validate.MaxTagValue, "the repository's name")...)
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	ps.Add(validate.RepositoryName("repositoryName", a.repositoryName(name))...)
	ps.Add(a.key().Check("", encryption.UseECR)...)
	ps.Add(validate.Enum("tagMutability", a.TagMutability)...)
	ps.Add(validate.Enum("scanOnPush", a.ScanOnPush)...)
	ps.Add(a.checkRetention()...)
	ps.Add(a.checkPullAccess()...)
	return ps
}

// checkPullAccess reports accounts that are none, roles of other accounts, and an account that is there twice.
func (a *RepositoryArgs) checkPullAccess() validate.Problems {
	var ps validate.Problems
	accounts := make([]string, len(a.PullAccess))
	for i, access := range a.PullAccess {
		accounts[i] = access.AccountId
		ps.Add(access.check(validate.Path("pullAccess").Index(i))...)
	}
	return append(ps, validate.Distinct("pullAccess", accounts)...)
}

func (p PullAccess) check(path validate.Path) validate.Problems {
	ps := validate.AccountID(path.Field("accountId"), p.AccountId)
	for i, arn := range p.RoleArns {
		at := path.Field("roleArns").Index(i)
		if problems := validate.PrincipalARN(at, arn); len(problems) > 0 {
			ps.Add(problems...)
		} else if role, _ := validate.ParseARN(arn); role.Account != p.AccountId {
			ps.Add(validate.Conflict(at, arn, "a role of the account "+p.AccountId,
				"give the other account an entry of its own").By("pull-account"))
		}
	}
	ps.Add(validate.Distinct(path.Field("roleArns"), p.RoleArns)...)
	if p.OrganizationId != "" {
		ps.Add(validate.OrganizationID(path.Field("organizationId"), p.OrganizationId)...)
	}
	return ps
}
