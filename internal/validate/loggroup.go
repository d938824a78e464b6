package validate

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// LogRetentions are the numbers of days that CloudWatch Logs knows.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
var LogRetentions = []int{
	1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
}

// LogRetention checks for how many days a log group keeps its events; zero stands for the default.
func LogRetention(path Path, days int) Problems {
	if days == 0 || slices.Contains(LogRetentions, days) {
		return nil
	}
	// The shortest that keeps what was asked for.
	i, _ := slices.BinarySearch(LogRetentions, days)
	nearest := LogRetentions[min(i, len(LogRetentions)-1)]
	return Problems{Invalid(path, days, "a number of days that CloudWatch Logs knows: "+strings.Trim(fmt.Sprint(LogRetentions), "[]"),
		fmt.Sprintf("use %d", nearest)).By("log-retention")}
}

var logGroupPattern = regexp.MustCompile(`^[A-Za-z0-9_./#-]+\*?$`)

// LogGroupPattern checks the name of a log group, in which a closing * stands for any ending.
// Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
func LogGroupPattern(path Path, name string) Problems {
	if len(name) <= 512 && logGroupPattern.MatchString(name) {
		return nil
	}
	return Problems{Invalid(path, name, "the name of a log group, 1 to 512 of letters, digits and _ . / # -, with * at most at the end",
		"use the name, not the ARN").By("log-group-name")}
}
