package platform

import (
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/bulwark-iac/bulwark/components/identity"
	"github.com/bulwark-iac/bulwark/components/image"
	"github.com/bulwark-iac/bulwark/components/service"
	"github.com/bulwark-iac/bulwark/internal/validate"
)

// nonRoot is the user without rights of the images of distroless.
const nonRoot = "65532:65532"

// makeService makes the repository for the images of the service and, once there is an image, the service: it runs behind
// the load balancer, and reaches the recordings under their prefix.
func (s *stack) makeService() error {
	c := s.config
	repository, err := image.NewRepository(s.ctx, serviceName, &image.RepositoryArgs{Labels: c.Labels, Lifecycle: c.Lifecycle})
	if err != nil {
		return err
	}
	s.ctx.Export("repositoryUrl", repository.RepositoryUrl)
	what, err := s.image(repository)
	if err != nil || what == nil {
		return err
	}
	cluster, err := service.NewCluster(s.ctx, clusterName, &service.ClusterArgs{Labels: c.Labels, Lifecycle: c.Lifecycle})
	if err != nil {
		return err
	}
	web, err := service.NewWebService(s.ctx, serviceName, &service.WebServiceArgs{
		Labels:       c.Labels,
		Lifecycle:    c.Lifecycle,
		Placement:    service.Placement{Cluster: cluster, Network: s.network, SecurityGroup: s.service},
		LoadBalancer: s.loadBalancer,
		TargetGroup:  serviceName,
		Grants:       []identity.Grant{s.audio.ReadWrite(uploads)},
		Scaling:      c.Service.scaling(),
		Task: service.TaskDefinition{
			Cpu:       c.Service.Cpu,
			MemoryMiB: c.Service.MemoryMiB,
			Container: service.Container{
				Image: what, User: nonRoot, StopTimeoutSeconds: 120,
				Environment: pulumi.StringMap{"AUDIO_BUCKET": s.audio.BucketName, "AUDIO_PREFIX": pulumi.String(uploads)},
			},
		},
	})
	if err != nil {
		return err
	}
	s.ctx.Export("clusterName", cluster.ClusterName)
	s.ctx.Export("serviceName", web.ServiceName)
	s.ctx.Export("serviceTaskRoleArn", web.TaskRoleArn)
	s.ctx.Export("serviceLogGroup", web.LogGroupName)
	return nil
}

// image is what the service runs: built from the context that the stack names, or the image in the repository that a
// pipeline has pushed. Without either there is nothing to run yet, and the image is nil.
func (s *stack) image(repository *image.Repository) (pulumi.StringInput, error) {
	c := s.config.Service
	switch {
	case c.AppContext != "":
		built, err := image.NewImage(s.ctx, serviceName, &image.ImageArgs{Repository: repository, Context: c.AppContext})
		if err != nil {
			return nil, err
		}
		return built.ImageRef, nil
	case c.ImageDigest != "":
		return repository.Image(pulumi.String(c.ImageDigest)), nil
	}
	return nil, nil
}

// scaling keeps the CPU of the tasks where a burst of uploads has room until new tasks are there.
func (c ServiceConfig) scaling() *service.Scaling {
	scaling := &service.Scaling{MinTasks: c.MinTasks, MaxTasks: c.MaxTasks, CpuPercent: 60}
	if c.OfficeHours != "" {
		scaling.OfficeHours = &service.OfficeHours{TimeZone: c.OfficeHours}
	}
	return scaling
}

// together checks the settings of the service that depend on one another.
func (c ServiceConfig) together() validate.Problems {
	var ps validate.Problems
	if c.ImageDigest != "" && c.AppContext != "" {
		ps.Add(validate.Conflict(at("imageDigest"), c.ImageDigest, "an image of a pipeline, or one that is built here",
			"remove imageDigest or appContext").By("config-image"))
	}
	if c.MinTasks > c.MaxTasks {
		ps.Add(validate.Conflict(at("minTasks"), c.MinTasks, "at most maxTasks", "raise maxTasks").By("config-tasks"))
	}
	if units, err := strconv.Atoi(string(c.Cpu)); err == nil && c.MemoryMiB != 0 {
		for _, p := range validate.FargateSize("", units, c.MemoryMiB) {
			p.Path = at("taskMemoryMiB")
			ps.Add(p)
		}
	}
	return ps
}
