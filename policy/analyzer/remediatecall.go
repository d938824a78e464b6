package analyzer

import (
	"context"
	"slices"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/encoding"
	"google.golang.org/grpc/mem"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

// The engine asks for remediations of every resource, with all its properties, whether any rule is to mend something or
// not. Mostly none is: then the properties are not worth decoding, which is half of what the pack decodes.

// undecoded is a request as it came.
type undecoded struct{ wire []byte }

// codec is the one of the protocol, which leaves undecoded requests as they are.
type codec struct{ encoding.CodecV2 }

func (c codec) Unmarshal(data mem.BufferSlice, v any) error {
	if request, ok := v.(*undecoded); ok {
		request.wire = data.Materialize()
		return nil
	}
	return c.CodecV2.Unmarshal(data, v)
}

// service is the protocol's own, with the call for remediations answered before it is decoded where nothing is to mend.
func service() *grpc.ServiceDesc {
	desc := pulumirpc.Analyzer_ServiceDesc
	desc.Methods = slices.Clone(desc.Methods)
	for i := range desc.Methods {
		if desc.Methods[i].MethodName == "Remediate" {
			desc.Methods[i].Handler = remediate
		}
	}
	return &desc
}

func remediate(srv any, ctx context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
	var request undecoded
	if err := decode(&request); err != nil {
		return nil, err
	}
	s := srv.(*Server)
	if p := s.run.Load().plan(typeIn(request.wire)); len(p.remediate) == 0 {
		response := &pulumirpc.RemediateResponse{}
		p.othersRemediate.addTo(response)
		return response, s.goOn(ctx)
	}
	var decoded pulumirpc.AnalyzeRequest
	if err := proto.Unmarshal(request.wire, &decoded); err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	return s.Remediate(ctx, &decoded)
}

// typeField is the field of a request that has the type of the resource.
var typeField = (&pulumirpc.AnalyzeRequest{}).ProtoReflect().Descriptor().Fields().ByName("type").Number()

// typeIn reads the type of the resource out of a request; empty when there is none.
func typeIn(wire []byte) string {
	for len(wire) > 0 {
		number, kind, n := protowire.ConsumeTag(wire)
		if n < 0 {
			return ""
		}
		wire = wire[n:]
		if number == typeField && kind == protowire.BytesType {
			value, n := protowire.ConsumeBytes(wire)
			if n < 0 {
				return ""
			}
			return string(value)
		}
		if n = protowire.ConsumeFieldValue(number, kind, wire); n < 0 {
			return ""
		}
		wire = wire[n:]
	}
	return ""
}
