package validate

import "regexp"

var regionForm = regexp.MustCompile(`^[a-z]{2,3}(-[a-z]+){1,3}-[1-9]$`)

// RegionName checks the form of the name of an AWS region. Which regions there are changes; AWS says it.
func RegionName(path Path, name string) Problems {
	if regionForm.MatchString(name) {
		return nil
	}
	return Problems{Invalid(path, name, "the name of an AWS region, such as eu-west-1", "write it as AWS does, without a zone").By("region-form")}
}
