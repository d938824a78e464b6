package waf

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCapacityAsAWSDocumentsIt(t *testing.T) {
	match := func(m Match) Rule { return Rule{When: &m} }
	for name, c := range map[string]struct {
		args WebAclArgs
		want int
	}{
		"the default groups and a rate limit": {WebAclArgs{}, 25 + 700 + 200 + 200 + 2},
		"one excluded": {WebAclArgs{
			ExcludedManagedRuleGroups: []ManagedRuleGroupName{SQLInjection},
		}, 25 + 700 + 200 + 2},
		"addresses and countries": {WebAclArgs{
			Block: &IPSet{Addresses: []string{"203.0.113.0/24", "2001:db8::/32"}}, Geo: &Geo{AllowCountries: []string{"DE"}},
		}, 1127 + 1 + 1 + 1},
		"uploads": {WebAclArgs{
			Uploads: &Uploads{Paths: []string{"/a/"}, Rules: []string{"SizeRestrictions_BODY"}},
		}, 1127 + 1 + 22},
		"conditions": {WebAclArgs{Rules: []Rule{match(Match{
			Paths: []string{"/a"}, Methods: []Method{MethodPost}, Hosts: []string{"x"},
			Countries: []string{"DE", "FR"}, Labels: []string{"l"},
		})}}, 1127 + 22 + 2 + 12 + 1 + 1},
		"a limit on a path": {WebAclArgs{Rules: []Rule{{Limit: 10, When: &Match{Paths: []string{"/a"}}}}}, 1127 + 2 + 22},
		"rule groups with a price": {WebAclArgs{
			BotControl: &BotControl{}, AccountTakeover: &AccountTakeover{}, AccountCreation: &AccountCreation{},
		}, 1127 + 150},
		"counting costs alike": {WebAclArgs{Mode: ModeCount}, 1127},
	} {
		assert.Equal(t, c.want, capacity(c.args.plan()), name)
	}
}

func TestTheTableOfRuleGroupsIsSound(t *testing.T) {
	taken := map[int]ManagedRuleGroupName{}
	for _, g := range baseRuleGroups {
		for _, priority := range []int{g.priority, g.priority + 1} {
			assert.NotContains(t, taken, priority, g.name)
			assert.Greater(t, priority, priorityEarlyLast)
			assert.Less(t, priority, priorityLateFirst)
			taken[priority] = g.name
		}
		for rule, label := range g.bodies {
			assert.Contains(t, g.rules, rule)
			assert.True(t, strings.EqualFold(rule, label), "labels differ from names in case only: %s", label)
		}
	}
	for _, g := range paidRuleGroups {
		assert.NotContains(t, taken, g.priority, g.name)
	}
	for _, name := range uploadRules {
		found := 0
		for _, g := range baseRuleGroups {
			if _, ok := g.bodies[name]; ok {
				found++
			}
		}
		assert.Equal(t, 1, found, name)
	}
}
