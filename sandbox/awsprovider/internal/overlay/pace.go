package overlay

import (
	"fmt"
	"os"
	"strings"
)

// PaceVariable names the environment variable that divides every delay of the provider's waiters. Unset, or anything
// that is no number above 1, leaves them as they are on AWS; 1000 is the most.
const PaceVariable = "BULWARK_PACE"

const paceFunction = `
// Pace shortens a delay by the factor in the environment variable ` + PaceVariable + `; unset, it leaves it alone.
func Pace(delay time.Duration) time.Duration {
	return time.Duration(float64(delay) / paceFactor)
}

var paceFactor = func() float64 {
	factor, err := strconv.ParseFloat(os.Getenv("` + PaceVariable + `"), 64)
	if err != nil || !(factor >= 1) {
		return 1
	}
	return min(factor, 1000)
}()
`

// replacement is one change of a source text; it has to be found exactly once, so that an upstream change is noticed.
type replacement struct{ from, to string }

func replaced(path string, replacements []replacement, appended string) ([]byte, error) {
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if source, err = changed(path, source, replacements); err != nil {
		return nil, err
	}
	return append(source, appended...), nil
}

func changed(path string, source []byte, replacements []replacement) ([]byte, error) {
	text := string(source)
	for _, r := range replacements {
		if n := strings.Count(text, r.from); n != 1 {
			return nil, fmt.Errorf("%s: expected %q once, found it %d times: upstream has changed, look at the replacement anew", path, r.from, n)
		}
		text = strings.Replace(text, r.from, r.to, 1)
	}
	return []byte(text), nil
}

// paceWaiters changes the one function in which the waiters of Terraform's SDK end.
func paceWaiters(path string) ([]byte, error) {
	return replaced(path, []replacement{
		{"import (\n", "import (\n\t\"os\"\n\t\"strconv\"\n"},
		{
			"\tnotfoundTick := 0\n",
			"\tpaced := *conf\n\tpaced.Delay, paced.MinTimeout, paced.PollInterval = Pace(conf.Delay), Pace(conf.MinTimeout), Pace(conf.PollInterval)\n\tconf = &paced\n\n\tnotfoundTick := 0\n",
		},
		{"wait = 100 * time.Millisecond\n", "wait = Pace(100 * time.Millisecond)\n"},
		{"wait > 10*time.Second {\n", "wait > Pace(10*time.Second) {\n"},
		{"wait = 10 * time.Second\n", "wait = Pace(10 * time.Second)\n"},
	}, paceFunction)
}

// paceRetries changes the timer of the provider's own loops, which do not end there.
func paceRetries(path string) ([]byte, error) {
	return replaced(path, []replacement{
		{
			"\tinttypes \"github.com/hashicorp/terraform-provider-aws/internal/types\"\n",
			"\t\"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry\"\n\tinttypes \"github.com/hashicorp/terraform-provider-aws/internal/types\"\n",
		},
		{"return time.After(d)\n", "return time.After(retry.Pace(d))\n"},
	}, "")
}
