package sandbox

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProblem(t *testing.T) {
	p := &Problem{Kind: KindMissing, What: "no disk", Detail: "write x\nfailed\n", Fix: []string{"free some", "or move"}, Err: fs.ErrPermission}
	assert.EqualError(t, p, "no disk\n    write x\n    failed\n  -> free some\n  -> or move")
	assert.ErrorIs(t, p, fs.ErrPermission)
	assert.Equal(t, KindMissing, KindOf(fmt.Errorf("while: %w", p)))
	assert.Equal(t, KindOther, KindOf(errors.New("x")))
	assert.Equal(t, KindOther, KindOf(nil))
}

func TestProblems(t *testing.T) {
	one, two := &Problem{Kind: KindUsage, What: "one", Fix: []string{"fix it"}}, &Problem{Kind: KindBuild, What: "two", Err: fs.ErrExist}
	require.NoError(t, Problems(nil).asError())
	assert.Equal(t, error(one), Problems{one}.asError(), "one is told as itself")
	all := Problems{one, two}.asError()
	assert.EqualError(t, all, "one\n  -> fix it\ntwo")
	assert.Equal(t, KindUsage, KindOf(all), "the first decides the exit code")
	assert.ErrorIs(t, all, fs.ErrExist)
}

func TestLastLines(t *testing.T) {
	assert.Equal(t, "c\n  d", lastLines("a\n\nb\nc  \r\n  d\n\n", 2))
	assert.Equal(t, "a", lastLines("a", 5))
	assert.Empty(t, lastLines("\n \n", 5))
}
