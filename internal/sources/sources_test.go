package sources

import (
	"encoding/csv"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../.."

// address finds what may be the address of a document; the characters around one are no part of it.
var address = regexp.MustCompile("https?://[^\\s\"'`<>()\\[\\]{}|\\\\,;]+")

var month = regexp.MustCompile(`^20\d\d-(0[1-9]|1[0-2])$`)

// TestEveryAddressWasLookedUp holds the addresses in code and documentation against the table.
func TestEveryAddressWasLookedUp(t *testing.T) {
	table := read(t)
	used := map[string]bool{}
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if path != root && skipped(entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".go", ".md", ".py", ".yaml", ".yml"}, filepath.Ext(path)) {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for i, line := range strings.Split(string(text), "\n") {
			for _, found := range documents(line) {
				used[found] = true
				if _, ok := table[found]; !ok {
					t.Errorf("%s:%d: %s is not in internal/sources/sources.csv: open it, check what it says, and add it", path, i+1, found)
				}
			}
		}
		return nil
	}))
	for _, a := range slices.Sorted(maps.Keys(table)) {
		assert.True(t, used[a], "nothing refers to %s: take it out of sources.csv", a)
	}
}

func TestTable(t *testing.T) {
	file, err := os.Open("sources.csv")
	require.NoError(t, err)
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	assert.Equal(t, []string{"address", "title", "opened", "found"}, rows[0])
	last := ""
	for _, row := range rows[1:] {
		assert.Less(t, last, row[0], "sorted by address, each once")
		last = row[0]
		assert.NotEmpty(t, row[1], "%s has no title", row[0])
		assert.NotContains(t, row[0], "#", "addresses are without the fragment")
		for _, date := range row[2:] {
			assert.True(t, date == "" || month.MatchString(date), "%s: %q is no month", row[0], date)
		}
		if strings.HasPrefix(row[0], "https://docs.aws.amazon.com/") {
			assert.NotEmpty(t, row[3], "%s: a page of AWS's documentation that no copy has", row[0])
		}
	}
}

func TestDocuments(t *testing.T) {
	for text, expected := range map[string][]string{
		"see https://docs.aws.amazon.com/kms/latest/developerguide/grants.html#grant.":      {"https://docs.aws.amazon.com/kms/latest/developerguide/grants.html"},
		"[a](https://go.dev/dl), [b](https://aws.amazon.com/waf/pricing/)":                  {"https://go.dev/dl", "https://aws.amazon.com/waf/pricing/"},
		`"https://docs.aws.amazon.com/on" https://app.acme.example/x http://localhost:4566`: nil,
		"https://sqs.eu-west-1.amazonaws.com/q https://github.com/bulwark-iac/bulwark":      nil,
	} {
		assert.Equal(t, expected, documents(text), text)
	}
}

func read(t *testing.T) map[string][]string {
	t.Helper()
	file, err := os.Open("sources.csv")
	require.NoError(t, err)
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	table := map[string][]string{}
	for _, row := range rows[1:] {
		table[row[0]] = row
	}
	return table
}

// skipped are the folders with what others wrote, what is built, and what tests invent.
func skipped(name string) bool {
	return strings.HasPrefix(name, ".") || slices.Contains([]string{"bin", "node_modules", "testdata", "vendor", "__pycache__"}, name)
}

// documents are the addresses of documents in a line, without their fragments.
func documents(line string) []string {
	var found []string
	for _, text := range address.FindAllString(line, -1) {
		text, _, _ = strings.Cut(strings.TrimRight(text, ".:"), "#")
		u, err := url.Parse(text)
		if err == nil && document(u) {
			found = append(found, text)
		}
	}
	return found
}

// document tells whether an address is one to read, and not that of a service, an example, or a placeholder.
func document(u *url.URL) bool {
	host := u.Hostname()
	switch {
	case !strings.Contains(host, ".") || strings.Trim(host, "0123456789.") == "" || u.Path == "":
		return false
	case strings.HasSuffix(host, ".example") || strings.HasSuffix(host, ".localhost") || strings.HasSuffix("."+host, ".example.com"):
		return false
	case host == "pricing.us-east-1.amazonaws.com":
		return true
	case strings.HasSuffix(host, "amazonaws.com") || host == "signin.aws.amazon.com" || host == "get.pulumi.com":
		return false // services, the names of XML, downloads
	case host == "docs.aws.amazon.com":
		return strings.HasSuffix(u.Path, ".html")
	}
	return !strings.HasPrefix(u.Path, "/bulwark-iac/")
}
