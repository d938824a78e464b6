package secrets

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLongestGap(t *testing.T) {
	for expression, want := range map[string]int{
		"rate(10 hours)": 1, "rate(1 day)": 1, "rate(90 days)": 90,
		"cron(0 4 * * ? *)": 1, "cron(0 16 ? * SUN *)": 7, "cron(0 4 1 * ? *)": 31, "cron(0 4 L * ? *)": 31,
		"cron(0 4 ? * TUE#1 *)": 35, "cron(0 4 1 1/2 ? *)": 62, "cron(0 4 1 JAN,APR,JUL,OCT ? *)": 93, "cron(0 4 1 1-6 ? *)": 217, "cron(0 4 1 1 ? *)": 372,
	} {
		days, ok := longestGap(expression)
		assert.True(t, ok, expression)
		assert.Equal(t, want, days, expression)
	}
	for _, expression := range []string{
		"", "daily", "rate(0 days)", "rate(5 weeks)", "rate(days)", "rate(1 day", "cron(0 4 1 * ?)", "cron(0 4 1 13 ? *)", "cron(0 4 1 6-1 ? *)", "cron(0 4 1 */0 ? *)",
		"cron(0 4 1 * ? 2027)",
	} {
		_, ok := longestGap(expression)
		assert.False(t, ok, expression)
	}
}
