package supported

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestUntil(t *testing.T) {
	for _, known := range []struct{ kind, name string }{
		{Lambda, "python3.8"}, {Lambda, "provided.al2023"}, {"postgres", "13"}, {"aurora-postgresql", "16"}, {"mysql", "8.0"}, {"mariadb", "10.6"},
	} {
		day, ok := Until(known.kind, known.name)
		assert.True(t, ok, known)
		assert.Greater(t, day.Year(), 2015, known)
	}
	_, ok := Until(Lambda, "cobol")
	assert.False(t, ok)
}

// Every line of the table is read, and says where it comes from.
func TestTheTableIsWhole(t *testing.T) {
	lines := 0
	sources := 0
	for line := range strings.Lines(text) {
		switch {
		case strings.HasPrefix(line, "#"):
			sources++
		default:
			lines++
			_, err := time.Parse(time.DateOnly, strings.Fields(line)[2])
			assert.NoError(t, err, line)
		}
	}
	assert.Len(t, load(), lines)
	assert.Equal(t, 3, sources)
}
