package waf

import (
	"cmp"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/internal/validate"
)

// Short names for long types.
type (
	managedStatement = wafv2.WebAclRuleStatementManagedRuleGroupStatementArgs
	overrides        = wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArray
	override         = wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideArgs
	instead          = wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseArgs
	insteadCount     = wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseCountArgs
	insteadBlock     = wafv2.WebAclRuleStatementManagedRuleGroupStatementRuleActionOverrideActionToUseBlockArgs
	groupConfig      = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigArgs
	groupConfigs     = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigArray
)

// managedRules are the managed rule groups in use, each followed by its rule for Uploads.
func (a *WebAclArgs) managedRules() []rule {
	var out []rule
	for _, g := range a.ruleGroupsInUse() {
		mode := a.mode(g.settings.Mode)
		counted := a.Uploads.counted(g.known)
		s := managedStatement{
			VendorName: pulumi.String("AWS"), Name: pulumi.String(string(g.known.name)),
			RuleActionOverrides: overriding(g.known, mode, append(slices.Clone(g.settings.Overrides), counted...)),
		}
		if g.settings.Version != "" {
			s.Version = pulumi.String(g.settings.Version)
		}
		out = append(out, managedRule(g.known, "managedRuleGroups", mode, s))
		if len(counted) > 0 {
			out = append(out, a.Uploads.elsewhere(g.known, mode, counted))
		}
	}
	return out
}

func managedRule(g ruleGroup, path validate.Path, mode Mode, s managedStatement) rule {
	return rule{
		name: string(g.name), priority: g.priority, path: path, effect: asRuleGroup, mode: mode, capacity: g.capacity,
		statement: fixed(term{statement: statement{ManagedRuleGroupStatement: s}}),
	}
}

// overriding are the overrides of a rule group, in the order of its rules. A rule group that counts overrides every
// rule: one whose result alone is overridden stops at the first match, and tells nothing of the others. Its result is
// overridden nevertheless, for the rules that AWS adds one day.
// Source: https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-rule-group-override-options.html
func overriding(g ruleGroup, mode Mode, given []RuleOverride) overrides {
	var out overrides
	for _, name := range g.rules {
		i := slices.IndexFunc(given, func(o RuleOverride) bool { return o.Rule == name })
		switch {
		case mode == ModeCount, i >= 0 && given[i].Mode == ModeCount:
			out = append(out, override{Name: pulumi.String(name), ActionToUse: instead{Count: insteadCount{}}})
		case i >= 0:
			out = append(out, override{Name: pulumi.String(name), ActionToUse: instead{Block: insteadBlock{}}})
		}
	}
	return out
}

// paidRules are the rule groups at an extra charge that the arguments ask for.
func (a *WebAclArgs) paidRules() []rule {
	var out []rule
	add := func(name ManagedRuleGroupName, path validate.Path, own Mode, given []RuleOverride, config groupConfig) {
		g, mode := paidRuleGroups[name], a.mode(own)
		out = append(out, managedRule(g, path, mode, managedStatement{
			VendorName: pulumi.String("AWS"), Name: pulumi.String(string(name)),
			RuleActionOverrides: overriding(g, mode, given), ManagedRuleGroupConfigs: groupConfigs{config},
		}))
	}
	if b := a.BotControl; b != nil {
		add(botControl, "botControl", b.Mode, b.Overrides, b.config())
	}
	if t := a.AccountTakeover; t != nil {
		add(accountTakeover, "accountTakeover", t.Mode, t.Overrides, t.config())
	}
	if c := a.AccountCreation; c != nil {
		add(accountCreation, "accountCreation", c.Mode, c.Overrides, c.config())
	}
	return out
}

func (b *BotControl) config() groupConfig {
	type set = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesBotControlRuleSetArgs
	return groupConfig{AwsManagedRulesBotControlRuleSet: set{
		InspectionLevel: pulumi.String(string(cmp.Or(b.Level, BotLevelCommon))),
	}}
}

func (t *AccountTakeover) config() groupConfig {
	type (
		set        = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAtpRuleSetArgs
		inspection = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAtpRuleSetRequestInspectionArgs
		username   = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAtpRuleSetRequestInspectionUsernameFieldArgs
		password   = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAtpRuleSetRequestInspectionPasswordFieldArgs
	)
	return groupConfig{AwsManagedRulesAtpRuleSet: set{
		LoginPath: pulumi.String(t.LoginPath), EnableRegexInPath: pulumi.Bool(false),
		RequestInspection: inspection{
			PayloadType:   pulumi.String(string(cmp.Or(t.Payload, PayloadJSON))),
			UsernameField: username{Identifier: pulumi.String(t.UsernameField)},
			PasswordField: password{Identifier: pulumi.String(t.PasswordField)},
		},
	}}
}

func (c *AccountCreation) config() groupConfig {
	type (
		set        = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAcfpRuleSetArgs
		inspection = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAcfpRuleSetRequestInspectionArgs
		username   = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAcfpRuleSetRequestInspectionUsernameFieldArgs
		password   = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAcfpRuleSetRequestInspectionPasswordFieldArgs
		email      = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAcfpRuleSetRequestInspectionEmailFieldArgs
		phones     = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAcfpRuleSetRequestInspectionPhoneNumberFieldsArgs
		addresses  = wafv2.WebAclRuleStatementManagedRuleGroupStatementManagedRuleGroupConfigAwsManagedRulesAcfpRuleSetRequestInspectionAddressFieldsArgs
	)
	request := inspection{PayloadType: pulumi.String(string(cmp.Or(c.Payload, PayloadJSON)))}
	if c.UsernameField != "" {
		request.UsernameField = username{Identifier: pulumi.String(c.UsernameField)}
	}
	if c.PasswordField != "" {
		request.PasswordField = password{Identifier: pulumi.String(c.PasswordField)}
	}
	if c.EmailField != "" {
		request.EmailField = email{Identifier: pulumi.String(c.EmailField)}
	}
	if len(c.PhoneNumberFields) > 0 {
		request.PhoneNumberFields = phones{Identifiers: pulumi.ToStringArray(c.PhoneNumberFields)}
	}
	if len(c.AddressFields) > 0 {
		request.AddressFields = addresses{Identifiers: pulumi.ToStringArray(c.AddressFields)}
	}
	return groupConfig{AwsManagedRulesAcfpRuleSet: set{
		RegistrationPagePath: pulumi.String(c.PagePath), CreationPath: pulumi.String(c.CreationPath),
		EnableRegexInPath: pulumi.Bool(false), RequestInspection: request,
	}}
}
