package validate

import "regexp"

var organizationID = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)

// OrganizationID checks the id of an organization.
// Source: https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
func OrganizationID(path Path, text string) Problems {
	if organizationID.MatchString(text) {
		return nil
	}
	return Problems{Invalid(path, text, "the id of an organization, such as o-1234567890",
		"aws organizations describe-organization shows it").By("organization-id")}
}
