package lifecycle_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/bulwark-iac/bulwark/components/lifecycle"
)

func TestTheZeroValueIsPermanent(t *testing.T) {
	var unset lifecycle.Lifecycle
	for _, l := range []lifecycle.Lifecycle{unset, lifecycle.Permanent} {
		assert.True(t, l.IsPermanent())
		assert.False(t, l.ForceDestroy())
		assert.Equal(t, 30, l.KeyDeletionDays())
		assert.Len(t, l.Stateful(), 2)
		assert.Empty(t, l.Check("lifecycle"))
	}
}

func TestDisposable(t *testing.T) {
	l := lifecycle.Disposable
	assert.False(t, l.IsPermanent())
	assert.True(t, l.ForceDestroy())
	assert.Equal(t, 7, l.KeyDeletionDays())
	assert.Empty(t, l.Stateful(), "the caller's own protection is inherited")
	assert.Empty(t, l.Check("lifecycle"))
}

func TestAnUnknownValueIsReportedAndSafe(t *testing.T) {
	l := lifecycle.Lifecycle("Disposabel")
	assert.True(t, l.IsPermanent())
	problems := l.Check("lifecycle")
	assert.Len(t, problems, 1)
	assert.Equal(t, `lifecycle: "Disposabel": expected one of permanent, disposable; fix: did you mean "disposable"?`, problems[0].String())
}

func Example() {
	var forgotten lifecycle.Lifecycle
	fmt.Println(forgotten.IsPermanent(), lifecycle.Disposable.IsPermanent())
	// Output: true false
}
