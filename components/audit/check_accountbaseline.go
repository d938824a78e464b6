package audit

import (
	"github.com/bulwark-iac/bulwark/components/toggle"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// check reports all that is wrong with the arguments of an account baseline.
func (a *AccountBaselineArgs) check() validate.Problems {
	var ps validate.Problems
	ps.Add(a.Labels.Check("labels")...)
	ps.Add(a.Lifecycle.Check("lifecycle")...)
	configured := a.UnusedAccessDays != 0
	for _, s := range []struct {
		path  validate.Path
		value toggle.Toggle
	}{
		{"ebsEncryption", a.EbsEncryption},
		{"s3PublicAccessBlock", a.S3PublicAccessBlock},
		{"passwordPolicy", a.PasswordPolicy},
		{"accessAnalyzer", a.AccessAnalyzer},
	} {
		ps.Add(validate.Enum(s.path, s.value)...)
		configured = configured || s.value.On()
	}
	if !configured {
		ps.Add(validate.Required("ebsEncryption", "at least one setting",
			"leave one of the settings enabled, or remove the baseline").By("baseline-empty"))
	}
	ps.Add(validate.OptionalRange("maxPasswordAgeDays", a.MaxPasswordAgeDays, 1, 1095, "days")...)
	if a.MaxPasswordAgeDays != 0 && !a.PasswordPolicy.On() {
		ps.Add(validate.Conflict("maxPasswordAgeDays", a.MaxPasswordAgeDays, "none when passwordPolicy is disabled",
			"remove one of the two").By("password-policy-off"))
	}
	return append(ps, validate.OptionalRange("unusedAccessDays", a.UnusedAccessDays, 1, 365, "days")...)
}
