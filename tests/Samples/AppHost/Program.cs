var builder = DistributedApplication.CreateBuilder(args);

var fal = builder.AddFal("fal").RunAsEmulator(toolPath: builder.Configuration["klinggen"]);

builder.AddProject<Projects.VideoStudio>("studio")
    .WithReference(fal)
    .WaitFor(fal)
    .WithHttpHealthCheck("/health");

var orders = builder.AddProject<Projects.Web>("orders")
    .WithHttpEndpoint()
    .WithReference(fal)
    .WaitFor(fal);
fal.WithWebhook(orders, "/hooks/videos");

builder.Build().Run();
