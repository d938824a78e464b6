package secrets

import (
	"slices"
	"strconv"
	"strings"
)

// longestGap is the longest time, in days, between two rotations of a schedule: rate(30 days), cron(0 4 1 * ? *). Ok is
// false for what Secrets Manager does not take.
//
// Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
func longestGap(expression string) (days int, ok bool) {
	kind, rest, ok := strings.Cut(strings.TrimSpace(expression), "(")
	body, closed := strings.CutSuffix(rest, ")")
	if !ok || !closed {
		return 0, false
	}
	fields := strings.Fields(body)
	switch {
	case kind == "rate" && len(fields) == 2:
		n, err := strconv.Atoi(fields[0])
		switch unit := strings.TrimSuffix(fields[1], "s"); {
		case err != nil || n < 1:
			return 0, false
		case unit == "hour":
			return (n + 23) / 24, true
		case unit == "day":
			return n, true
		}
		return 0, false
	case kind == "cron" && len(fields) == 6 && fields[5] == "*":
		return cronGap(fields[2], fields[3], fields[4])
	}
	return 0, false
}

// cronGap is the longest time between two dates: whole months, unless it happens every month, and then a month, a week or
// less as the days say.
func cronGap(day, month, weekday string) (days int, ok bool) {
	months, ok := parseMonths(month)
	if !ok {
		return 0, false
	}
	if len(months) == 12 {
		switch {
		case every(day) && every(weekday):
			return 1, true
		case every(day) && !strings.ContainsAny(weekday, "#L"):
			return 7, true
		case strings.Contains(weekday, "#"):
			return 35, true
		}
		return 31, true
	}
	gap := months[0] + 12 - months[len(months)-1]
	for i := range months[1:] {
		gap = max(gap, months[i+1]-months[i])
	}
	return gap * 31, true
}

func every(field string) bool { return slices.Contains([]string{"*", "?", "*/1", "1/1"}, field) }

var monthNames = []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}

// parseMonths reads the field for the months: *, 1,4,7,10, JAN-JUN, 1/3.
func parseMonths(field string) (months []int, ok bool) {
	for _, part := range strings.Split(field, ",") {
		span, stepText, stepped := strings.Cut(part, "/")
		step := 1
		if stepped {
			n, err := strconv.Atoi(stepText)
			if err != nil || n < 1 {
				return nil, false
			}
			step = n
		}
		first, last := 1, 12
		if span != "*" {
			from, to, ranged := strings.Cut(span, "-")
			first = monthOf(from)
			switch {
			case ranged:
				last = monthOf(to)
			case !stepped:
				last = first
			}
		}
		if first < 1 || last < first {
			return nil, false
		}
		for m := first; m <= last; m += step {
			months = append(months, m)
		}
	}
	slices.Sort(months)
	return slices.Compact(months), true
}

// monthOf is the number of a month; 0 if it is none.
func monthOf(text string) int {
	if i := slices.Index(monthNames, strings.ToUpper(text)); i >= 0 {
		return i + 1
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 12 {
		return 0
	}
	return n
}
