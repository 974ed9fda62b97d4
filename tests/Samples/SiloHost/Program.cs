var builder = DistributedApplication.CreateBuilder(args);

var fal = builder.AddFal("fal").RunAsEmulator(toolPath: builder.Configuration["klinggen"]);
var jobs = builder.AddConnectionString("jobs");            // an empty PostgreSQL database

foreach (var name in new[] { "silo1", "silo2" })
{
    var silo = builder.AddProject<Projects.Silo>(name)
        .WithHttpEndpoint()
        .WithEndpoint(name: "silo", env: "Orleans__Endpoints__SiloPort", isProxied: false)
        .WithEndpoint(name: "gateway", env: "Orleans__Endpoints__GatewayPort", isProxied: false)
        .WithReference(jobs)
        .WithReference(fal)
        .WaitFor(fal);
    fal.WithWebhook(silo, "/hooks/jobs");
}

builder.Build().Run();
