package backup

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDaily(t *testing.T) {
	for _, schedule := range []string{
		defaultSchedule, "cron(30 2 * * ? *)", "cron(0 * ? * * *)", "cron(0 0/6 1/1 * ? *)", "cron(0 2 ? * SUN-SAT *)", "rate(1 day)", "rate(12 hours)", "rate(1 hour)",
	} {
		assert.True(t, daily(schedule), schedule)
	}
	for _, schedule := range []string{
		"", "daily", "cron(0 5 ? * MON-FRI *)", "cron(0 5 1 * ? *)", "cron(0 5 ? 1-6 * *)", "cron(0 5 ? * * 2027)", "cron(0 5 ? * *)", "cron(0 5 ? * * *", "rate(2 days)", "rate(48 hours)",
	} {
		assert.False(t, daily(schedule), schedule)
	}
}
