package componenttest

// TagKeys are the keys of the tags that every resource with tags carries.
var TagKeys = []string{"Name", "Project", "Environment", "Owner", "CostCenter", "DataClass", "Repository", "ManagedBy"}
