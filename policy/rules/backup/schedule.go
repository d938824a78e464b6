package backup

import (
	"slices"
	"strings"
)

// defaultSchedule is what AWS Backup takes when a rule has no schedule.
// Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html
const defaultSchedule = "cron(0 5 ? * * *)"

// daily tells whether a schedule begins a backup every day at least: cron(minutes hours day month weekday year), and rates
// of hours and of one day.
func daily(schedule string) bool {
	kind, rest, _ := strings.Cut(strings.TrimSpace(schedule), "(")
	body, closed := strings.CutSuffix(rest, ")")
	fields := strings.Fields(body)
	switch {
	case !closed:
		return false
	case kind == "rate" && len(fields) == 2:
		return slices.Contains([]string{"minute", "minutes", "hour"}, fields[1]) || body == "1 day" ||
			fields[1] == "hours" && (len(fields[0]) == 1 || len(fields[0]) == 2 && fields[0] <= "24")
	case kind == "cron" && len(fields) == 6:
		return !slices.ContainsFunc(fields[2:], func(field string) bool {
			return !slices.Contains([]string{"*", "?", "*/1", "1/1", "1-7", "SUN-SAT"}, strings.ToUpper(field))
		})
	}
	return false
}
