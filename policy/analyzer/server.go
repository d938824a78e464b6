package analyzer

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/bulwark-iac/bulwark/policy/config"
	"github.com/bulwark-iac/bulwark/policy/rule"
)

// Pack is what the pack is called.
type Pack struct {
	Name, DisplayName, Version, Description, Repository string
}

// Server is the policy pack as the engine sees it.
type Server struct {
	pulumirpc.UnimplementedAnalyzerServer

	pack  Pack
	rules []*rule.Rule // by id
	// The world outside; tests replace it.
	getenv func(string) string
	getwd  func() (string, error)
	now    func() time.Time

	root      atomic.Pointer[string] // the folder of the pack
	run       atomic.Pointer[run]
	cancelled atomic.Bool
}

// run is what counts between two configurations: nothing in it changes but what it has seen.
type run struct {
	*Server
	ctx    *rule.Context
	policy *config.Policy
	stack  []*rule.Rule // stack rules that are on
	record *recorder    // nil unless somebody wants the verdicts in a file
	plans  sync.Map     // resource type to *plan
	inputs sync.Map     // URN to *structpb.Struct: what a preview has analyzed, for the stack rules

	mu     sync.Mutex
	seen   []usage             // of the exemptions
	mended map[string][]string // what remediations changed, by URN
}

// New makes a server of the rules.
func New(pack Pack, rules []*rule.Rule) *Server {
	s := &Server{
		pack: pack, getenv: os.Getenv, getwd: os.Getwd, now: time.Now,
		rules: slices.SortedFunc(slices.Values(rules), func(a, b *rule.Rule) int { return strings.Compare(a.ID, b.ID) }),
	}
	s.use(&rule.Context{Profile: rule.Prod, Today: s.now()}, config.New(s.rules, nil), nil)
	return s
}

// use begins a run.
func (s *Server) use(ctx *rule.Context, policy *config.Policy, record *recorder) {
	r := &run{Server: s, ctx: ctx, policy: policy, record: record, seen: make([]usage, len(policy.Exemptions)), mended: map[string][]string{}}
	for _, rule := range s.rules {
		if rule.Stack != nil && policy.Setting(rule.ID).Level != config.Disabled {
			r.stack = append(r.stack, rule)
		}
	}
	s.run.Store(r)
}

// Handshake is the engine's first call.
func (s *Server) Handshake(_ context.Context, req *pulumirpc.AnalyzerHandshakeRequest) (*pulumirpc.AnalyzerHandshakeResponse, error) {
	s.root.Store(req.RootDirectory)
	return &pulumirpc.AnalyzerHandshakeResponse{}, nil
}

// ConfigureStack says which stack is to be judged, and so which configuration file counts.
func (s *Server) ConfigureStack(_ context.Context, req *pulumirpc.AnalyzerStackConfigureRequest) (*pulumirpc.AnalyzerStackConfigureResponse, error) {
	file, err := s.file(req.GetStack())
	if err != nil {
		return nil, refuse(err)
	}
	record, err := newRecorder(s.getenv(RecordVariable))
	if err != nil {
		return nil, refuse(err)
	}
	policy := config.New(s.rules, file)
	public := map[string]string{}
	for key, value := range req.GetConfig() {
		if !slices.Contains(req.GetConfigSecretKeys(), key) {
			public[key] = value
		}
	}
	s.use(&rule.Context{
		Organization: req.GetOrganization(), Project: req.GetProject(), Stack: req.GetStack(),
		Tags: req.GetTags(), Config: public, DryRun: req.GetDryRun(), Profile: policy.Profile, Today: s.now(),
	}, policy, record)
	return &pulumirpc.AnalyzerStackConfigureResponse{}, nil
}

// file is the stack's configuration; nil when it has none.
func (s *Server) file(stack string) (*config.File, error) {
	var dirs []string
	if wd, err := s.getwd(); err == nil {
		dirs = append(dirs, wd)
	}
	if root := s.root.Load(); root != nil && *root != "" {
		dirs = append(dirs, *root)
	}
	path, err := config.Find(s.getenv, stack, dirs...)
	if err != nil || path == "" {
		return nil, err
	}
	return config.Load(s.rules, path)
}

// Configure takes the levels and parameters that the engine has reconciled.
func (s *Server) Configure(_ context.Context, req *pulumirpc.ConfigureAnalyzerRequest) (*emptypb.Empty, error) {
	sent := map[string]config.Engine{}
	for name, c := range req.GetPolicyConfig() {
		sent[name] = config.Engine{Level: levelOf(c.GetEnforcementLevel()), Properties: c.GetProperties().AsMap()}
	}
	r := s.run.Load()
	policy, err := r.policy.Configure(sent)
	if err != nil {
		return nil, refuse(err)
	}
	s.use(r.ctx, policy, r.record)
	return &emptypb.Empty{}, nil
}

// GetPluginInfo tells the version.
func (s *Server) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: s.pack.Version}, nil
}

// Cancel makes calls that are under way end.
func (s *Server) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	s.cancelled.Store(true)
	return &emptypb.Empty{}, nil
}

// goOn is an error after Cancel, or when the engine has given the call up.
func (s *Server) goOn(ctx context.Context) error {
	if ctx.Err() != nil || s.cancelled.Load() {
		return status.Error(codes.Canceled, "the analysis was cancelled")
	}
	return nil
}

// refuse is an error about the configuration.
func refuse(err error) error {
	return status.Error(codes.InvalidArgument, err.Error())
}

var levels = map[config.Level]pulumirpc.EnforcementLevel{
	config.Advisory:  pulumirpc.EnforcementLevel_ADVISORY,
	config.Mandatory: pulumirpc.EnforcementLevel_MANDATORY,
	config.Disabled:  pulumirpc.EnforcementLevel_DISABLED,
	config.Remediate: pulumirpc.EnforcementLevel_REMEDIATE,
}

func levelOf(sent pulumirpc.EnforcementLevel) config.Level {
	for level, number := range levels {
		if number == sent {
			return level
		}
	}
	return config.Level(fmt.Sprint(sent))
}

var severities = map[rule.Severity]pulumirpc.PolicySeverity{
	rule.Low:      pulumirpc.PolicySeverity_POLICY_SEVERITY_LOW,
	rule.Medium:   pulumirpc.PolicySeverity_POLICY_SEVERITY_MEDIUM,
	rule.High:     pulumirpc.PolicySeverity_POLICY_SEVERITY_HIGH,
	rule.Critical: pulumirpc.PolicySeverity_POLICY_SEVERITY_CRITICAL,
}
