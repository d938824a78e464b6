package rule

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"google.golang.org/protobuf/types/known/structpb"
)

// A rule that meets an unknown value first fails where what is known decides, and only there.
func TestWhatIsWrongWhateverTheUnknownIs(t *testing.T) {
	const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
	for name, tt := range map[string]struct {
		judge func(r *Resource, f *Findings)
		want  Verdict
	}{
		"the unknown decides": {func(r *Resource, f *Findings) { f.WantTrue(r.Get("unknown")) }, NotYetKnown},
		"what follows is wrong": {func(r *Resource, f *Findings) {
			if r.Get("unknown").Bool() {
				f.WantTrue(r.Get("no"))
				return
			}
			f.WantTrue(r.Get("no"))
		}, Fail},
		"one answer is right": {func(r *Resource, f *Findings) {
			if !r.Get("unknown").Is("right") {
				f.WantTrue(r.Get("no"))
			}
		}, NotYetKnown},
		"both are wrong, for reasons of their own": {func(r *Resource, f *Findings) {
			if r.Get("unknown").Bool() {
				f.Fail(r, "it is on")
				return
			}
			f.Fail(r, "it is off")
		}, NotYetKnown},
		"an assertion before it": {func(r *Resource, f *Findings) {
			f.WantTrue(r.Get("unknown"))
			f.WantTrue(r.Get("no"))
		}, Fail},
		"its text is asked for": {func(r *Resource, f *Findings) {
			_ = r.Get("unknown").Text()
			f.WantTrue(r.Get("no"))
		}, NotYetKnown},
		"two questions": {func(r *Resource, f *Findings) {
			if r.Get("unknown").Exists() && r.Get("other").Empty() {
				f.WantTrue(r.Get("no"))
			}
		}, NotYetKnown},
		"endless questions": {func(r *Resource, f *Findings) {
			for range 100 {
				_ = r.Get("unknown").Bool()
			}
			f.WantTrue(r.Get("no"))
		}, NotYetKnown},
	} {
		t.Run(name, func(t *testing.T) {
			properties := &structpb.Struct{Fields: map[string]*structpb.Value{
				"unknown": structpb.NewStringValue(unknown), "other": structpb.NewStringValue(unknown), "no": structpb.NewBoolValue(false),
			}}
			r := &Rule{ID: "it", Resource: tt.judge}
			resource := NewResource(Raw{Properties: properties})
			assert.Equal(t, tt.want, r.JudgeResource(&Context{}, nil, resource).Verdict)
			assert.Equal(t, tt.want, r.JudgeResource(&Context{}, nil, resource).Verdict, "asked again")
			s := &Rule{ID: "it", Stack: func(s *Stack, f *Findings) {
				for _, r := range s.All() {
					tt.judge(r, f)
				}
			}}
			assert.Equal(t, tt.want, s.JudgeStack(nil, NewStack(&Context{}, []*Resource{resource})).Verdict)
		})
	}
}
