package validate

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // so that the check does not depend on the machine
)

var (
	cronField = regexp.MustCompile(`^[0-9A-Z*?,/#-]+$`)
	rateForm  = regexp.MustCompile(`^([1-9][0-9]*) (minute|minutes|hour|hours|day|days)$`)
)

// Schedule checks a cron, rate or at expression as EventBridge Scheduler and Application Auto Scaling understand them.
// Sources: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html,
// https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
func Schedule(path Path, text string) Problems {
	kind, body, ok := strings.Cut(text, "(")
	if text == "" {
		return Problems{Required(path, "when it happens", "give it as in cron(0 3 * * ? *)").By("schedule")}
	}
	if !ok || !strings.HasSuffix(body, ")") {
		return Problems{Invalid(path, text, "cron(...), rate(...) or at(...)", "write it as in cron(0 3 * * ? *)").By("schedule")}
	}
	body = strings.TrimSuffix(body, ")")
	switch kind {
	case "cron":
		return cron(path, text, strings.Fields(body))
	case "rate":
		return rate(path, text, body)
	case "at":
		if _, err := time.Parse("2006-01-02T15:04:05", body); err != nil {
			return Problems{Invalid(path, text, "a date and time without a zone", "write it as in at(2027-01-31T03:00:00)").By("schedule")}
		}
		return nil
	}
	return Problems{Invalid(path, text, "cron(...), rate(...) or at(...)", "write it as in cron(0 3 * * ? *)").By("schedule")}
}

func cron(path Path, text string, fields []string) Problems {
	invalid := func(expected, fix string) Problems {
		return Problems{Invalid(path, text, expected, fix).By("schedule")}
	}
	if len(fields) != 6 {
		return invalid("six fields: minutes, hours, day of month, month, day of week, year",
			"write it as in cron(0 3 * * ? *): unlike in crontab, the year is the last field")
	}
	for _, field := range fields {
		if !cronField.MatchString(strings.ToUpper(field)) {
			return invalid("fields of digits, names of months and days, and * ? , - / # L W", "replace the other characters")
		}
	}
	if (fields[2] == "?") == (fields[4] == "?") {
		return invalid("? as either the day of month or the day of week, and a value or * for the other",
			"write ? for the one that does not matter")
	}
	for i, high := range []int{59, 23} {
		for _, number := range regexp.MustCompile(`[0-9]+`).FindAllString(fields[i], -1) {
			if n, err := strconv.Atoi(number); err != nil || n > high {
				return invalid("minutes up to 59 and hours up to 23", "minutes come before hours")
			}
		}
	}
	return nil
}

func rate(path Path, text, body string) Problems {
	if !rateForm.MatchString(body) {
		return Problems{Invalid(path, text, "a number and minutes, hours or days", "write it as in rate(15 minutes)").By("schedule")}
	}
	return nil
}

// TimeZone checks the name of a time zone in the database of IANA; empty stands for the default.
func TimeZone(path Path, name string) Problems {
	if name == "" {
		return nil
	}
	if _, err := time.LoadLocation(name); err == nil && name != "Local" {
		return nil
	}
	return Problems{Invalid(path, name, "a time zone of the IANA database", "write it as in Europe/Berlin").By("time-zone")}
}
