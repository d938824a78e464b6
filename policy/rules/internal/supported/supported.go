// Package supported knows until when AWS supports what ages: Lambda runtimes, and versions of database engines.
package supported

import (
	"bufio"
	_ "embed" // for the table
	"strings"
	"sync"
	"time"
)

//go:embed supported.txt
var text string

var load = sync.OnceValue(func() map[string]time.Time {
	until := map[string]time.Time{}
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) != 3 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if day, err := time.Parse(time.DateOnly, fields[2]); err == nil {
			until[fields[0]+" "+fields[1]] = day
		}
	}
	return until
})

// Lambda is the kind of Lambda's runtimes; other kinds are engines, as RDS names them.
const Lambda = "lambda"

// Until is the last day of support of a runtime or version. It is not known for what is newer than the table, and for what
// it never had.
//
// Sources: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html,
// https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html
func Until(kind, name string) (day time.Time, known bool) {
	day, known = load()[kind+" "+name]
	return day, known
}
