package iampolicy

// on is a permission on resources in general, whose ARNs begin like this behind the account.
func on(action, resource string) step { return step{action: action, on: resource} }

// self is such a permission, which escalates even if it is on the user itself.
func self(action string) step { return step{action: action, on: "user/", self: true} }

// with is a permission that goes with another one, on whatever resource.
func with(action string) step { return step{action: action} }

// pass is the permission to pass any role to a service.
func pass(service string) step { return step{action: "iam:PassRole", on: "role/", passedTo: service} }

// escalations are the known ways. The first ones are those of Rhino Security Labs (2018 and 2019), the others were
// published since; each row follows from what AWS documents about its actions.
//
// Sources: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/,
// https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation-part-2/, https://pathfinding.cloud/,
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html,
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
var escalations = []way{
	// Policies of identities.
	{"iam-create-policy-version", []step{on("iam:CreatePolicyVersion", "policy/")}, "writes a new version of a managed policy that the caller has, and makes it the default in the same call"},
	{"iam-set-default-policy-version", []step{on("iam:SetDefaultPolicyVersion", "policy/")}, "goes back to a version of a managed policy that allowed more"},
	{"iam-attach-user-policy", []step{self("iam:AttachUserPolicy")}, "attaches a policy such as AdministratorAccess to a user, the caller included"},
	{"iam-attach-group-policy", []step{on("iam:AttachGroupPolicy", "group/")}, "attaches a policy such as AdministratorAccess to a group of the caller"},
	{"iam-attach-role-policy", []step{on("iam:AttachRolePolicy", "role/")}, "attaches a policy such as AdministratorAccess to a role that the caller has or can assume"},
	{"iam-put-user-policy", []step{self("iam:PutUserPolicy")}, "writes an inline policy of a user, the caller included"},
	{"iam-put-group-policy", []step{on("iam:PutGroupPolicy", "group/")}, "writes an inline policy of a group of the caller"},
	{"iam-put-role-policy", []step{on("iam:PutRolePolicy", "role/")}, "writes an inline policy of a role that the caller has or can assume"},
	{"iam-add-user-to-group", []step{on("iam:AddUserToGroup", "group/")}, "joins a group that may do more"},
	{"iam-delete-user-boundary", []step{self("iam:DeleteUserPermissionsBoundary")}, "removes the permissions boundary of a user, the caller included"},
	{"iam-delete-role-boundary", []step{on("iam:DeleteRolePermissionsBoundary", "role/")}, "removes the permissions boundary of a role"},
	{"iam-put-user-boundary", []step{self("iam:PutUserPermissionsBoundary")}, "replaces the permissions boundary of a user by a wider one"},
	{"iam-put-role-boundary", []step{on("iam:PutRolePermissionsBoundary", "role/")}, "replaces the permissions boundary of a role by a wider one"},

	// Other identities.
	{"iam-create-access-key", []step{on("iam:CreateAccessKey", "user/")}, "makes an access key of another user"},
	{"iam-create-login-profile", []step{on("iam:CreateLoginProfile", "user/")}, "gives another user a password, and signs in with it"},
	{"iam-update-login-profile", []step{on("iam:UpdateLoginProfile", "user/")}, "changes the password of another user, and signs in with it"},
	{"iam-update-assume-role-policy", []step{on("iam:UpdateAssumeRolePolicy", "role/"), on("sts:AssumeRole", "role/")}, "makes a role trust the caller, and assumes it"},
	{"sts-assume-role", []step{on("sts:AssumeRole", "role/")}, "assumes any role that trusts the account"},
	{"iam-update-saml-provider", []step{on("iam:UpdateSAMLProvider", "saml-provider/")}, "replaces the keys of an identity provider by one's own, and signs in as anybody"},
	{"sso-put-inline-policy", []step{on("sso:PutInlinePolicyToPermissionSet", "permissionSet/"), with("sso:ProvisionPermissionSet")}, "writes the policy of a permission set that the caller has"},
	{"sso-attach-managed-policy", []step{on("sso:AttachManagedPolicyToPermissionSet", "permissionSet/"), with("sso:ProvisionPermissionSet")}, "attaches a policy to a permission set that the caller has"},
	{"sso-create-account-assignment", []step{on("sso:CreateAccountAssignment", "permissionSet/")}, "assigns a permission set with more permissions to the caller"},

	// Roles passed to compute that runs the caller's code.
	{"pass-role-ec2", []step{pass("ec2.amazonaws.com"), with("ec2:RunInstances")}, "starts an instance with any role, whose credentials its start script hands out"},
	{"pass-role-ec2-spot", []step{pass("ec2.amazonaws.com"), with("ec2:RequestSpotInstances")}, "starts a spot instance with any role, whose credentials its start script hands out"},
	{"pass-role-ec2-profile", []step{pass("ec2.amazonaws.com"), with("ec2:AssociateIamInstanceProfile")}, "gives any role to an instance that the caller can log in to"},
	{"pass-role-ec2-replace-profile", []step{pass("ec2.amazonaws.com"), with("ec2:ReplaceIamInstanceProfileAssociation")}, "replaces the role of an instance that the caller can log in to by any other"},
	{"pass-role-autoscaling", []step{pass("ec2.amazonaws.com"), with("ec2:CreateLaunchTemplate"), with("autoscaling:CreateAutoScalingGroup")}, "lets a scaling group start instances with any role and the caller's start script"},
	{"pass-role-lambda-invoke", []step{pass("lambda.amazonaws.com"), with("lambda:CreateFunction"), with("lambda:InvokeFunction")}, "makes a function with any role and the caller's code, and calls it"},
	{"pass-role-lambda-permission", []step{pass("lambda.amazonaws.com"), with("lambda:CreateFunction"), with("lambda:AddPermission")}, "makes a function with any role, and lets another account call it"},
	{"pass-role-lambda-event-source", []step{pass("lambda.amazonaws.com"), with("lambda:CreateFunction"), with("lambda:CreateEventSourceMapping")}, "makes a function with any role, and lets a queue or table call it"},
	{"pass-role-ecs-run-task", []step{pass("ecs-tasks.amazonaws.com"), with("ecs:RunTask")}, "runs a task whose role and command it overrides"},
	{"pass-role-ecs-start-task", []step{pass("ecs-tasks.amazonaws.com"), with("ecs:StartTask")}, "starts a task on an instance, whose role and command it overrides"},
	{"pass-role-ecs-service", []step{pass("ecs-tasks.amazonaws.com"), with("ecs:RegisterTaskDefinition"), with("ecs:CreateService")}, "runs a service with any role and the caller's image"},
	{"pass-role-ecs-update-service", []step{pass("ecs-tasks.amazonaws.com"), with("ecs:RegisterTaskDefinition"), with("ecs:UpdateService")}, "moves a service to a task definition with any role and the caller's image"},
	{"pass-role-batch", []step{pass("ecs-tasks.amazonaws.com"), with("batch:RegisterJobDefinition"), with("batch:SubmitJob")}, "runs a job with any role and the caller's command"},
	{"pass-role-apprunner", []step{pass("tasks.apprunner.amazonaws.com"), with("apprunner:CreateService")}, "runs a service with any role and the caller's image"},
	{"pass-role-codebuild", []step{pass("codebuild.amazonaws.com"), with("codebuild:CreateProject"), with("codebuild:StartBuild")}, "builds a project with any role and the caller's commands"},
	{"pass-role-codebuild-update", []step{pass("codebuild.amazonaws.com"), with("codebuild:UpdateProject"), with("codebuild:StartBuild")}, "gives a project any role, and builds it with the caller's commands"},
	{"pass-role-glue-endpoint", []step{pass("glue.amazonaws.com"), with("glue:CreateDevEndpoint")}, "makes a development endpoint with any role, and logs in to it"},
	{"pass-role-glue-job", []step{pass("glue.amazonaws.com"), with("glue:CreateJob"), with("glue:StartJobRun")}, "runs a job with any role and the caller's script"},
	{"pass-role-glue-trigger", []step{pass("glue.amazonaws.com"), with("glue:CreateJob"), with("glue:CreateTrigger")}, "makes a job with any role and the caller's script, and a trigger that runs it"},
	{"pass-role-glue-update-job", []step{pass("glue.amazonaws.com"), with("glue:UpdateJob"), with("glue:StartJobRun")}, "gives a job any role and the caller's script, and runs it"},
	{"pass-role-sagemaker-notebook", []step{pass("sagemaker.amazonaws.com"), with("sagemaker:CreateNotebookInstance"), with("sagemaker:CreatePresignedNotebookInstanceUrl")}, "makes a notebook with any role, and opens it"},
	{"pass-role-sagemaker-training", []step{pass("sagemaker.amazonaws.com"), with("sagemaker:CreateTrainingJob")}, "runs a training job with any role and the caller's image"},
	{"pass-role-sagemaker-processing", []step{pass("sagemaker.amazonaws.com"), with("sagemaker:CreateProcessingJob")}, "runs a processing job with any role and the caller's image"},
	{"pass-role-emr", []step{pass("ec2.amazonaws.com"), with("elasticmapreduce:RunJobFlow")}, "starts a cluster whose instances have any role and run the caller's steps"},
	{"pass-role-emr-serverless", []step{pass("emr-serverless.amazonaws.com"), with("emr-serverless:StartJobRun")}, "runs a job with any role and the caller's script"},
	{"pass-role-agentcore", []step{pass("bedrock-agentcore.amazonaws.com"), with("bedrock-agentcore:CreateCodeInterpreter"), with("bedrock-agentcore:StartCodeInterpreterSession"), with("bedrock-agentcore:InvokeCodeInterpreter")}, "runs code in an interpreter with any role"},

	// Roles passed to services that act in the caller's stead.
	{"pass-role-cloudformation", []step{pass("cloudformation.amazonaws.com"), with("cloudformation:CreateStack")}, "lets a stack make with any role what the caller may not"},
	{"pass-role-cloudformation-update", []step{pass("cloudformation.amazonaws.com"), with("cloudformation:UpdateStack")}, "gives a stack any role, and a template of what the caller may not do"},
	{"pass-role-cloudformation-change-set", []step{pass("cloudformation.amazonaws.com"), with("cloudformation:CreateChangeSet"), with("cloudformation:ExecuteChangeSet")}, "lets a change set make with any role what the caller may not"},
	{"pass-role-cloudformation-stack-set", []step{pass("cloudformation.amazonaws.com"), with("cloudformation:CreateStackSet"), with("cloudformation:CreateStackInstances")}, "lets a stack set make with any role what the caller may not"},
	{"pass-role-data-pipeline", []step{pass("datapipeline.amazonaws.com"), with("datapipeline:CreatePipeline"), with("datapipeline:PutPipelineDefinition"), with("datapipeline:ActivatePipeline")}, "runs commands in a pipeline with any role"},
	{"pass-role-step-functions", []step{pass("states.amazonaws.com"), with("states:CreateStateMachine"), with("states:StartExecution")}, "lets a state machine call with any role what the caller may not"},
	{"pass-role-scheduler", []step{pass("scheduler.amazonaws.com"), with("scheduler:CreateSchedule")}, "lets a schedule call with any role what the caller may not"},
	{"pass-role-events", []step{pass("events.amazonaws.com"), with("events:PutRule"), with("events:PutTargets")}, "lets an event rule start targets with any role"},
	{"pass-role-ssm-automation", []step{pass("ssm.amazonaws.com"), with("ssm:StartAutomationExecution")}, "lets a runbook call with any role what the caller may not"},
	{"pass-role-cognito", []step{pass("cognito-identity.amazonaws.com"), with("cognito-identity:SetIdentityPoolRoles")}, "lets the users of an identity pool have any role"},
	{"pass-role-roles-anywhere", []step{pass("rolesanywhere.amazonaws.com"), with("rolesanywhere:CreateTrustAnchor"), with("rolesanywhere:CreateProfile")}, "lets the holders of the caller's certificates have any role that trusts the service"},

	// Code and commands in what has a role already.
	{"lambda-update-function-code", []step{on("lambda:UpdateFunctionCode", "function:")}, "replaces the code of a function, which runs with the function's role"},
	{"lambda-update-function-configuration", []step{on("lambda:UpdateFunctionConfiguration", "function:")}, "adds a layer with the caller's code to a function, which runs with the function's role"},
	{"ecs-execute-command", []step{on("ecs:ExecuteCommand", "task/")}, "runs commands in a container, which has the task's role"},
	{"codebuild-start-build", []step{on("codebuild:StartBuild", "project/")}, "starts a build with commands of the caller, which run with the project's role"},
	{"glue-update-endpoint", []step{on("glue:UpdateDevEndpoint", "devEndpoint/")}, "puts the caller's key on a development endpoint, which has a role"},
	{"sagemaker-presigned-url", []step{on("sagemaker:CreatePresignedNotebookInstanceUrl", "notebook-instance/")}, "opens a notebook, which has a role"},
	{"sagemaker-lifecycle", []step{with("sagemaker:CreateNotebookInstanceLifecycleConfig"), on("sagemaker:UpdateNotebookInstance", "notebook-instance/"), with("sagemaker:StopNotebookInstance"), with("sagemaker:StartNotebookInstance")}, "gives a notebook a start script of the caller, which runs with the notebook's role"},
	{"cloudformation-update-stack", []step{on("cloudformation:UpdateStack", "stack/")}, "changes the template of a stack that has a role"},
	{"cloudformation-change-set", []step{on("cloudformation:CreateChangeSet", "stack/"), with("cloudformation:ExecuteChangeSet")}, "changes the template of a stack that has a role"},
	{"step-functions-update", []step{on("states:UpdateStateMachine", "stateMachine:"), with("states:StartExecution")}, "changes what a state machine does with its role"},
	{"ec2-user-data", []step{on("ec2:ModifyInstanceAttribute", "instance/"), with("ec2:StopInstances"), with("ec2:StartInstances")}, "gives an instance a start script of the caller, which has the instance's role"},
	{"ec2-instance-connect", []step{on("ec2-instance-connect:SendSSHPublicKey", "instance/")}, "logs in to an instance, which has a role"},
	{"ssm-send-command", []step{on("ssm:SendCommand", "instance/")}, "runs commands on an instance, which has a role"},
	{"ssm-start-session", []step{on("ssm:StartSession", "instance/")}, "opens a shell on an instance, which has a role"},
}
