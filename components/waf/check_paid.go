package waf

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// checkPaidRuleGroups checks the arguments of the rule groups at an extra charge.
func (a *WebAclArgs) checkPaidRuleGroups() validate.Problems {
	var ps validate.Problems
	common := func(path validate.Path, name ManagedRuleGroupName, mode Mode, given []RuleOverride) {
		ps.Add(validate.Enum(path.Field("mode"), mode)...)
		ps.Add(checkOverrides(path.Field("overrides"), paidRuleGroups[name], given)...)
	}
	if b := a.BotControl; b != nil {
		ps.Add(validate.Enum("botControl.level", b.Level)...)
		common("botControl", botControl, b.Mode, b.Overrides)
	}
	if t := a.AccountTakeover; t != nil {
		path := validate.Path("accountTakeover")
		ps.Add(checkFormPath(path.Field("loginPath"), t.LoginPath)...)
		ps.Add(validate.Enum(path.Field("payload"), t.Payload)...)
		ps.Add(checkFormField(path.Field("usernameField"), t.Payload, t.UsernameField)...)
		ps.Add(checkPasswordField(path.Field("passwordField"), t.Payload, t.PasswordField)...)
		common(path, accountTakeover, t.Mode, t.Overrides)
	}
	if c := a.AccountCreation; c != nil {
		path := validate.Path("accountCreation")
		ps.Add(checkFormPath(path.Field("pagePath"), c.PagePath)...)
		ps.Add(checkFormPath(path.Field("creationPath"), c.CreationPath)...)
		ps.Add(validate.Enum(path.Field("payload"), c.Payload)...)
		ps.Add(c.checkFields(path)...)
		common(path, accountCreation, c.Mode, c.Overrides)
	}
	return ps
}

func (c *AccountCreation) checkFields(path validate.Path) validate.Problems {
	var ps validate.Problems
	if c.UsernameField != "" {
		ps.Add(checkFormField(path.Field("usernameField"), c.Payload, c.UsernameField)...)
	}
	if c.PasswordField != "" {
		ps.Add(checkPasswordField(path.Field("passwordField"), c.Payload, c.PasswordField)...)
	}
	if c.EmailField != "" {
		ps.Add(checkFormField(path.Field("emailField"), c.Payload, c.EmailField)...)
	}
	if c.UsernameField+c.PasswordField+c.EmailField == "" {
		ps.Add(validate.Required(path.Field("usernameField"), "usernameField, passwordField or emailField",
			"say where one of them is in the form").By("waf-form-field"))
	}
	for i, field := range c.PhoneNumberFields {
		ps.Add(checkFormField(path.Field("phoneNumberFields").Index(i), c.Payload, field)...)
	}
	for i, field := range c.AddressFields {
		ps.Add(checkFormField(path.Field("addressFields").Index(i), c.Payload, field)...)
	}
	return ps
}

// checkFormPath checks a path as the rule groups for forms compare it: a literal beginning.
func checkFormPath(path validate.Path, text string) validate.Problems {
	if text == "" {
		return validate.Problems{validate.Required(path, "a path, such as /login",
			"give the path of the form").By("waf-form-path")}
	}
	if !strings.HasPrefix(text, "/") || strings.ContainsAny(text, "?# ") || len(text) > 256 {
		return validate.Problems{validate.Invalid(path, text,
			"a path that begins with /, without query and blanks, of at most 256 characters",
			"write it as in /login").By("waf-form-path")}
	}
	return nil
}

// checkFormField checks where a field is: a JSON pointer, or the name of a form field.
// Source: https://docs.aws.amazon.com/waf/latest/APIReference/API_RequestInspection.html
func checkFormField(path validate.Path, payload PayloadType, text string) validate.Problems {
	invalid := func(expected, fix string) validate.Problems {
		return validate.Problems{validate.Invalid(path, text, expected, fix).By("waf-form-field")}
	}
	form := payload == PayloadFormEncoded
	switch {
	case text == "":
		return validate.Problems{validate.Required(path, "where the field is, such as /login/password in JSON, or password",
			"name the field").By("waf-form-field")}
	case len(text) > 512 || strings.TrimSpace(text) == "":
		return invalid("1 to 512 characters, not only blanks", "name the field")
	case !form && !strings.HasPrefix(text, "/"):
		return invalid("a JSON pointer, which begins with /", "write / in front of it, or set payload to FORM_ENCODED")
	case form && strings.HasPrefix(text, "/"):
		return invalid("the name of a form field, not a JSON pointer", "remove the /, or set payload to JSON")
	}
	return nil
}

// checkPasswordField is checkFormField for the field of the password. It never quotes the text: the password itself may
// stand there by mistake.
func checkPasswordField(path validate.Path, payload PayloadType, text string) validate.Problems {
	ps := checkFormField(path, payload, text)
	for i := range ps {
		if text != "" {
			ps[i].Value = fmt.Sprintf("a string of %d characters (not shown)", utf8.RuneCountInString(text))
		}
	}
	return ps
}
