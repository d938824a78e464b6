// Command imageplugins stands in for two plugins that need a Docker daemon: called pulumi-resource-awsx it makes the child
// that awsx's component ecr.Image has, called pulumi-resource-docker-build it notes what it would push and delete.
package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/provider"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

func main() {
	var engine string
	for _, argument := range os.Args[1:] {
		if !strings.HasPrefix(argument, "-") {
			engine = argument
		}
	}
	connection, err := grpc.NewClient(engine, grpc.WithTransportCredentials(insecure.NewCredentials()), rpcutil.GrpcChannelOptions())
	if err != nil {
		panic(err)
	}
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{Init: func(s *grpc.Server) error {
		pulumirpc.RegisterResourceProviderServer(s, &standIn{engine: connection})
		return nil
	}})
	if err != nil {
		panic(err)
	}
	fmt.Println(handle.Port)
	if err := <-handle.Done; err != nil {
		panic(err)
	}
}

type standIn struct {
	pulumirpc.UnimplementedResourceProviderServer
	engine *grpc.ClientConn
}

// image is awsx's component.
type image struct {
	pulumi.ResourceState

	ImageUri pulumi.StringOutput `pulumi:"imageUri"`
}

// child is its child.
type child struct {
	pulumi.CustomResourceState

	Digest pulumi.StringOutput `pulumi:"digest"`
}

// Construct registers what awsx 2.22.0 registers: a child that is called after the tag, of version 0.0.8.
func (s *standIn) Construct(ctx context.Context, req *pulumirpc.ConstructRequest) (*pulumirpc.ConstructResponse, error) {
	return provider.Construct(ctx, req, s.engine, func(
		ctx *pulumi.Context, typ, name string, inputs provider.ConstructInputs, options pulumi.ResourceOption,
	) (*provider.ConstructResult, error) {
		out := &image{}
		if err := ctx.RegisterComponentResource(typ, name, out, options); err != nil {
			return nil, err
		}
		args, err := inputs.Map()
		if err != nil {
			return nil, err
		}
		url := args["repositoryUrl"].(pulumi.Output).ApplyT(func(v any) string { return v.(string) }).(pulumi.StringOutput)
		built := args["imageTag"].(pulumi.Output).ApplyT(func(v any) (pulumi.StringOutput, error) {
			var made child
			err := ctx.RegisterResource("docker-build:index:Image", v.(string), pulumi.Map{
				"tags": pulumi.StringArray{pulumi.Sprintf("%s:%s", url, v.(string))}, "push": pulumi.Bool(true),
			}, &made, pulumi.Parent(out), pulumi.Version("0.0.8"))
			return made.Digest, err
		}).(pulumi.StringOutput)
		out.ImageUri = pulumi.Sprintf("%s@%s", url, built)
		if err := ctx.RegisterResourceOutputs(out, pulumi.Map{"imageUri": out.ImageUri}); err != nil {
			return nil, err
		}
		return provider.NewConstructResult(out)
	})
}

// note appends a line to the file beside the program.
func note(line string) error {
	program, err := os.Executable()
	if err != nil {
		return err
	}
	file, err := os.OpenFile(filepath.Join(filepath.Dir(program), "notes"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintln(file, line); err != nil {
		return err
	}
	return file.Close()
}

func tagOf(properties *structpb.Struct) string {
	return properties.GetFields()["tags"].GetListValue().GetValues()[0].GetStringValue()
}

func (*standIn) Create(_ context.Context, req *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	properties := req.GetProperties()
	if req.GetPreview() {
		return &pulumirpc.CreateResponse{Properties: properties}, nil
	}
	sum := sha256.Sum256([]byte(tagOf(properties)))
	digest := "sha256:" + hex.EncodeToString(sum[:])
	properties.Fields["digest"] = structpb.NewStringValue(digest)
	return &pulumirpc.CreateResponse{Id: digest, Properties: properties}, note("push " + tagOf(properties))
}

func (*standIn) Delete(_ context.Context, req *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, note("delete " + tagOf(req.GetProperties()))
}

func (*standIn) Read(_ context.Context, req *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	return &pulumirpc.ReadResponse{Id: req.GetId(), Properties: req.GetProperties(), Inputs: req.GetInputs()}, nil
}

func (*standIn) Check(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	return &pulumirpc.CheckResponse{Inputs: req.GetNews()}, nil
}

func (*standIn) Diff(context.Context, *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}, nil
}

func (*standIn) CheckConfig(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	return &pulumirpc.CheckResponse{Inputs: req.GetNews()}, nil
}

func (*standIn) DiffConfig(context.Context, *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}, nil
}

func (*standIn) Configure(context.Context, *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	return &pulumirpc.ConfigureResponse{
		AcceptSecrets: true, SupportsPreview: true, AcceptResources: true, AcceptOutputs: true,
	}, nil
}

func (*standIn) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	version := "2.22.0"
	if strings.Contains(os.Args[0], "docker-build") {
		version = "0.0.22"
	}
	return &pulumirpc.PluginInfo{Version: version}, nil
}

func (*standIn) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}
